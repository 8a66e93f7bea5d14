"""Rules of endings: completeness, letter drafts, keepsake lines, transitions."""
