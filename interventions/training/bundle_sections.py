"""Why training is not in a copy of what is held about one person."""

NOT_IN_BUNDLE = {
    "training.TrainingAttendee": "a professional who came to a course, and no baby or carer in our care",
}
