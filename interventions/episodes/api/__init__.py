"""API of episodes, contacts and notes; uses the pages' forms and actions."""
