"""Why family feedback is not in a copy of what is held about one person."""

NOT_IN_BUNDLE = {"experience.ExperienceAnswer": "no one knows whose answer it is"}
