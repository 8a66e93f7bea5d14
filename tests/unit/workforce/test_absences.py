"""Absences: what is due goes to the cover and comes back by itself; what is refused."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from interventions.workforce.actions import cancel_absence, change_absence, record_absence
from interventions.workforce.models import Absence
from interventions.workforce.rules import find_absence_errors
from pairs.access.scope import load_scope
from pairs.families.due import CLINICAL, DATA_QUALITY, SAFETY
from pairs.service.refusals import ActionRefused
from reporting.dashboards.due_cache import get_due_lists
from reporting.dashboards.due_refresh import refresh_due_items
from tests.unit.episodes.factories import make_episode

DAY = timedelta(days=1)
FIRST = date(2026, 12, 21)
RIGHT = {
    "starts_on": FIRST, "ends_on": FIRST + 10 * DAY, "on": FIRST - 20 * DAY, "is_away_then": False,
    "cover": "Sam Cover", "cover_is_away": False, "cover_may_write": True, "covers_themselves": False,
    "site": "Hyndburn",
}  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "fields"),
    [
        ({}, set()),
        ({"cover": "", "cover_may_write": False}, set()),
        ({"ends_on": FIRST}, set()),
        ({"ends_on": FIRST - DAY}, {"ends_on"}),
        ({"on": FIRST + 11 * DAY}, {"ends_on"}),
        ({"on": FIRST + 10 * DAY}, set()),
        ({"ends_on": FIRST + 401 * DAY}, {"ends_on"}),
        ({"is_away_then": True}, {"starts_on"}),
        ({"cover_is_away": True}, {"cover"}),
        ({"cover_may_write": False}, {"cover"}),
        ({"covers_themselves": True}, {"cover"}),
        (
            {"ends_on": FIRST - DAY, "is_away_then": True, "cover_is_away": True},
            {"ends_on", "starts_on", "cover"},
        ),
    ],
)
def test_every_error_is_said_beside_its_field(changed, fields):
    assert set(find_absence_errors(**RIGHT | changed)) == fields


def list_due_subjects(user):
    found = get_due_lists(load_scope(user), timezone.localdate())
    return {
        item.subject_id
        for kind in (SAFETY, CLINICAL, DATA_QUALITY)
        for item in found.items[kind]
        if item.owner_id
    }


@pytest.fixture
def colleague(cast):
    return cast["supervisor"]


@pytest.fixture
def episode(db, cast):
    return make_episode(cast["blackburn"], days_ago=60)


@pytest.mark.django_db
@pytest.mark.parametrize("is_cached", [False, True])
def test_what_is_due_goes_to_the_cover_and_comes_back(cast, colleague, episode, client, is_cached):
    me, today = cast["blackburn"], timezone.localdate()
    if is_cached:
        refresh_due_items(today)
    mine = list_due_subjects(me)
    assert mine
    assert not mine & list_due_subjects(colleague)
    days = {"starts_on": today - DAY, "ends_on": today}
    absence = record_absence(person=me, site=episode.site, cover=colleague, by=me, **days)
    assert mine <= list_due_subjects(colleague)
    client.force_login(colleague, backend="pairs.access.backends.StaffBackend")
    line = reverse("family", args=[episode.family_id])
    mine_alone = reverse("caseload") + "?whose=mine"
    assert line in client.get(mine_alone).content.decode()
    Absence.objects.filter(pk=absence.pk).update(starts_on=today - 9 * DAY, ends_on=today - DAY)
    assert not mine & list_due_subjects(colleague)
    assert line not in client.get(mine_alone).content.decode()


@pytest.mark.django_db
def test_overlaps_and_a_cover_who_is_away_are_refused_and_change_nothing(cast, colleague, episode):
    me, today = cast["blackburn"], timezone.localdate()
    of = {"site": episode.site, "by": me}
    kept = record_absence(person=me, cover=None, starts_on=today, ends_on=today + 4 * DAY, **of)
    with pytest.raises(ActionRefused) as refused:
        record_absence(person=me, cover=me, starts_on=today + 4 * DAY, ends_on=today + 5 * DAY, **of)
    assert set(refused.value.errors) == {"starts_on", "cover"}
    with pytest.raises(ActionRefused) as refused:
        record_absence(person=colleague, cover=me, starts_on=today + 2 * DAY, ends_on=today + 3 * DAY, **of)
    assert set(refused.value.errors) == {"cover"}
    with pytest.raises(ActionRefused) as refused:
        record_absence(person=cast["healthvisitor"], cover=None, starts_on=today, ends_on=today, **of)
    assert set(refused.value.errors) == {"person"}
    assert list(Absence.objects.all()) == [kept]
    change_absence(absence=kept, starts_on=today, ends_on=today + DAY, cover=colleague)
    cancel_absence(absence=kept, by=me)
    assert not load_scope(colleague).own_ids - {colleague.pk}


@pytest.mark.django_db
def test_through_its_pages_and_due_for_a_supervisor_until_cover_is_named(cast, colleague, episode, client):
    me, today = cast["blackburn"], timezone.localdate()
    client.force_login(me, backend="pairs.access.backends.StaffBackend")

    def post(path, **said):
        token = client.get(path).content.decode().partition('name="submission" value="')[2][:36]
        return client.post(path, {"submission": token, **said}, follow=True).content.decode()

    days = {"starts_on": today.isoformat(), "ends_on": (today + 3 * DAY).isoformat()}
    shown = post(reverse("new-absence"), person=str(me.pk), site=str(episode.site_id), **days)
    assert "The absence is recorded." in shown
    assert "No cover named" in shown
    absence = Absence.objects.get()
    due = {item.code for item in get_due_lists(load_scope(colleague), today).items[CLINICAL]}
    assert "absence_without_cover" in due
    path = reverse("change-absence", args=[absence.pk])
    assert str(colleague) in post(path, cover=str(colleague.pk), **days)
    due = {item.code for item in get_due_lists(load_scope(colleague), today).items[CLINICAL]}
    assert "absence_without_cover" not in due
    client.force_login(cast["hyndburn"], backend="pairs.access.backends.StaffBackend")
    assert client.get(path).status_code in (403, 404)
    client.force_login(me, backend="pairs.access.backends.StaffBackend")
    assert "The absence is cancelled." in post(reverse("cancel-absence", args=[absence.pk]))
    assert not Absence.objects.standing().exists()
