"""A form's value as the texts that a browser would post for it."""

from typing import Any

from django.db.models import Model, QuerySet

from pairs.web.typed_text import unify_line_ends


def to_posted_texts(value: Any) -> list[str]:
    """One text, or of a field of several choices one for each; of nothing an empty one."""
    many = isinstance(value, list | tuple | set | QuerySet)
    return [_to_text(each) for each in (value if many else [value])]


def _to_text(value: Any) -> str:
    if value is None:
        return ""
    return unify_line_ends(str(value.pk if isinstance(value, Model) else value))
