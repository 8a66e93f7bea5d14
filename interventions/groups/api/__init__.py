"""API of groups; uses the pages' forms and actions."""
