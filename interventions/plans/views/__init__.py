"""Pages of what is agreed with a family, and of the catalogue and the waiting lists."""
