"""The API of families, one module per topic."""
