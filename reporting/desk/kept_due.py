"""What is due for families, worked out ahead: kept until something about the family changes, or the day ends.

A page never shows what may be out of date. It reads the kept items of families without a mark (FamilyChange), and
works out the few others itself; on a new day, until all are worked out anew, it works out everything. The worker
refreshes what is marked (reporting.desk.due_refresh); were it to stand still, pages would be slower and no less right.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, Func, IntegerField, OuterRef, Q, QuerySet
from django.db.models.functions import Collate

from pairs.access.asking import PreparedBatch, Question, day, some_id
from pairs.access.scope import NOBODY, Scope
from pairs.families.due import CLINICAL, DATA_QUALITY, SAFETY, DueItem
from pairs.families.models import Family
from reporting.desk.due_items import (
    as_decided,
    due_by_family,
    due_by_scope,
    everything_due,
    in_order,
    is_mine,
    visible_among,
)
from reporting.desk.episode_status import EpisodeStatus, episode_statuses
from reporting.desk.models import FamilyChange, KeptDueDay, KeptDueItem, KeptEpisode

KINDS = (SAFETY, CLINICAL, DATA_QUALITY)
PER_PAGE = 50
# Up to so many are counted; beyond it, "500 or more" says all that anybody needs.
MOST_COUNTED = 500
# With more changed families than this, working out everything is no dearer.
MOST_CHANGED = 200
FIELDS = (
    "code",
    "kind",
    "title",
    "subject_id",
    "href",
    "due_on",
    "family_id",
    "site_id",
    "owner_id",
    "who",
    "why",
)
STATUS_FIELDS = ("family_id", "episode_id", "clock", "pair")


@dataclass(frozen=True)
class DueLists:
    """A page of each kind's list, the longest due first, and how many there are of each (MOST_COUNTED at most)."""

    items: dict[str, list[DueItem]]
    counts: dict[str, int]


@dataclass(frozen=True)
class _State:
    """The day that the kept items are of, and how many there are of each kind."""

    day: date | None = None
    counts: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True)
class _Changed:
    """What is kept of this family (None: of every family) is out of date."""

    family: UUID | None


@dataclass(frozen=True)
class _Kept:
    """What the database keeps: items, how episodes stand, families for whom both are out of date, and its state."""

    items: list[DueItem]
    statuses: list[EpisodeStatus]
    changed: set[UUID | None]
    state: _State

    def holds_for(self, on: date) -> bool:
        """Is it of that day, and has nothing changed that every family depends on?"""
        return self.state.day == on and None not in self.changed and len(self.changed) <= MOST_CHANGED


# ---------------------------------------------------------------- what pages ask
def due_of_families(scope: Scope, on: date, families: Iterable[UUID]) -> list[DueItem]:
    """The due items of these families, whom the caller has fetched in scope: the longest due first."""
    families = list(families)
    return _due_of(scope, on, families, _kept_of(families))


def work_of_families(
    scope: Scope, on: date, families: Iterable[UUID]
) -> tuple[list[DueItem], dict[UUID, EpisodeStatus]]:
    """The same, and {episode: how it stands} of these families' open episodes."""
    families = list(families)
    kept = _kept_of(families, with_statuses=True)
    return _due_of(scope, on, families, kept), _statuses_of(on, families, kept)


def _kept_of(families, *, with_statuses=False):
    return _read(_OF_FAMILIES.answers(NOBODY, with_statuses, families=families))


def _due_of(scope, on, families, kept):
    if not kept.holds_for(on):
        return everything_due(scope, on, families)
    afresh = due_by_scope(scope, on, families) + due_by_family(list(kept.changed), on)
    return in_order(kept.items + as_decided(afresh, on))


def _statuses_of(on, families, kept):
    holds = kept.holds_for(on)
    afresh = episode_statuses(kept.changed if holds else families, on)
    return {each.episode: each for each in [*(kept.statuses if holds else ()), *afresh]}


def due_lists(scope: Scope, on: date, *, everybody: bool = False, page: int = 1) -> DueLists:
    """One page of what is due for this person, or for everybody at their sites."""
    kept = _read(_LISTS.answers(scope, everybody, page))
    if kept.holds_for(on):
        rest, items, counts = _afresh(scope, on, kept.changed), kept.items, kept.state.counts
    else:
        rest, items, counts = everything_due(scope, on), [], Counter()
    rest = rest if everybody else _mine(rest, scope)
    return DueLists(_page(in_order(items + rest), page), _counts(counts, rest))


def due_counts(scope: Scope, on: date) -> dict[str, int]:
    """{kind: how many items are this person's or nobody's}, MOST_COUNTED at most."""
    kept = _read(_COUNTS.answers(scope, False))
    if not kept.holds_for(on):
        return _counts(Counter(), _mine(everything_due(scope, on), scope))
    return _counts(kept.state.counts, _mine(_afresh(scope, on, kept.changed), scope))


def find_due_item(scope: Scope, on: date, *, subject_id: UUID, code: str) -> DueItem | None:
    """The item of that rule about that row, where it is due and in scope."""
    families = _FAMILIES_OF_SUBJECT.answers(NOBODY, subject=subject_id)
    found = _matching(_afresh(scope, on, families), subject_id, code)
    return found or _matching(everything_due(scope, on), subject_id, code)


def _matching(items, subject_id, code):
    return next((item for item in items if (item.subject_id, item.code) == (subject_id, code)), None)


def _afresh(scope, on, families):
    """What is never kept, and what is due for those of the families that are in scope."""
    visible = visible_among(scope, list(families))
    return as_decided(due_by_scope(scope, on) + due_by_family(visible, on), on)


def _mine(items, scope):
    return [item for item in items if is_mine(item, scope.user_id)]


def _page(items, page):
    first = PER_PAGE * (page - 1)
    return {kind: [each for each in items if each.kind == kind][first : first + PER_PAGE] for kind in KINDS}


def _counts(kept, rest):
    found = kept + Counter(item.kind for item in rest)
    return {kind: min(found[kind], MOST_COUNTED) for kind in KINDS}


# ---------------------------------------------------------------- what the database is asked
def _read(answers: list) -> _Kept:
    def of(kind):
        return [each for each in answers if isinstance(each, kind)]

    changed = {each.family for each in of(_Changed)}
    return _Kept(of(DueItem), of(EpisodeStatus), changed, next(iter(of(_State)), _State()))


def _state_questions(changes: QuerySet, **counts) -> list[Question]:
    families = changes.order_by().values("family_id").distinct()
    return [
        Question(KeptDueDay.objects.all(), {"day": "day"} | counts, lambda row: [_state(row)]),
        Question(
            families[: MOST_CHANGED + 1],
            {"family": "family_id"},
            lambda row: [_Changed(some_id(row["family"]))],
        ),
    ]


def _state(row):
    return _State(day(row["day"]), Counter({kind: row.get(kind, 0) for kind in KINDS}))


def _of_families(_, with_statuses, families):
    here = Q(family_id__in=[families])
    asked = _state_questions(FamilyChange.objects.filter(here | Q(family_id=None)))
    asked.append(_items(_unchanged(KeptDueItem).filter(here)))
    return [*asked, _statuses(_unchanged(KeptEpisode).filter(here))] if with_statuses else asked


def _lists_of(scope, everybody, page):
    rows = [some for kind in KINDS for some in _first_of(scope, kind, everybody)]
    in_time = [each.order_by("due_on", Collate("title", "C"), "id")[: PER_PAGE * page] for each in rows]
    return [*_counts_of(scope, everybody), *map(_items, in_time)]


def _counts_of(scope, everybody):
    kinds = KINDS if _reads_families(scope) else ()
    counts = {kind: _count_of(scope, kind, everybody) for kind in kinds}
    return _state_questions(FamilyChange.objects.all(), **counts)


def _reads_families(scope):
    return scope.may("read_families", "govern_records") or bool(scope.given("read_families"))


def _first_of(scope, kind, everybody):
    """Mine and nobody's are two questions: no index serves an "or" of them."""
    visible = Family.objects.visible_to(scope).values("pk")
    rows = _unchanged(KeptDueItem).filter(kind=kind, family_id__in=visible)
    return [rows] if everybody else [rows.filter(owner_id=scope.user_id), rows.filter(owner_id=None)]


def _count_of(scope, kind, everybody):
    counted = [_cardinality(rows.order_by()[:MOST_COUNTED]) for rows in _first_of(scope, kind, everybody)]
    return sum(counted[1:], start=counted[0])


def _cardinality(rows):
    return Func(ArraySubquery(rows.values("pk")), function="CARDINALITY", output_field=IntegerField())


def _unchanged(model):
    """Rows of families without a mark."""
    return model.objects.filter(~Exists(FamilyChange.objects.filter(family_id=OuterRef("family_id"))))


def _items(rows):
    return Question(rows, {name: name for name in FIELDS}, lambda row: [_item(row)])


def _item(row):
    ids = {name: some_id(row[name]) for name in FIELDS if name.endswith("_id")}
    return DueItem(**row | ids | {"due_on": day(row["due_on"])})


def _statuses(rows):
    return Question(rows, {name: name for name in STATUS_FIELDS}, lambda row: [_status(row)])


def _status(row):
    return EpisodeStatus(UUID(row["family_id"]), UUID(row["episode_id"]), row["clock"], row["pair"])


def _families_of_subject(_, subject):
    rows = KeptDueItem.objects.filter(subject_id=subject).values("family_id").distinct()
    return [Question(rows, {"family": "family_id"}, lambda row: [UUID(row["family"])])]


_OF_FAMILIES, _LISTS, _COUNTS = map(PreparedBatch, (_of_families, _lists_of, _counts_of))
_FAMILIES_OF_SUBJECT = PreparedBatch(_families_of_subject)
