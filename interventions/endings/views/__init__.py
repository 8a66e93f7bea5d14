"""Pages of endings: prepared and undone, letters, the keepsake, the card, turning two and five."""
