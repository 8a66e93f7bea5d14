"""The rules of endings: when one is complete, how letters begin, a keepsake's lines, turning two and five."""
