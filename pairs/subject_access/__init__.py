"""Subject access: a copy of what is held about one person, checked, decided entry by entry, and handed over."""
