"""Pages of work done with others, a module a matter."""
