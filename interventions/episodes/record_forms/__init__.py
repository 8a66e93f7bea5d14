"""What each form about an episode, a contact or a note is about and does, for pages and API alike."""
