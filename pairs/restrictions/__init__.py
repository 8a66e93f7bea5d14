"""Families whose record few may open: who restricted it and why, who is named for it, its review and its end."""
