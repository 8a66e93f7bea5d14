"""Refreshes the cache of due items: changed families, and all of them on a new day."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from pairs.families.due import DueItem
from pairs.families.models import Family
from reporting.dashboards.due_cache import ITEM_FIELDS
from reporting.dashboards.due_items import find_decided, list_due_by_family
from reporting.dashboards.episode_status import list_episode_statuses
from reporting.dashboards.models import CachedDueItem, CachedEpisode, DueCacheDay, FamilyChange

BATCH_SIZE = 500
# Any number that nothing else locks: two refreshes at once would do the same work twice.
ADVISORY_LOCK_ID = 1346456903


def refresh_due_items(on: date) -> int:
    """Bring the kept items up to date for that day; how many families were worked out. 0 while another does it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [ADVISORY_LOCK_ID])
        if not cursor.fetchone()[0]:
            return 0
        try:
            return sum(
                save_due_items(families, on) for families in _batch_families_to_refresh(on)
            ) + _end_rebuilding(on)
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [ADVISORY_LOCK_ID])


def _batch_families_to_refresh(on: date) -> Iterator[list[UUID]]:
    """Families in batches: those that changed; all, on a new day or after a change that every family depends on."""
    changes = FamilyChange.objects.order_by().values_list("family_id", flat=True).distinct()
    if DueCacheDay.objects.filter(day=on).exists() and None not in (changed := set(changes)):
        yield from _split_into_batches(sorted(changed))
    else:
        DueCacheDay.objects.all().delete()
        FamilyChange.objects.filter(family_id=None).delete()
        yield from _split_into_batches(list(Family.objects.order_by("pk").values_list("pk", flat=True)))


def _split_into_batches(families: list[Any]) -> Iterator[list[UUID]]:
    yield from (families[start : start + BATCH_SIZE] for start in range(0, len(families), BATCH_SIZE))


def _end_rebuilding(on: date) -> int:
    """Mark the cache as valid for that day. Families changed meanwhile have a FamilyChange row."""
    if not DueCacheDay.objects.exists():
        DueCacheDay.objects.create(day=on)
    return 0


@transaction.atomic
def save_due_items(families: list[UUID], on: date) -> int:
    """Compute and cache what is due for these families; returns how many families.

    FamilyChange rows are deleted first: later writes add new ones, whether this transaction sees them or not.
    """
    FamilyChange.objects.filter(family_id__in=families).delete()
    items = find_decided(list_due_by_family(families, on), on)
    CachedDueItem.objects.filter(family_id__in=families).delete()
    sites = dict(Family.objects.filter(pk__in=families).values_list("pk", "site"))
    CachedDueItem.objects.bulk_create(
        _build_cached_item(item, sites[item.family_id], is_snoozed) for item, is_snoozed in items
    )
    CachedEpisode.objects.filter(family_id__in=families).delete()
    CachedEpisode.objects.bulk_create(
        _build_cached_episode(each) for each in list_episode_statuses(families, on)
    )
    return len(families)


def _build_cached_episode(status: Any) -> Any:
    return CachedEpisode(
        family_id=status.family, episode_id=status.episode, clock=status.clock, pair=status.pair
    )


def _build_cached_item(item: DueItem, family_site: UUID, is_snoozed: bool) -> Any:
    values = asdict(item)
    known = {name: values[name] for name in ITEM_FIELDS}
    return CachedDueItem(family_site_id=family_site, is_snoozed=is_snoozed, **known)
