"""The chronology: every app's events in one list, filtered, paged, printed, by API; what never appears."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from interventions.episodes.actions import end_episode, set_goal
from interventions.supervision.models import CaseDecision, SupervisionNote, SupervisionSession
from outcomes.models import Assessment, GoalRating
from pairs.families.actions import mark_entered_in_error, raise_risk_alert
from pairs.families.choices import AlertStepKind
from pairs.families.events import EVENT_KINDS
from pairs.families.models import Address, Caution, Family, FamilyMove, Infant, RiskAlert, RiskAlertStep
from pairs.matching.actions import merge_people, unmerge
from pairs.safeguarding.actions import add_concern_step
from pairs.service.models import Site
from pairs.village.actions import begin_letter, send_letter, withdraw_agreement, write_letter
from pairs.web.status_tags import STATUS_TAGS
from reporting.dashboards.timeline import list_family_events
from tests.cast import GIVEN_REASON
from tests.unit.episodes.factories import make_contact, make_episode
from tests.unit.matching.factories import make_family_twice
from tests.unit.safeguarding.factories import make_concern, make_status
from tests.unit.village.factories import make_agreement, make_limit, make_village

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


@pytest.fixture
def full_episode(me, cast):
    """An episode with one of everything in it."""
    episode = make_episode(me, days_ago=60)
    family, dyad = episode.family, episode.focus.get()
    goal = set_goal(episode=episode, dyad=dyad, words="Bath time is fun", by=me)
    make_contact(episode, me, days_ago=9)
    rated = {"rater": dyad.caregiver, "recorded_by": me, "timepoint": "start"}
    GoalRating.objects.create(goal=goal, score=4, rated_on=TODAY(), **rated)
    measure = {"measure": "prfq", "measure_version": "1", "scoring_version": "1", "completed_on": TODAY()}
    Assessment.objects.create(episode=episode, dyad=dyad, **measure, **rated)
    held = {"site": family.site, "supervisor": cast["supervisor"], "supervisee": me, "held_on": TODAY()}
    session = SupervisionSession.objects.create(**held)
    SupervisionNote.objects.create(session=session, text="Between us")
    CaseDecision.objects.create(session=session, family=family, decision="Visit on Fridays", owner=me)
    raise_risk_alert(site=family.site, family=family, what="Frightened on Monday", by=me)
    apart = {"kept_from_name": "Uncle Example", "what": "Not in one room", "since": TODAY()}
    Caution.objects.create(family=family, kind="keep_apart", **apart)
    Address.objects.update(since=TODAY() - timedelta(days=3), kind="refuge")
    FamilyMove.objects.create(
        family=family,
        from_site=family.site,
        to_site=Site.objects.get(code="hyndburn"),
        reason="A new home",
        offered_by=me,
        offered_at=timezone.now(),
    )
    return episode


def list_chronology_events(family):
    return list_family_events(Family.objects.with_people().get(pk=family.pk))


@pytest.fixture
def open_chronology(client):
    def get_chronology_page(family, **asked):
        answer = client.get(reverse("chronology", args=[family.pk]), asked)
        assert answer.status_code == 200
        return answer.content.decode()

    return get_chronology_page


def test_an_unseen_alert_is_listed_like_every_other_step(me, full_episode, open_chronology):
    """Escalated by the timetable: nobody's name stands by it, and the page opens."""
    alert = RiskAlert.objects.get(family=full_episode.family)
    for kind in AlertStepKind.values:
        if kind != "raised":
            by = None if kind == AlertStepKind.ESCALATED else me
            RiskAlertStep.objects.create(alert=alert, kind=kind, by=by, at=timezone.now())
    said = open_chronology(full_episode.family)
    assert "Risk alert passed on: no one had seen it" in said
    assert "Risk alert closed" in said


def test_every_app_contributes_events_newest_first(me, full_episode):
    found = list_chronology_events(full_episode.family)
    titles = [event.title for event in found]
    assert {event.kind for event in found} == set(EVENT_KINDS) - {"safeguarding", "letter", "record"}
    for title in (
        "Referral R-T received",
        "Episode opened",
        "Goal set",
        "Goal rated 4 of 10",
        f"Decided in supervision, for {me} to do",
        "Risk alert raised",
        "Keep apart: from this day",
        "Cora Carer: a new address",
        "Baby1 was born",
    ):
        assert title in titles
    days = [event.at if type(event.at) is date else timezone.localdate(event.at) for event in found]
    assert days == sorted(days, reverse=True)
    assert set(EVENT_KINDS) == set(STATUS_TAGS["event"])


def test_village_safeguarding_and_merge_events_are_included(me, cast):
    family, cora, _, nursery = make_village(me)
    agreement = make_agreement(family, nursery, ["involved"], cora, me)
    make_limit(family, family.infants.get(), cora, me)
    letter = begin_letter(family=family, to=nursery, about=[family.infants.get()], by=me)
    write_letter(letter=letter, text="Dear Nell", parts={}, details=[], sign=True, by=me)
    send_letter(letter=letter, sent_on=TODAY(), sent_how="hand", by=me)
    withdraw_agreement(agreement=agreement, withdrawn_on=TODAY(), reason="She moved on", by=me)
    make_status(family, me)
    add_concern_step(
        concern=make_concern(family, me),
        kind="challenge",
        text="Look again",
        to_whom="Dee",
        chase_by=None,
        by=me,
    )
    alert = raise_risk_alert(site=family.site, family=family, what="Frightened", by=me)
    RiskAlertStep.objects.create(alert=alert, kind="escalated", note="", at=timezone.now())
    found = {event.title: event for event in list_chronology_events(family)}
    for title in (
        "Sharing with Nell Key agreed",
        "Sharing with Nell Key withdrawn",
        "Not to be shared with Cora Carer: from this day",
        "Letter to Nell Key signed",
        "Letter to Nell Key sent",
        "Baby1: Child protection plan, from this day",
        "Safeguarding concern",
        "Safeguarding concern: disagreement raised (to Dee)",
        "Risk alert passed on: no one had seen it",
    ):
        assert title in found
    assert found["Letter to Nell Key sent"].people == {family.infants.get().pk}
    assert found["Risk alert passed on: no one had seen it"].who == ""
    assert "7 Hidden Lane" not in str(found)


def test_a_merge_and_its_undoing_are_listed(me):
    first, second = make_family_twice()
    kept = {"choices": {}, "reason": "One baby", "families_too": True}
    merge = merge_people(kept=first.infants.get(), merged=second.infants.get(), by=me, **kept)
    (event,) = [event for event in list_chronology_events(first) if event.kind == "record"]
    assert (event.title, event.text) == ("Two records of one baby merged", "One baby")
    unmerge(merge=merge, reason="Two after all", by=me)
    assert "Two records of one baby: merge undone" in [event.title for event in list_chronology_events(first)]


def test_the_page_says_it_all_and_hides_what_is_hidden(full_episode, open_chronology):
    text = open_chronology(full_episode.family)
    for words in ("We played on the mat.", "Baby1: attended; Cora Carer: attended", "Visit on Fridays"):
        assert words in text
    for words in ("Between us", "1 Example Street", "ZQ1 1AA"):
        assert words not in text


def test_only_what_is_asked_for(full_episode, open_chronology):
    family = full_episode.family
    baby, carer = family.infants.get(), family.caregivers.get()
    assert "Risk alert raised" not in open_chronology(family, what="contact")
    assert "Risk alert raised" not in open_chronology(family, person=baby.pk)
    assert "a new address" in open_chronology(family, person=carer.pk)
    assert "a new address" not in open_chronology(family, person=baby.pk)
    later = open_chronology(family, since=(TODAY() - timedelta(days=1)).isoformat())
    assert ("We played" in later, "Goal set" in later) == (False, True)
    before = open_chronology(
        family, until=(TODAY() - timedelta(days=8)).isoformat(), what="contact", person=baby.pk
    )
    assert "We played" in before
    assert f'<option value="{baby.pk}" selected' in before


def test_an_invalid_filter_is_ignored_and_said_so(full_episode, open_chronology):
    text = open_chronology(full_episode.family, since="yesterday", person="nobody", what="x")
    assert "There is a problem" in text
    assert "We played" in text
    assert "on or after the first" in open_chronology(
        full_episode.family, since="2026-02-02", until="2026-02-01"
    )
    assert "No entries match these filters" in open_chronology(full_episode.family, what="letter")


def test_on_paper_all_of_it_oldest_first_and_who_printed_it(full_episode, open_chronology, me):
    text = open_chronology(full_episode.family, printed="yes", what="contact")
    assert f"Printed by {me} on" in text
    assert "Contacts, oldest first: 1 entry" in text
    assert "We played on the mat." in text
    assert "Filter by person and date" not in text


def test_drafts_errors_and_sealed_rows_are_left_out(cast, me, full_episode, open_chronology, client):
    make_contact(full_episode, me, days_ago=2, sign=False, notes={"happened": "A draft thought."})
    assert "A draft thought" not in open_chronology(full_episode.family, printed="yes")
    client.force_login(cast["supervisor"])
    assert "A draft thought" not in open_chronology(full_episode.family)
    mark_entered_in_error(
        record=full_episode.contacts.order_by("starts_at").first(), reason="Wrong baby", by=me
    )
    assert "We played" not in open_chronology(full_episode.family)
    Infant.objects.update(sealed_at=timezone.now())
    assert "was born" not in " ".join(event.title for event in list_chronology_events(full_episode.family))


def test_an_ending_and_a_loss_are_listed(me, full_episode):
    full_episode.family.infants.update(lost_on=TODAY(), loss="death")
    end_episode(
        episode=full_episode,
        ended_on=TODAY(),
        reason="06",
        summary="We said goodbye",
        held_next_by="GP",
        by=me,
    )
    titles = [event.title for event in list_chronology_events(full_episode.family)]
    assert {"Episode ended", "Baby1: death after birth"} <= set(titles)


@pytest.mark.parametrize(
    ("who", "status"), [("governance", 200), ("hub", 404), ("healthvisitor", 403), ("peer", 403)]
)
def test_who_may_read_it(cast, full_episode, client, who, status):
    client.force_login(cast[who])
    for name in ("chronology", "api-chronology"):
        path = reverse(name, args=[full_episode.family_id])
        assert client.get(path, headers=GIVEN_REASON).status_code == status


def count_chronology_queries(client, family, **asked):
    with CaptureQueriesContext(connection) as seen:
        assert client.get(reverse("chronology", args=[family.pk]), asked).status_code == 200
    return len(seen)


def test_many_contacts_are_paged_and_cost_what_one_does(me, full_episode, client, open_chronology):
    open_chronology(full_episode.family)  # the first page of a session writes when it was last seen
    at_one = count_chronology_queries(client, full_episode.family)
    for number in range(60):
        make_contact(full_episode, me, days_ago=1 + number % 50)
    assert count_chronology_queries(client, full_episode.family) == at_one <= 11
    assert "1 to 20 of" in open_chronology(full_episode.family)
    second = open_chronology(full_episode.family, page=4, what="contact")
    assert "61 to 61 of 61" in second
    assert "what=contact" in second
    assert count_chronology_queries(client, full_episode.family, page="nonsense") == at_one


def test_by_api_the_same_lines_with_the_same_filters(me, full_episode, client):
    address = reverse("api-chronology", args=[full_episode.family_id])
    everything = client.get(address).json()
    assert len(everything["results"]) == len(list_chronology_events(full_episode.family))
    (contact,) = client.get(address, {"what": "contact"}).json()["results"]
    assert {"heading": "What happened", "words": "We played on the mat."} in contact["reading"]
    refused = client.get(address, {"since": "yesterday"})
    assert refused.status_code == 400
    assert "since" in refused.json()["errors"]
