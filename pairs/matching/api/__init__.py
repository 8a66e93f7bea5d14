"""The API of search, duplicates and merging, a module each."""
