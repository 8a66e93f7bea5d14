"""Colleagues by what somebody types of them: names of staff, no family."""

from pairs.service.models import User

MOST = 20


def find_colleagues(words: str) -> list[User]:
    """The one with this username, or those with every word in name, username or e-mail address, by name."""
    exact = list(User.objects.filter(username__iexact=words.strip()))
    return exact or list(User.objects.matching(words=words).order_by("display_name", "username")[:MOST])
