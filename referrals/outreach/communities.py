"""The service's own list of the communities that it reaches out to (OUTREACH_COMMUNITIES)."""

from django.conf import settings


def find_listed_community(typed: str) -> str:
    """The name in the service's list that was meant, however it was written; "" where it is none of them."""
    meant = typed.strip().casefold()
    return next((name for name in settings.OUTREACH_COMMUNITIES if name.casefold() == meant), "")
