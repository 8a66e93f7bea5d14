"""Supervision: a session stays between staff, its case decisions reach the family's record."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from interventions.supervision.actions import record_supervision
from interventions.supervision.models import CaseDecision, PlannedSupervision, SupervisionSession
from interventions.supervision.rules import find_session_date_error, is_decision_due
from pairs.access.scope import load_scope
from pairs.service.refusals import ActionRefused
from tests.app_due_items import make_due_items
from tests.unit.episodes.factories import make_episode

list_app_due_items = make_due_items("interventions.supervision")

DAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("do_by", "done", "due"),
    [
        (None, False, False),
        (DAY, False, True),
        (DAY, True, False),
        (date(2026, 11, 19), False, True),
        (date(2026, 11, 21), False, False),
    ],
)
def test_when_a_decision_is_due(do_by, done, due):
    assert is_decision_due(do_by=do_by, done=done, on=DAY) is due


@pytest.mark.parametrize(("day", "fine"), [(DAY, True), (date(2026, 11, 21), False)])
def test_possible_days_of_a_session(day, fine):
    assert (find_session_date_error(day=day, on=DAY) == "") is fine


@pytest.fixture
def episode(cast):
    return make_episode(cast["blackburn"])


def record_session(cast, decisions=(), **changed):
    usual = {
        "site": cast["blackburn"].groups.get().roleatsite.site,
        "supervisee": cast["blackburn"],
        "kind": "clinical",
        "held_on": timezone.localdate(),
        "minutes": 60,
        "note": "Tired after a hard week.",
        "by": cast["supervisor"],
    }
    return record_supervision(decisions=decisions, **usual | changed)


def test_a_decision_joins_the_familys_record_and_the_note_does_not(cast, episode):
    record_session(cast, [(episode.family, "Invite the father", timezone.localdate())])
    assert CaseDecision.objects.visible_to(load_scope(cast["blackburn"])).count() == 1
    assert not CaseDecision.objects.visible_to(load_scope(cast["hyndburn"])).exists()
    assert not SupervisionSession.objects.visible_to(load_scope(cast["hub"])).exists()
    assert SupervisionSession.objects.visible_to(load_scope(cast["blackburn"])).count() == 1


def test_what_a_session_refuses(cast, episode):
    for field, changed in [
        ("held_on", {"held_on": timezone.localdate() + timedelta(days=1)}),
        ("supervisee", {"supervisee": cast["supervisor"]}),
        ("", {"supervisee": cast["hyndburn"], "decisions": [(episode.family, "x", None)]}),
    ]:
        with pytest.raises(ActionRefused) as refused:
            record_session(cast, **changed)
        assert field in refused.value.errors


def test_a_decision_is_due_to_whoever_took_it_on(cast, episode):
    today = timezone.localdate()
    record_session(cast, [(episode.family, "Invite the father", today), (episode.family, "Later", None)])
    (item,) = list_app_due_items(load_scope(cast["blackburn"]), today)
    assert (item.title, item.owner_id) == ("Invite the father", cast["blackburn"].pk)
    assert not list_app_due_items(load_scope(cast["hyndburn"]), today)


def test_recording_a_session_on_one_page(cast, episode, client):
    client.force_login(cast["supervisor"])
    address = reverse("new-supervision")
    assert "Baby1 (PI-T-1)" in client.get(address).content.decode()
    posted = {
        "supervisee": cast["blackburn"].pk,
        "site": episode.site_id,
        "sort": "reflective",
        "held_on": timezone.localdate(),
        "minutes": 60,
        "next_on": timezone.localdate() + timedelta(days=14),
        "next_time": "10:00",
        "discussions-TOTAL_FORMS": "0",
        "discussions-INITIAL_FORMS": "0",
        "decisions-TOTAL_FORMS": "2",
        "decisions-INITIAL_FORMS": "0",
        "decisions-0-family": episode.family_id,
        "decisions-0-decision": "",
        "decisions-1-decision": "",
    }
    assert "Enter what was decided" in client.post(address, posted).content.decode()
    assert client.post(address, posted | {"decisions-0-decision": "Film again"}).status_code == 302
    assert CaseDecision.objects.get().owner == cast["blackburn"]
    planned = PlannedSupervision.objects.get()
    assert (planned.supervisee, planned.kind) == (cast["blackburn"], "reflective")
    text = client.get(reverse("supervision")).content.decode()
    assert "Bilal Blackburn" in text
    assert "Reflective" in text


@pytest.mark.parametrize(
    ("who", "mine", "new"), [("blackburn", 200, 403), ("healthvisitor", 403, 403), ("duty", 403, 403)]
)
def test_who_may_record_and_who_may_read(cast, client, who, mine, new):
    client.force_login(cast[who])
    assert client.get(reverse("supervision")).status_code == mine
    assert client.get(reverse("new-supervision")).status_code == new
