"""Cache of due items by family: valid until something about the family changes, or the day ends.

Pages never show stale items. They read cached items of families without a FamilyChange and compute others;
on a new day they compute everything until the cache is rebuilt. The worker refreshes changed families
(reporting.dashboards.due_refresh); if it stopped, pages would be slower but still correct.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, Exists, Func, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.expressions import CombinedExpression

from pairs.access.batch_query import PreparedBatch, Query, parse_date, parse_uuid
from pairs.access.scope import NOBODY, Scope, TemplateScope
from pairs.database.arrays import build_among
from pairs.families.due import CLINICAL, DATA_QUALITY, SAFETY, DueItem, is_asked_for
from pairs.families.models import Family, query_moving_families
from reporting.dashboards.due_items import (
    apply_decisions,
    build_family_queries,
    build_scope_queries,
    filter_visible_families,
    is_mine_or_unowned,
    list_all_due_items,
    list_due_by_family,
    list_due_by_scope,
    sort_due_items,
)
from reporting.dashboards.episode_status import (
    EpisodeStatus,
    build_status_queries,
    combine_statuses,
)
from reporting.dashboards.models import LIST_ORDER, CachedDueItem, CachedEpisode, DueCacheDay, FamilyChange

KINDS = (SAFETY, CLINICAL, DATA_QUALITY)
PER_PAGE = 50
# Up to so many are counted: "100 or more" says all that anybody needs, and each counted family is looked at.
MAX_COUNTED = 100
MAX_LISTED = 500  # of each kind, page by page
# With more changed families than this, working out everything is no dearer.
MAX_CHANGED = 200
ITEM_FIELDS = (
    "code", "kind", "title", "subject_id", "href", "due_on", "family_id", "site_id", "owner_id", "who", "why",
)  # fmt: skip
ID_FIELDS = tuple(name for name in ITEM_FIELDS if name.endswith("_id"))
STATUS_FIELDS = ("family_id", "episode_id", "clock", "pair")


@dataclass(frozen=True)
class DueLists:
    """A page of each kind's list, the longest due first, and the number of each (at most MAX_COUNTED).

    ``goes_on``: kinds of which there is a next page.
    """

    items: dict[str, list[DueItem]]
    counts: dict[str, int]
    goes_on: frozenset[str] = frozenset()
    watched: list[DueItem] = field(default_factory=list)  # everybody's of the codes that were asked for


@dataclass(frozen=True)
class _CacheState:
    """The day that the kept items are of, and how many there are of each kind."""

    day: date | None = None
    counts: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True)
class _ChangedFamily:
    """What is kept of this family (None: of every family) is out of date."""

    family: UUID | None


@dataclass(frozen=True)
class _WatchedItem:
    """An item that is asked for by its code, whoever's it is."""

    item: DueItem


@dataclass(frozen=True)
class _NeverKeptItem:
    """An item that the reader's sites and roles decide about: worked out each time, by the same statement."""

    item: DueItem


@dataclass(frozen=True)
class _CacheContent:
    """What the database keeps: items, how episodes stand, families for whom both are out of date, and its state.

    ``never_kept``: items that were worked out with it.
    """

    items: list[DueItem] = field(default_factory=list)
    never_kept: list[DueItem] = field(default_factory=list)
    watched: list[DueItem] = field(default_factory=list)
    statuses: list[EpisodeStatus] = field(default_factory=list)
    changed: set[UUID | None] = field(default_factory=set)
    state: _CacheState = field(default_factory=_CacheState)

    def is_valid_for(self, on: date) -> bool:
        """Is it of that day, and has nothing changed that every family depends on?"""
        return self.state.day == on and None not in self.changed and len(self.changed) <= MAX_CHANGED


# ---------------------------------------------------------------- what pages ask
def list_work_for_families(
    scope: Scope, on: date, families: Iterable[UUID]
) -> tuple[list[DueItem], dict[UUID, EpisodeStatus]]:
    """The due items of these families, whom the caller has fetched in scope, the longest due first; and
    {episode: how it stands} of their open episodes.
    """
    families = list(families)
    kept = _parse_cache(_FAMILY_CACHE_BATCH.list_results(scope, on, families=families))
    if not kept.is_valid_for(on):
        kept = _CacheContent(never_kept=kept.never_kept, changed=set(families))
    found = _WORK_BATCH.list_results(NOBODY, on, families=list(kept.changed)) if kept.changed else []
    items = [each for each in found if isinstance(each, DueItem)]
    statuses = kept.statuses + combine_statuses(found, on)
    due = sort_due_items(kept.items + apply_decisions(kept.never_kept + items, on))
    return due, {each.episode: each for each in statuses}


def list_rule_items(
    answers: list[Any], families: list[UUID], on: date, codes: tuple[str, ...]
) -> list[DueItem]:
    """What the rules of these codes say of families whom the reader is known to see, put off or not.

    ``answers``: of ``build_rule_queries`` of the same families and codes, among any others.
    """
    kept = _parse_cache(answers)
    if not kept.is_valid_for(on):
        kept = _CacheContent(changed=set(families))
    afresh = list_due_by_family([family for family in kept.changed if family], on)
    return kept.items + [item for item in afresh if item.code in codes]


def get_due_lists(
    scope: Scope,
    on: date,
    *,
    everybody: bool = False,
    page: int = 1,
    kinds: tuple[str, ...] = KINDS,
    counted: tuple[str, ...] = (),
    watched: tuple[str, ...] = (),
) -> DueLists:
    """One page of what is due for this person, or for everybody at their sites.

    ``kinds``: the lists that are wanted, and counted; ``counted``: others of which only the number is; ``watched``:
    codes of which everybody's items are asked for as well, at most MAX_LISTED, and of which what is never kept is of
    these kinds.
    """
    counted = tuple(kind for kind in KINDS if kind in (*kinds, *counted))
    kept = _parse_cache(_LIST_BATCH.list_results(scope, on, everybody, page, kinds, counted, watched))
    if kept.is_valid_for(on):
        rest = _add_changed_families(scope, on, kept.never_kept, kept.changed)
        items, counts, seen = kept.items, kept.state.counts, kept.watched
    else:
        rest, items, counts, seen = list_all_due_items(scope, on), [], Counter(), []
    seen = sort_due_items(seen + [item for item in rest if item.code in watched])
    rest = rest if everybody else _filter_mine(rest, scope)
    in_time = sort_due_items(items + rest)
    lists = {kind: [each for each in in_time if each.kind == kind] for kind in kinds}
    first, last = PER_PAGE * (page - 1), PER_PAGE * page
    goes_on = frozenset(kind for kind, found in lists.items() if last < min(len(found), MAX_LISTED))
    pages = {kind: found[first:last] for kind, found in lists.items()}
    return DueLists(pages, _count_by_kind(counts, rest, counted), goes_on, seen)


def list_due_pages(scope: Scope, on: date, **asked: Any) -> Iterator[DueLists]:
    """Each page of what ``get_due_lists`` is asked for: at most MAX_LISTED items of a kind."""
    for page in count(1):
        found = get_due_lists(scope, on, page=page, **asked)
        yield found
        if not found.goes_on:
            return


def find_due_item(scope: Scope, on: date, *, subject_id: UUID, code: str) -> DueItem | None:
    """The item of that rule about that row, where it is due and in scope."""
    families = _SUBJECT_BATCH.list_results(NOBODY, subject=subject_id)
    afresh = _add_changed_families(scope, on, list_due_by_scope(scope, on), families)
    found = _find_matching_item(afresh, subject_id, code)
    return found or _find_matching_item(list_all_due_items(scope, on), subject_id, code)


def _find_matching_item(items: list[DueItem], subject_id: UUID, code: str) -> DueItem | None:
    return next((item for item in items if (item.subject_id, item.code) == (subject_id, code)), None)


def _add_changed_families(
    scope: Scope, on: date, never_kept: list[DueItem], families: Collection[Any]
) -> list[DueItem]:
    """What is never kept, and what is due for those of the families that are in scope: with people's decisions."""
    visible = filter_visible_families(scope, list(families))
    return apply_decisions(never_kept + list_due_by_family(visible, on), on)


def _filter_mine(items: list[DueItem], scope: Scope) -> list[DueItem]:
    return [item for item in items if is_mine_or_unowned(item, scope)]


def _count_by_kind(kept: Counter[str], rest: list[DueItem], kinds: tuple[str, ...]) -> dict[str, int]:
    found = kept + Counter(item.kind for item in rest)
    return {kind: min(found[kind], MAX_COUNTED) for kind in kinds}


# ---------------------------------------------------------------- what the database is asked
def _parse_cache(answers: list) -> _CacheContent:
    def filter_kind(kind: type[Any]) -> list[Any]:
        return [each for each in answers if isinstance(each, kind)]

    changed = {each.family for each in filter_kind(_ChangedFamily)}
    return _CacheContent(
        filter_kind(DueItem),
        [each.item for each in filter_kind(_NeverKeptItem)],
        [each.item for each in filter_kind(_WatchedItem)],
        filter_kind(EpisodeStatus),
        changed,
        next(iter(filter_kind(_CacheState)), _CacheState()),
    )


def _build_state_queries(changes: QuerySet, **counts: Any) -> list[Query]:
    families = changes.order_by().values("family_id").distinct()
    return [
        Query(DueCacheDay.objects.all(), {"day": "day"} | counts, lambda row: [_parse_state(row)]),
        Query(
            families[: MAX_CHANGED + 1],
            {"family": "family_id"},
            lambda row: [_ChangedFamily(parse_uuid(row["family"]))],
        ),
    ]


def _parse_state(row: dict[str, Any]) -> _CacheState:
    return _CacheState(parse_date(row["day"]), Counter({kind: row.get(kind, 0) for kind in KINDS}))


def _build_never_kept_queries(
    scope: TemplateScope, on: date, families: UUID | None = None, kinds: tuple[str, ...] = KINDS
) -> list[Query]:
    asked = build_scope_queries(scope, on, families)
    return [_mark_never_kept(each) for each in asked if is_asked_for(each, kinds)]


def _mark_never_kept(asked: Query) -> Query:
    to_items = asked.to_items  # what a process keeps: by the Query itself it would keep its QuerySet
    return Query(asked.rows, asked.fields, lambda row: [_NeverKeptItem(item) for item in to_items(row)])


def _build_family_cache_queries(scope: TemplateScope, on: date, families: UUID) -> list[Query]:
    here = Q(family_id__in=[families])
    return [
        *_build_never_kept_queries(scope, on, families),
        *_build_family_state_queries(families),
        _build_items_query(_query_current_items().filter(here)),
        _build_statuses_query(_filter_unchanged(CachedEpisode).filter(here)),
    ]


def build_rule_queries(families: UUID, codes: tuple[str, ...]) -> list[Query]:
    """What is kept of the items of these rules, for ``list_rule_items``; ``families``: a placeholder of their ids."""
    rows = _filter_unchanged(CachedDueItem).filter(family_id__in=[families], code__in=codes)
    return [*_build_family_state_queries(families), _build_items_query(rows)]


def _build_family_state_queries(families: UUID) -> list[Query]:
    return _build_state_queries(FamilyChange.objects.filter(Q(family_id__in=[families]) | Q(family_id=None)))


def _query_current_items() -> QuerySet[Any]:
    """What lists show: items that stand and that nobody put off."""
    return _filter_unchanged(CachedDueItem).filter(is_snoozed=False)


def _build_list_queries(
    scope: TemplateScope,
    on: date,
    everybody: bool,
    page: int,
    kinds: tuple[str, ...],
    counted: tuple[str, ...],
    watched: tuple[str, ...],
) -> list[Query]:
    rows = [some for kind in kinds for some in _list_owner_querysets(scope, kind, everybody)]
    in_time = [each.order_by(*LIST_ORDER)[: PER_PAGE * page + 1] for each in rows]
    asked = [
        *_build_never_kept_queries(scope, on, kinds=counted),
        *_build_count_queries(scope, everybody, counted),
    ]
    asked += map(_build_items_query, in_time)
    return [*asked, _build_watched_query(scope, watched)] if watched else asked


def _build_watched_query(scope: TemplateScope, codes: tuple[str, ...]) -> Query:
    rows = _query_visible_items(scope).filter(code__in=codes)
    found = _build_items_query(rows.order_by(*LIST_ORDER)[:MAX_LISTED])
    return Query(found.rows, found.fields, lambda row: [_WatchedItem(_parse_item(row))])


def _build_count_queries(scope: TemplateScope, everybody: bool, kinds: tuple[str, ...]) -> list[Query]:
    counted = kinds if _may_read_families(scope) else ()
    counts = {kind: _build_count_expression(scope, kind, everybody) for kind in counted}
    return _build_state_queries(FamilyChange.objects.all(), **counts)


def _may_read_families(scope: TemplateScope) -> bool:
    return scope.may("read_families", "govern_records") or bool(scope.given("read_families"))


def _list_owner_querysets(scope: TemplateScope, kind: str, everybody: bool) -> list[QuerySet[Any]]:
    """Querysets of my items and of unowned items: two, since no index serves the OR."""
    rows = _query_visible_items(scope).filter(kind=kind)
    return [rows] if everybody else [rows.filter(owner_id__in=scope.own_ids), rows.filter(owner_id=None)]


def _query_visible_items(scope: TemplateScope) -> QuerySet[Any]:
    """Items that stand, of visible families. What is kept of a family's site only says which are worth asking about."""
    here = Q(family_site_id__in=scope.sites("read_families", "govern_records"))
    elsewhere = Q(family_id__in=scope.given("read_families"))
    moving = Q(build_among("family_id", query_moving_families(scope)))
    rows = _query_current_items().filter(here | elsewhere | moving)
    return rows.filter(_build_visible_condition(scope))


def _build_visible_condition(scope: TemplateScope) -> Subquery:
    """Whether the item's family is visible, asked of one item after another until there are enough of them.

    As "in the families that are visible" PostgreSQL would list all of these first, and there may be 60,000.
    """
    family = Family.objects.visible_to(scope).filter(pk=OuterRef("family_id"))
    return Subquery(family.values(visible=Value(True)), output_field=BooleanField())


def _build_count_expression(scope: TemplateScope, kind: str, everybody: bool) -> CombinedExpression | Func:
    counted = [
        _build_cardinality(rows.order_by()[:MAX_COUNTED])
        for rows in _list_owner_querysets(scope, kind, everybody)
    ]
    return sum(counted[1:], start=counted[0])


def _build_cardinality(rows: QuerySet[Any]) -> Func:
    return Func(ArraySubquery(rows.values("pk")), function="CARDINALITY", output_field=IntegerField())


def _filter_unchanged(model: type[Any]) -> QuerySet[Any]:
    """Rows of families without a mark."""
    return model.objects.filter(~Exists(FamilyChange.objects.filter(family_id=OuterRef("family_id"))))


def _build_items_query(rows: QuerySet[Any]) -> Query:
    return Query(rows, {name: name for name in ITEM_FIELDS}, lambda row: [_parse_item(row)])


def _parse_item(row: dict[str, Any]) -> DueItem:
    ids = {name: parse_uuid(row[name]) for name in ID_FIELDS}
    return DueItem(**row | ids | {"due_on": parse_date(row["due_on"])})


def _build_statuses_query(rows: QuerySet[Any]) -> Query:
    return Query(rows, {name: name for name in STATUS_FIELDS}, lambda row: [_parse_status(row)])


def _parse_status(row: dict[str, Any]) -> EpisodeStatus:
    return EpisodeStatus(UUID(row["family_id"]), UUID(row["episode_id"]), row["clock"], row["pair"])


def _build_work_queries(scope: TemplateScope, on: date, families: UUID) -> list[Query]:
    """What is due for families and how their episodes stand, worked out afresh by one statement."""
    return [*build_family_queries(scope, on, families), *build_status_queries(scope, on, families)]


def _build_subject_query(_: TemplateScope, subject: UUID) -> list[Query]:
    rows = CachedDueItem.objects.filter(subject_id=subject).values("family_id").distinct()
    return [Query(rows, {"family": "family_id"}, lambda row: [UUID(row["family"])])]


_FAMILY_CACHE_BATCH, _LIST_BATCH = map(PreparedBatch, (_build_family_cache_queries, _build_list_queries))
_WORK_BATCH, _SUBJECT_BATCH = map(PreparedBatch, (_build_work_queries, _build_subject_query))
