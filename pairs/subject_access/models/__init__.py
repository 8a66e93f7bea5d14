"""A request for a copy of what is held about one person, what was checked and decided, and the copy itself."""

from pairs.subject_access.models.copies import Bundle, BundleEntry, HarmView
from pairs.subject_access.models.requests import DisclosureCheck, SubjectAccessRequest
from pairs.subject_access.models.sealed import SealedReading

__all__ = ["Bundle", "BundleEntry", "DisclosureCheck", "HarmView", "SealedReading", "SubjectAccessRequest"]
