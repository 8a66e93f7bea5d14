"""How a session that several apps have (a group, training, outreach) is locked, and cancelled with a reason."""

from typing import Any

from django.utils import timezone

from pairs.service.refusals import ActionRefused, refuse_all


def lock_standing(session: Any, *, instead: str) -> Any:
    """The session, locked. Raises ActionRefused where it was cancelled; ``instead``: what to do then."""
    locked = type(session).objects.select_for_update(of=("self",)).get(pk=session.pk)
    if locked.cancelled_at:
        raise ActionRefused(f"This session was cancelled. {instead}")
    return locked


def cancel_locked(
    session: Any, because: str, *, problem: str, no_reason: str = "Enter why it is cancelled.", **more: Any
) -> Any:
    """It does not take place. ``problem``: why it cannot be cancelled any more, or "". Raises ActionRefused by field.

    ``more``: what else the record says of it, such as by whom.
    """
    if problem:
        raise ActionRefused(problem)
    refuse_all({"because": "" if because.strip() else no_reason})
    return session.change(cancelled_at=timezone.now(), cancelled_because=because.strip(), **more)
