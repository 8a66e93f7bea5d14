"""Triage: the board, who reads first, the screen where one decides, and what the hub is asked."""
