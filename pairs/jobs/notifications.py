"""E-mails that say only that there is something to read, and where."""

from collections.abc import Iterable

from django.core.mail import send_mail

from pairs.service.models import User


def send_link(people: Iterable[User | None], subject: str, link: str, *, by: User | None = None) -> None:
    """E-mail each active person a link and nothing else, once; whoever acted gets none. ``by``: None of the clock."""
    known = {person.pk: person for person in people if person is not None and person.is_active}
    for person in sorted(known.values(), key=lambda each: each.username):
        if person.email and (by is None or person.pk != by.pk):
            send_mail(subject, f"Sign in to PaIRS to read it:\n\n{link}\n", None, [person.email])
