"""Commands for people (shell) and what they stand on (script/local)."""
