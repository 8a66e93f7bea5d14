"""Conditions by arrays: an index answers each, where PostgreSQL would find none for the same thing said otherwise."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db.models import BooleanField, F, Func, QuerySet, UUIDField, Value


class EqualsAny(Func):
    """Whether the first equals any of the second, an array (of a subquery: an ``ArraySubquery``).

    PostgreSQL reads such an array first and looks its values up; of ``IN (SELECT …)`` it may read the whole table.
    """

    output_field = BooleanField()
    template, arg_joiner = "%(expressions)s)", " = ANY("


class SharesAny(Func):
    """Whether two arrays have something in common."""

    output_field = BooleanField()
    template, arg_joiner = "%(expressions)s", " && "


def build_among(column: str, *ids: QuerySet[Any]) -> EqualsAny:
    """Is the column, a UUID, among these ids (QuerySets of one column)?

    As arrays, put together, which the column's index serves, also within an OR; it serves no OR of subqueries.
    """
    arrays = [ArraySubquery(each if each.query.is_sliced else each.order_by()) for each in ids]
    joined = Func(
        *arrays, template="(%(expressions)s)", arg_joiner=" || ", output_field=ArrayField(UUIDField())
    )
    return EqualsAny(F(column), joined)


def build_among_ids(path: str, ids: Iterable[UUID]) -> EqualsAny:
    """Whether what ``path`` leads to is one of these, sent as one array: of ``path__in`` each is a value of its own,
    and to write twenty thousand of them takes half a second.
    """
    return EqualsAny(path, Value(list(ids), output_field=ArrayField(UUIDField())))
