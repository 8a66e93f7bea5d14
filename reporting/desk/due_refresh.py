"""Working out ahead what is due: again for families that changed, and for all of them on a new day."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from uuid import UUID

from django.db import connection, transaction

from pairs.families.models import Family
from reporting.desk.due_items import as_decided, due_by_family
from reporting.desk.episode_status import episode_statuses
from reporting.desk.kept_due import FIELDS
from reporting.desk.models import FamilyChange, KeptDueDay, KeptDueItem, KeptEpisode

BATCH = 500
# Any number that nothing else locks: two refreshes at once would do the same work twice.
LOCK = 1346456903


def refresh_due_items(on: date) -> int:
    """Bring the kept items up to date for that day; how many families were worked out. 0 while another does it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            return 0
        try:
            return sum(keep_due_items(families, on) for families in _to_refresh(on)) + _end_rebuilding(on)
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


def _to_refresh(on: date) -> Iterator[list[UUID]]:
    """Families in batches: those that changed; all, on a new day or after a change that every family depends on."""
    changes = FamilyChange.objects.order_by().values_list("family_id", flat=True).distinct()
    if KeptDueDay.objects.filter(day=on).exists() and None not in (changed := set(changes)):
        yield from _in_batches(sorted(changed))
    else:
        KeptDueDay.objects.all().delete()
        FamilyChange.objects.filter(family_id=None).delete()
        yield from _in_batches(list(Family.objects.order_by("pk").values_list("pk", flat=True)))


def _in_batches(families):
    yield from (families[start : start + BATCH] for start in range(0, len(families), BATCH))


def _end_rebuilding(on):
    """The kept items are of that day from now on. What changed meanwhile has its mark."""
    if not KeptDueDay.objects.exists():
        KeptDueDay.objects.create(day=on)
    return 0


@transaction.atomic
def keep_due_items(families: list[UUID], on: date) -> int:
    """Work out what is due for these families and keep it; how many families.

    The marks go first: what is written from here on leaves a new one, whether it is seen below or not.
    """
    FamilyChange.objects.filter(family_id__in=families).delete()
    items = as_decided(due_by_family(families, on), on)
    KeptDueItem.objects.filter(family_id__in=families).delete()
    KeptDueItem.objects.bulk_create(_row(item) for item in items)
    KeptEpisode.objects.filter(family_id__in=families).delete()
    KeptEpisode.objects.bulk_create(_episode(each) for each in episode_statuses(families, on))
    return len(families)


def _episode(status):
    return KeptEpisode(
        family_id=status.family, episode_id=status.episode, clock=status.clock, pair=status.pair
    )


def _row(item):
    values = asdict(item)
    return KeptDueItem(**{name: values[name] for name in FIELDS})
