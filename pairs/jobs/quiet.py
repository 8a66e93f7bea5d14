"""About whom no message may leave any more: the rooms above register a question, and the outbox asks it twice.

A sender says which baby an e-mail is about by sending it inside ``about_infant``::

    with about_infant(infant.pk):
        send_mail(...)

The outbox asks when the e-mail is stored and again at the moment of sending. An e-mail that was stopped once
stays stopped, whatever is put right afterwards.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

_about: ContextVar[UUID | None] = ContextVar("about_infant", default=None)
_questions: list[Callable[[UUID], bool]] = []


@contextmanager
def about_infant(infant_id: UUID) -> Iterator[None]:
    """E-mails sent inside are about this baby, and leave only while they may."""
    before = _about.set(infant_id)
    try:
        yield
    finally:
        _about.reset(before)


def infant_spoken_of() -> UUID | None:
    """The baby that what is being sent now is about; None when it is about no baby."""
    return _about.get()


def stop_when(question: Callable[[UUID], bool]) -> None:
    """Register a question of a room above: is everything about this baby to stop?"""
    if question not in _questions:
        _questions.append(question)


def is_stopped(infant_id: UUID | None) -> bool:
    """Does any room say that nothing about this baby may leave?"""
    return infant_id is not None and any(question(infant_id) for question in _questions)
