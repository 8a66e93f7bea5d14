"""Who changed what: every tracked record's changes, before and after in words, for information governance."""
