"""The domain's validation errors: messages by field, in plain English."""

from collections.abc import Mapping
from typing import Any


class ActionRefused(Exception):
    """The domain's ValidationError: ``errors`` maps a field's name ('' for the whole form) to its message."""

    def __init__(self, errors: str | dict[str, Any]) -> None:
        self.errors = {"": errors} if isinstance(errors, str) else dict(errors)
        super().__init__("; ".join(str(message) for message in self.errors.values()))


def refuse_all(errors: Mapping[str, str]) -> None:
    """Raises ActionRefused with every message that is not empty, so that all is said at once; else does nothing."""
    found = {field: message for field, message in errors.items() if message}
    if found:
        raise ActionRefused(found)


class EditConflict(ActionRefused):
    """Somebody else saved first: show both texts, overwrite neither."""


class VersionMismatch(ActionRefused):
    """The record is not at the version that the caller names."""
