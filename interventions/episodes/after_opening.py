"""What somebody was about to do when there was no episode yet: the page that opens it says so and leads on to it."""

from uuid import UUID

from django.urls import reverse

from pairs.web.url_cache import reverse_cached

THEN = "then"
CONTACT = "contact"  # any other value is the id of a visit to write up


def build_opening_path(referral: UUID | str, then: UUID | str) -> str:
    """Where the episode is opened, on the way to a contact or to the write-up of the visit with that id."""
    return f"{reverse_cached('open-episode', referral)}?{THEN}={then}"


def describe_next_step(then: str) -> str:
    """What follows, in words; "" where nothing was begun."""
    if then == CONTACT:
        return "After this you log the contact."
    return "After this you write up the visit." if _read_visit(then) else ""


def build_next_path(then: str, episode: UUID) -> str:
    """Where that is done; "" where nothing was begun."""
    if then == CONTACT:
        return reverse("new-contact", args=[episode])
    visit = _read_visit(then)
    return reverse("write-up", args=[visit]) if visit else ""


def _read_visit(then: str) -> UUID | None:
    try:
        return UUID(then)
    except ValueError:
        return None
