"""Mail suppression: apps have checks (pairs.service.hooks); the outbox asks them when it stores and when it sends.

A sender says which baby an e-mail is about by sending it inside ``tag_emails_about_infant``::

    with tag_emails_about_infant(infant.pk):
        send_mail(...)

A suppressed e-mail stays suppressed, even if the record is corrected afterwards.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

from pairs.service.hooks import list_hooks

_current_infant: ContextVar[UUID | None] = ContextVar("about_infant", default=None)


@contextmanager
def tag_emails_about_infant(infant_id: UUID) -> Iterator[None]:
    """E-mails sent inside are about this baby, and leave only while they may."""
    before = _current_infant.set(infant_id)
    try:
        yield
    finally:
        _current_infant.reset(before)


def get_current_infant() -> UUID | None:
    """The baby whom e-mails sent now are about; None for none."""
    return _current_infant.get()


def is_suppressed(infant_id: UUID | None) -> bool:
    """Does any app suppress e-mails about this baby?"""
    checks = list_hooks("suppression", "must_suppress_email")
    return infant_id is not None and any(must_suppress(infant_id) for must_suppress in checks)
