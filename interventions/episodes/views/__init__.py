"""Pages of episodes, contacts, notes and goals."""
