"""How each table leads to the family that it is about, through Django's registry: a new table is found as well."""

import functools
from typing import Any

from django.db.models import ForeignKey

from pairs.families.models import Family


@functools.cache
def get_family_path(model: type[Any]) -> str:
    """The lookup of the owning family's id; "" for what is about no family (accounts, sites, supervision).

    What does not say so itself (a list's own table, for one) is found by its first key to a table that does.
    """
    if hasattr(model, "family_path"):
        return model.family_path or ""
    keys = [each for each in model._meta.concrete_fields if isinstance(each, ForeignKey)]
    return next(filter(None, map(_join_path, keys)), "")


def _join_path(key: Any) -> str:
    if key.related_model is Family:
        return key.attname
    path = getattr(key.related_model, "family_path", None)
    return f"{key.name}__{path}" if path else ""
