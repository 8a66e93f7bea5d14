"""Pages about people alone, a module a matter."""
