"""SQL versions of the contact models' properties, for lists read as JSON."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db.models import BooleanField, Case, DurationField, ExpressionWrapper, F, Func, Q, Value, When
from django.db.models.functions import Concat, NullIf
from django.db.models.lookups import GreaterThan

from pairs.access.batch_query import build_user_name


def was_late(contact: str = "", **also: Any) -> ExpressionWrapper:
    """``is_late`` of a contact, or of a note by the path to its contact. ``also``: further conditions."""
    lasted = Func(
        F(f"{contact}minutes"),
        function="MAKE_INTERVAL",
        template="%(function)s(mins => %(expressions)s)",
        output_field=DurationField(),
    )
    in_time = F(f"{contact}starts_at") + lasted + Value(timedelta(hours=settings.LATE_ENTRY_HOURS))
    return ExpressionWrapper(Q(GreaterThan(F("created_at"), in_time)) & Q(**also), BooleanField())


def build_colleague_text() -> Case:
    """``str()`` of a contact's colleague: our own by name, others by name, role and organisation."""
    known = Func(
        NullIf("role", Value("")), NullIf("organisation", Value("")),
        function="CONCAT_WS", template="%(function)s(', ', %(expressions)s)",
    )  # fmt: skip
    described = Concat("name", Value(" ("), known, Value(")"))
    ours = When(user__isnull=False, then=build_user_name("user"))
    return Case(ours, When(role="", organisation="", then="name"), default=described)
