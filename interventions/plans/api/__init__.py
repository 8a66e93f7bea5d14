"""API of plans; uses the pages' forms and actions."""
