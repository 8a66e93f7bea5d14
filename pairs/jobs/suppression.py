"""Mail suppression: apps have checks (pairs.service.hooks); the outbox asks them when it stores and when it sends.

A sender says whom an e-mail is about, or for, by sending it inside ``tag_emails_about``::

    with tag_emails_about(infant.pk, carer.pk):
        send_mail(...)

A suppressed e-mail stays suppressed, even if the record is corrected afterwards.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

from pairs.service.hooks import list_hooks

_current_people: ContextVar[tuple[UUID, ...]] = ContextVar("about_people", default=())


@contextmanager
def tag_emails_about(*people: UUID | None) -> Iterator[None]:
    """E-mails sent inside are about these people of a family (None: nobody we know), and leave only while they may."""
    before = _current_people.set(tuple(each for each in people if each))
    try:
        yield
    finally:
        _current_people.reset(before)


def get_current_people() -> list[UUID]:
    """Whom e-mails sent now are about."""
    return list(_current_people.get())


def find_suppressed_person(people: Iterable[UUID]) -> UUID | None:
    """The first of these people about whom any app suppresses e-mails; None for none."""
    checks = list_hooks("suppression", "must_suppress_email")
    return next((each for each in people if any(must_suppress(each) for must_suppress in checks)), None)
