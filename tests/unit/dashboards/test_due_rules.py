"""What of the kept due items comes onto the agenda of supervision: as if the rules had been asked."""

from datetime import timedelta

import pytest
from django.utils import timezone

from interventions.supervision.session_agenda import load_agenda_lines
from pairs.access.scope import load_scope
from pairs.families.models import Family
from reporting.dashboards.actions import decide_due_item
from reporting.dashboards.due_cache import list_work_for_families
from reporting.dashboards.due_refresh import refresh_due_items
from reporting.dashboards.models import CachedDueItem, DueCacheDay, FamilyChange
from tests.unit.episodes.factories import make_episode

TODAY = timezone.localdate


def load_comparable_lines(families):
    """{family: its lines without an order}."""
    return {family: set(lines) for family, lines in load_agenda_lines(families, TODAY()).items()}


def test_the_agenda_is_the_same_kept_and_worked_out_afresh(cloned_database):
    """Kept; with some families changed since; with a mark on all; on a new day."""
    families = list(Family.objects.values_list("pk", flat=True))
    afresh = load_comparable_lines(families)
    assert sum(map(len, afresh.values())) > 30
    refresh_due_items(TODAY())
    assert DueCacheDay.objects.filter(day=TODAY()).exists()
    assert load_comparable_lines(families) == afresh
    FamilyChange.objects.bulk_create(FamilyChange(family_id=each) for each in families[::3])
    assert load_comparable_lines(families) == afresh
    FamilyChange.objects.create(family_id=None)
    assert load_comparable_lines(families) == afresh
    FamilyChange.objects.all().delete()
    DueCacheDay.objects.update(day=TODAY() - timedelta(days=1))
    CachedDueItem.objects.all().delete()
    assert load_comparable_lines(families) == afresh


@pytest.mark.django_db
def test_what_was_put_off_stays_on_the_agenda_and_in_no_list(cast):
    family = make_episode(cast["blackburn"], days_ago=60).family_id
    scope, until = load_scope(cast["blackburn"]), TODAY() + timedelta(days=3)
    (item,) = list_waits(scope, family)
    before = load_comparable_lines([family])
    decide_due_item(item=item, until=until, handed_to=None, why="On leave", by=cast["blackburn"])
    for _ in range(2):  # before it is worked out again, and after
        assert load_comparable_lines([family]) == before
        assert list_waits(scope, family) == []
        refresh_due_items(TODAY())
    assert CachedDueItem.objects.get(code="day_21").is_snoozed


def list_waits(scope, family):
    return [item for item in list_work_for_families(scope, TODAY(), [family])[0] if item.code == "day_21"]
