"""Pages of endings: endings and reopening, letters, keepsakes, return cards, transitions."""
