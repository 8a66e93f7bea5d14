"""Conditions by arrays, where PostgreSQL would find no index for the same thing said otherwise."""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db.models import BooleanField, F, Func, QuerySet, UUIDField


def build_among(column: str, *ids: QuerySet[Any]) -> Func:
    """Is the column, a UUID, among these ids (QuerySets of one column)?

    As arrays, put together, which the column's index serves, also within an OR; it serves no OR of subqueries.
    """
    arrays = [ArraySubquery(each.order_by()) for each in ids]
    joined = Func(
        *arrays, template="(%(expressions)s)", arg_joiner=" || ", output_field=ArrayField(UUIDField())
    )
    return Func(
        F(column), joined, template="%(expressions)s", arg_joiner=" = ANY", output_field=BooleanField()
    )
