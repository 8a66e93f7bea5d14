"""The domain's validation errors: messages by field, in plain English."""

from collections.abc import Callable, Mapping
from typing import Any


class ActionRefused(Exception):
    """The domain's ValidationError: ``errors`` maps a field's name ('' for the whole form) to its message."""

    def __init__(self, errors: str | dict[str, Any]) -> None:
        self.errors = {"": errors} if isinstance(errors, str) else dict(errors)
        super().__init__("; ".join(str(message) for message in self.errors.values()))


Check = Mapping[str, str] | Callable[[], object]


def refuse_all(*checks: Check) -> None:
    """Raises ActionRefused with all that the checks refuse, so that it is said at once; else does nothing.

    A check is {field: message}, where "" refuses nothing, or a function that may raise ActionRefused itself. Of one
    field the first message is kept.
    """
    found: dict[str, Any] = {}
    for check in checks:
        found |= {field: message for field, message in _run_check(check).items() if field not in found}
    if found:
        raise ActionRefused(found)


def _run_check(check: Check) -> Mapping[str, Any]:
    if isinstance(check, Mapping):
        return {field: message for field, message in check.items() if message}
    try:
        check()
    except ActionRefused as refused:
        return refused.errors
    return {}


class EditConflict(ActionRefused):
    """Somebody else saved first: show both texts, overwrite neither."""


class VersionMismatch(ActionRefused):
    """The record is not at the version that the caller names."""
