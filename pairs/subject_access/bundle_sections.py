"""Why no table of subject access is in a copy of what is held about one person."""

THE_REQUEST = "how a request was answered: the copy itself, and what was decided about it"
NOT_IN_BUNDLE = {
    "subject_access.SubjectAccessRequest": THE_REQUEST,
    "subject_access.DisclosureCheck": THE_REQUEST,
    "subject_access.BundleEntry": THE_REQUEST,
    "subject_access.HarmView": THE_REQUEST,
    "subject_access.Bundle": THE_REQUEST,
    "subject_access.SealedReading": "a sealed birth identity is read by one road alone",
}
