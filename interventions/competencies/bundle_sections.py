"""Why competencies are not in a copy of what is held about one person."""

NOT_IN_BUNDLE = {
    "competencies.DeliverySignOff": "who of the staff may deliver an intervention, and who supervises it",
}
