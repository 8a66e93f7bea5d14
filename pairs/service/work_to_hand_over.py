"""What a colleague or a site holds, which others would have to take over: each app says its part in ``held_work``.

One list serves all that is made of it: what stops an account or a site from closing, what goes along when a family's
lead changes, and the page where somebody who leaves hands everything over.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import count
from typing import Any
from uuid import UUID

from django.db.models import CharField, F, Model, Q, QuerySet, UUIDField, Value
from django.db.models.functions import Cast
from django.urls import reverse

from pairs.database.change_ledger import Ledger, change_and_record
from pairs.service.hooks import list_hooks
from pairs.service.models import Site, User


@dataclass(frozen=True)
class HandOverStep:
    """Who hands over whose work, on which day and why, and the ledger of what is changed by it."""

    leaver: User
    by: User
    on: date
    why: str
    ledger: Ledger


@dataclass(frozen=True)
class HandOverRule:
    """How work of one kind is handed over.

    ``code`` names the kind in forms and the API. ``pass_on(row, to, step)`` hands one row to that person, or ends it
    for None. ``describe(row)`` says which it is, without any name. ``needs``: permissions at the row's site of which
    whoever takes it holds one; none where it can only end.
    """

    code: str
    pass_on: Callable[[Any, User | None, HandOverStep], None]
    describe: Callable[[Any], str]
    needs: tuple[str, ...] = ("write_records",)
    may_end: Callable[[Any], bool] = lambda row: False
    with_lead: Q | None = None  # rows that go along when a colleague leads the family from now on
    is_lead: bool = False  # whoever takes it leads the family, and takes what goes along


@dataclass(frozen=True)
class HeldWork:
    """Rows that somebody or a site holds, in words for one and for several, and the page that lists such work.

    ``permission``: what it takes to open the page. ``counted``: what is counted once. A person's rows have a ``rule``,
    and come from ``mark_held``.
    """

    rows: QuerySet[Any]
    one: str
    several: str
    address: str
    permission: str
    rule: HandOverRule | None = None
    counted: str = "pk"

    def __str__(self) -> str:
        return f"{self.count} {self.one if self.count == 1 else self.several}"

    @cached_property
    def count(self) -> int:
        return self.rows.order_by().values(self.counted).distinct().count()

    @property
    def href(self) -> str:
        return reverse(self.address)


NO_FAMILY = Value(None, output_field=UUIDField())
BARRED = "barred_{}"


def mark_held(
    rows: QuerySet[Any], *, site: Any = "site_id", family: Any = "family_id", barred: Sequence[Any] = ()
) -> QuerySet[Any]:
    """With ``held_site`` and ``held_family`` of each row; None: the row does not know it, or is about no family.

    ``barred``: who cannot take it, such as who is already in it: the names of ids, or subqueries of arrays of them.
    """
    at = {"held_site": site, "held_family": family}
    at |= {BARRED.format(number): each for number, each in enumerate(barred)}
    return rows.annotate(**{name: F(each) if isinstance(each, str) else each for name, each in at.items()})


def list_barred(row: Any) -> set[UUID]:
    """Who cannot take this row of ``mark_held``."""
    found: set[UUID] = set()
    for number in count():
        ids = getattr(row, BARRED.format(number), NO_FAMILY)
        if ids is NO_FAMILY:
            return found
        found |= {each for each in (ids if isinstance(ids, list) else [ids]) if each}
    return found


def pass_field(name: str) -> Callable[[Any, User | None, HandOverStep], None]:
    """``pass_on`` of work that is somebody's because the row names them in this field."""

    def pass_on(row: Model, to: User | None, step: HandOverStep) -> None:
        change_and_record(row, step.ledger, **{name: to})

    return pass_on


def list_held_kinds(user: User) -> list[HeldWork]:
    """All that somebody could hold, of this person: families they lead first, then in the order of the apps."""
    found = list(_list_all("list_held_work", user))
    return sorted(found, key=lambda work: not (work.rule and work.rule.is_lead))


def list_held_work(user: User) -> list[HeldWork]:
    """What of it this person holds and is not over."""
    return _list_found(list_held_kinds(user))


def list_site_work(site: Site) -> list[HeldWork]:
    """The same of a site."""
    return _list_found(list(_list_all("list_site_work", site)))


def _list_found(kinds: list[HeldWork]) -> list[HeldWork]:
    """Those with rows, of all kinds counted by one query."""
    first, *others = [_query_counted(number, work) for number, work in enumerate(kinds)]
    found: dict[int, set[str]] = defaultdict(set)
    for number, counted in first.union(*others, all=True):
        found[number].add(counted)
    for number, work in enumerate(kinds):
        vars(work)["count"] = len(found[number])
    return [work for work in kinds if work.count]


def _query_counted(number: int, work: HeldWork) -> QuerySet[Any]:
    """(number, what is counted once) of each row; as text, since keys of tables are of several types."""
    return work.rows.order_by().values_list(Value(number), Cast(work.counted, CharField()))


def pass_on_with_lead(family_id: Any, to: User, step: HandOverStep) -> None:
    """What goes along when this person no longer leads the family's work, in the order of the apps."""
    for work in _list_all("list_held_work", step.leaver):
        if work.rule and work.rule.with_lead is not None:
            for row in work.rows.filter(work.rule.with_lead, held_family=family_id):
                work.rule.pass_on(row, to, step)


def _list_all(name: str, of: User | Site) -> Iterator[HeldWork]:
    for list_work in list_hooks("held_work", name):
        yield from list_work(of)


def format_held_work(work: list[HeldWork]) -> str:
    """Such as: 3 families in open work, 1 booked visit and 1 group."""
    *first, last = map(str, work)
    return f"{', '.join(first)} and {last}" if first else last
