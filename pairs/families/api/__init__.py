"""The API of families, a module a matter."""
