"""Family feedback: a few questions of our own, answered once by link or on paper, by nobody we know."""
