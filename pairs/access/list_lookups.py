"""Conditions in SQL about lists: each is answered from an index, however many rows the table has."""

from django.db.models import BooleanField, Func


class EqualsAny(Func):
    """Whether the first equals any of the second, a list (of a subquery: an ``ArraySubquery``).

    PostgreSQL reads such a list first and looks its values up; of ``IN (SELECT …)`` it may read the whole table.
    """

    output_field = BooleanField()
    template, arg_joiner = "%(expressions)s)", " = ANY("


class SharesAny(Func):
    """Whether two lists have something in common."""

    output_field = BooleanField()
    template, arg_joiner = "%(expressions)s", " && "
