"""What was postponed is listed with its day and reason, and can come back before."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from pairs.access.scope import load_scope
from reporting.dashboards.actions import decide_due_item
from reporting.dashboards.due_items import list_all_due_items
from reporting.dashboards.models import DueDecision
from reporting.dashboards.postponed_items import _query_postponed, list_postponed
from tests.unit.episodes.factories import make_contact, make_episode

pytestmark = pytest.mark.django_db


@pytest.fixture
def postponed(cast):
    """An unsigned note of the practitioner's, postponed for five days."""
    me = cast["blackburn"]
    make_contact(make_episode(me), me, sign=False)
    item = find_item(me)
    until = timezone.localdate() + timedelta(days=5)
    decide_due_item(item=item, until=until, handed_to=None, why="Waiting for the film", by=me)
    return item


def find_item(user, code="unsigned_contact"):
    items = list_all_due_items(load_scope(user), timezone.localdate())
    return next((each for each in items if each.code == code), None)


def test_it_says_until_when_and_why(cast, client, postponed):
    client.force_login(cast["blackburn"])
    assert find_item(cast["blackburn"]) is None
    page = client.get(reverse("postponed")).content.decode()
    assert "Waiting for the film" in page
    assert postponed.title in page
    assert str(cast["blackburn"]) in page
    assert "Postponed" in client.get(reverse("worklist")).content.decode()


def test_it_comes_back_at_once_and_the_list_is_empty(cast, client, postponed):
    me = cast["blackburn"]
    client.force_login(me)
    key = f"{postponed.code}:{postponed.subject_id}"
    assert client.post(reverse("postponed"), {"item": key}).url == reverse("postponed")
    assert find_item(me).subject_id == postponed.subject_id
    assert "Nothing is postponed" in client.get(reverse("postponed")).content.decode()


def test_whose_it_is_now_keeps_it(cast, client, postponed):
    me, other = cast["blackburn"], cast["trainee"]
    decide_due_item(item=postponed, until=None, handed_to=other, why="On leave", by=me)
    client.force_login(me)
    client.post(reverse("postponed"), {"item": f"{postponed.code}:{postponed.subject_id}"})
    assert find_item(me).owner_id == other.pk


@pytest.mark.parametrize("item", ["", "nothing", "unsigned_contact:x", "unsigned_contact:"])
def test_what_is_not_on_the_list_changes_nothing(cast, client, postponed, item):
    client.force_login(cast["blackburn"])
    assert client.post(reverse("postponed"), {"item": item}).status_code == 302
    assert DueDecision.objects.count() == 1


def test_another_site_sees_none_of_it(cast, client, postponed):
    client.force_login(cast["hyndburn"])
    assert "Nothing is postponed" in client.get(reverse("postponed")).content.decode()
    client.post(reverse("postponed"), {"item": f"{postponed.code}:{postponed.subject_id}"})
    assert DueDecision.objects.count() == 1


def test_what_is_due_no_more_is_not_listed(cast, postponed):
    me = cast["blackburn"]
    later = timezone.localdate() + timedelta(days=6)
    assert list_postponed(load_scope(me), timezone.localdate())
    assert list_postponed(load_scope(me), later) == []


def test_other_sites_decisions_push_none_of_mine_out(cast, postponed):
    """Visibility is asked in the query: however many others there are, mine are found."""
    me, until = cast["blackburn"], timezone.localdate() + timedelta(days=5)
    strange = make_episode(cast["hyndburn"], reference="U", site="hyndburn").family_id
    DueDecision.objects.bulk_create(
        DueDecision(
            code="unsigned_contact",
            subject_id=uuid.uuid4(),
            family_id=strange if number < 4 else uuid.uuid4(),
            snoozed_until=until,
            why="Elsewhere",
            decided_by=cast["hyndburn"],
        )
        for number in range(400)
    )
    scope, today = load_scope(me), timezone.localdate()
    assert [each.family_id for each in _query_postponed(scope, today)] == [postponed.family_id]
    assert [each.item.subject_id for each in list_postponed(scope, today)] == [postponed.subject_id]


def test_only_the_newest_decision_counts(cast, postponed):
    me, until = cast["blackburn"], timezone.localdate() + timedelta(days=9)
    decide_due_item(item=postponed, until=until, handed_to=None, why="Longer", by=me)
    (found,) = list_postponed(load_scope(me), timezone.localdate())
    assert (found.decision.snoozed_until, found.decision.why) == (until, "Longer")
