"""Pages about people, one module per topic."""
