"""The foreign key of a record."""

from typing import Any

from django.db import models


class ProtectedKey(models.ForeignKey):
    """A foreign key whose row cannot be deleted while another names it: no record goes because another does.

    What may be null may be left empty. To migrations it is a ForeignKey.
    """

    def __init__(self, to: Any, **options: Any) -> None:
        options.setdefault("on_delete", models.PROTECT)
        options.setdefault("blank", options.get("null", False))
        super().__init__(to, **options)

    def deconstruct(self) -> Any:
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.ForeignKey", args, kwargs
