"""The rules of endings: how one is completed and undone, what letters begin with, a keepsake's lines, turning two and five."""
