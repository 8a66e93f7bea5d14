"""Pages of the work: opening and ending an episode, writing a contact, amending it, setting a goal."""
