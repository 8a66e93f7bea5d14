"""Pages of the work: opening an episode, writing a contact, amending it, setting a goal."""
