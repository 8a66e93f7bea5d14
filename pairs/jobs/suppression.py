"""Mail suppression: apps register checks, and the outbox applies them when it stores and when it sends.

A sender says which baby an e-mail is about by sending it inside ``tag_emails_about_infant``::

    with tag_emails_about_infant(infant.pk):
        send_mail(...)

A suppressed e-mail stays suppressed, even if the record is corrected afterwards.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

_current_infant: ContextVar[UUID | None] = ContextVar("about_infant", default=None)
_suppression_checks: list[Callable[[UUID], bool]] = []


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


def register_suppression(question: Callable[[UUID], bool]) -> None:
    """Register a check: must every e-mail about this baby be suppressed?"""
    if question not in _suppression_checks:
        _suppression_checks.append(question)


def is_suppressed(infant_id: UUID | None) -> bool:
    """Does any registered check suppress e-mails about this baby?"""
    return infant_id is not None and any(question(infant_id) for question in _suppression_checks)
