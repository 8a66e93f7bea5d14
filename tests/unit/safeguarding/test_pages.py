"""Safeguarding's pages as those who may and those who may not, and where what they say shows elsewhere."""

import re
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from interventions.episodes.models import CareContact
from pairs.access.scope import load_scope
from pairs.families.access import open_record
from pairs.families.actions import grant_family_access
from pairs.families.models import Caregiver, Caution, Dyad
from pairs.safeguarding.models import ConcernStep, HouseholdChild, SafeguardingConcern, SafeguardingStatus
from pairs.service.roles import GrantPurpose
from tests.cast import GIVEN_REASON
from tests.unit.episodes.factories import make_episode
from tests.unit.episodes.test_pages import build_contact_form
from tests.unit.safeguarding.factories import keep_apart, make_concern, make_status

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate().isoformat


@pytest.fixture
def dan(family):
    return make_father(family)


def make_father(family):
    dan = Caregiver.objects.create(family=family, given_name="Dan", family_name="Carer")
    Dyad.objects.create(family=family, infant=family.infants.first(), caregiver=dan, relationship="father")
    return dan


def get_page_path(family, name="safeguarding"):
    return reverse(name, args=[family.pk])


def get_text(client, path):
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_empty_page_says_what_to_do(me, family, client):
    text = get_text(client, get_page_path(family))
    for words in (
        "No cautions",
        "No concern is recorded",
        "No other child is listed",
        "999",
    ):
        assert words in text


def test_from_worry_to_outcome_on_the_pages(me, family, client):
    path = get_page_path(family, "new-safeguarding-concern")
    assert "call 999 first" in get_text(client, path)
    posted = {
        "about": f"infant:{family.infants.get().pk}",
        "what": "A bruise on the left cheek",
        "noticed_on": TODAY(),
        "decision": "referred",
        "why": "A baby who does not crawl",
        "told": "Social care, at noon",
        "family_told": "not_told",
        "chase_by": TODAY(),
    }
    text = client.post(path, posted).content.decode()
    assert "without the family’s agreement" in text
    assert not SafeguardingConcern.objects.exists()
    answer = client.post(path, posted | {"without_agreement": "It could put the baby in danger"})
    concern = SafeguardingConcern.objects.get()
    there = get_page_path(concern, "safeguarding-concern")
    assert answer.headers["Location"] == there
    page = get_text(client, there)
    for words in ("A bruise on the left cheek", "Waiting for an answer", "It could put the baby in danger"):
        assert words in page
    step = {"step": "challenge", "text": "We think that it is urgent"}
    assert "Enter who you have told" in client.post(there, step).content.decode()
    client.post(there, step | {"to_whom": "The team manager"})
    client.post(there, {"step": "outcome", "text": "An assessment begins"})
    assert ConcernStep.objects.count() == 2
    assert "Outcome recorded" in get_text(client, get_page_path(family))


def test_a_status_is_added_changed_and_ended_on_the_pages(me, family, client):
    path = get_page_path(family, "new-safeguarding-status")
    posted = {
        "about": f"infant:{family.infants.get().pk}",
        "kind_of_status": "protection_plan",
        "since": TODAY(),
        "social_worker": "Sol Worker",
    }
    assert "Tick the category" in client.post(path, posted).content.decode()
    client.post(path, posted | {"categories": ["neglect", "physical"], "court_order": "left from before"})
    status = SafeguardingStatus.objects.get()
    assert (status.categories, status.court_order) == (["neglect", "physical"], "")
    text = get_text(client, get_page_path(family))
    assert "Child protection plan: neglect, physical abuse" in text
    assert "Sol Worker" in text
    client.post(
        get_page_path(status, "safeguarding-status"),
        {"categories": ["neglect"], "since": TODAY(), "review_on": TODAY()},
    )
    assert "Has this status ended?" in get_text(client, get_page_path(status, "end-safeguarding-status"))
    client.post(
        get_page_path(status, "end-safeguarding-status"), {"until": TODAY(), "because": "Stepped down"}
    )
    text = get_text(client, get_page_path(family))
    assert "Earlier statuses of Baby1" in text
    assert "Stepped down" in text


def test_a_child_of_the_household_on_the_pages(me, family, client):
    client.post(
        get_page_path(family, "new-household-child"), {"name": "Sam Sibling", "school": "Demo Nursery"}
    )
    child = HouseholdChild.objects.get()
    assert "Demo Nursery" in get_text(client, get_page_path(family))
    client.post(get_page_path(child, "household-child"), {"name": "Sam Sibling", "lives_with": "Grandmother"})
    assert "Grandmother" in get_text(client, get_page_path(family))
    mail.outbox.clear()
    client.post(get_page_path(child, "child-in-error"), {"reason": "Next entry_point's"})
    assert "Sam Sibling" not in get_text(client, get_page_path(family))
    assert [message.to for message in mail.outbox] == [["governance@pairs.example"]]


def test_a_lost_baby_can_be_worried_about_and_gets_no_new_status(me, family, client):
    family.infants.update(lost_on=timezone.localdate(), loss="death")
    code = f"infant:{family.infants.get().pk}"
    assert code in get_text(client, get_page_path(family, "new-safeguarding-concern"))
    assert code not in get_text(client, get_page_path(family, "new-safeguarding-status"))


# ---------------------------------------------------------------- who may


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("blackburn", 200),
        ("supervisor", 200),
        ("duty", 200),
        ("governance", 200),
        ("hyndburn", 404),
        ("hub", 404),
        ("healthvisitor", 403),
        ("peer", 403),
        ("manager", 403),
        ("administrator", 403),
    ],
)
def test_who_reads_it(cast, family, client, who, status):
    concern = make_concern(family, cast["blackburn"])
    client.force_login(cast[who])
    for path in (get_page_path(family), get_page_path(concern, "safeguarding-concern")):
        assert client.get(path, headers=GIVEN_REASON).status_code == status


def test_duty_may_record_a_concern_and_governance_only_reads(cast, family, client):
    client.force_login(cast["duty"])
    assert client.get(get_page_path(family, "new-safeguarding-concern")).status_code == 200
    client.force_login(cast["governance"])
    assert client.get(get_page_path(family, "new-safeguarding-concern")).status_code == 403
    page = client.get(get_page_path(family), headers=GIVEN_REASON)
    assert page.status_code == 200
    assert "Record a concern" not in page.content.decode()


def test_a_peer_supporter_reads_cautions_and_nothing_of_safeguarding(cast, family, dan, client):
    make_status(family, cast["blackburn"])
    make_status(family, cast["blackburn"], dan, kind="marac")
    make_concern(family, cast["blackburn"], raise_alert=True)
    keep_apart(family, cast["blackburn"], family.caregivers.get(given_name="Cora"), kept_from=dan)
    linked = {"user": cast["peer"], "purpose": GrantPurpose.PEER_SUPPORT, "reason": "Agreed"}
    grant_family_access(family=family, by=cast["blackburn"], **linked)
    client.force_login(cast["peer"])
    text = get_text(client, get_page_path(family, "supported-family"))
    assert "Keep apart: Cora Carer and Dan Carer. An order of the family court." in text
    assert "A safeguarding concern was recorded" in text  # the alert: that there is one
    for words in ("protection plan", "MARAC", "bruise", "neglect"):
        assert words not in text


def test_a_referrer_reads_nothing_of_it(cast, client):
    episode = make_episode(cast["blackburn"])
    episode.referral.referrer = cast["healthvisitor"]
    episode.referral.save(update_fields=["referrer"])
    make_status(episode.family, cast["blackburn"])
    make_concern(episode.family, cast["blackburn"])
    client.force_login(cast["healthvisitor"])
    for path in (reverse("my-referrals"), reverse("referral", args=[episode.referral.pk])):
        text = get_text(client, path)
        assert [words for words in ("protection plan", "bruise", "afeguarding") if words in text] == []


# ---------------------------------------------------------------- where it shows


def test_the_banner_shows_what_must_not_be_overlooked(me, family, client):
    make_status(family, me)
    make_status(family, me, kind="in_need")
    text = get_text(client, reverse("new-alert", args=[family.pk]))
    assert "Baby1: Child protection plan: neglect" in text
    assert "Child in need" not in text
    family.infants.update(lost_on=timezone.localdate(), loss="death")
    assert "protection plan" not in get_text(client, reverse("new-alert", args=[family.pk]))


def count_page_queries(client, path):
    with CaptureQueriesContext(connection) as seen:
        assert client.get(path).status_code == 200
    return len(seen)


def test_the_banner_costs_one_query_and_the_page_the_same_for_many(me, family, dan, client):
    record, page = reverse("new-alert", args=[family.pk]), get_page_path(family)
    client.get(record)
    bare, empty = count_page_queries(client, record), count_page_queries(client, page)
    for number in range(8):
        make_concern(family, me)
        make_status(family, me, kind="court_order", court_order=f"Order {number}")
        keep_apart(family, me, dan, kept_from_name=f"Somebody {number}")
    make_status(family, me)
    assert (count_page_queries(client, record), count_page_queries(client, page)) == (bare, empty)
    scope = load_scope(me)
    with CaptureQueriesContext(connection) as seen:
        assert len(open_record(SimpleNamespace(scope=scope), family).above) == 1
    assert len(seen) == 1


def test_the_caseload_marks_who_is_to_be_kept_apart(me, client):
    episode = make_episode(me)
    dan = make_father(episode.family)
    path = reverse("caseload")
    client.get(path)
    before = count_page_queries(client, path)
    assert "Keep apart" not in get_text(client, path)
    caution = keep_apart(episode.family, me, dan, kept_from_name="Her uncle")
    keep_apart(episode.family, me, dan, kept_from_name="Her cousin")
    assert get_text(client, path).count("Keep apart") == 1
    assert count_page_queries(client, path) == before
    Caution.objects.exclude(pk=caution.pk).update(entered_in_error_at=timezone.now())
    Caution.objects.update(until=timezone.localdate() - timedelta(days=1))
    assert "Keep apart" not in get_text(client, path)


# ---------------------------------------------------------------- a contact with both


@pytest.fixture
def kept_apart_episode(me):
    """An episode whose two carers are to be kept apart."""
    episode = make_episode(me)
    dan = make_father(episode.family)
    keep_apart(episode.family, me, episode.family.caregivers.get(given_name="Cora"), kept_from=dan)
    return episode


def test_two_to_be_kept_apart_at_one_contact_cause_one_warning(kept_apart_episode, client):
    path = reverse("new-contact", args=[kept_apart_episode.pk])
    assert "are to be kept apart" not in get_text(client, path)
    posted = build_contact_form(kept_apart_episode)
    text = client.post(path, posted).content.decode()
    assert "These people are to be kept apart" in text
    assert "We watched the film." in text  # what was typed stays
    for name in ("Cora Carer", "Dan Carer"):  # and who it was stands at each answer
        assert re.search(rf'aria-labelledby="(who-[^"]+)".*?<strong id="\1">{name}</strong>', text, re.DOTALL)
    assert not CareContact.objects.exists()
    shown = str(Caution.objects.get().pk)
    assert f'value="{shown}"' in text
    assert client.post(path, posted | {"warned": shown}).status_code == 302
    assert CareContact.objects.count() == 1


def test_when_one_of_them_did_not_come_there_is_no_warning(kept_apart_episode, client):
    people = [*kept_apart_episode.family.infants.all(), *kept_apart_episode.family.caregivers.all()]
    row = next(number for number, person in enumerate(people) if person.given_name == "Dan")
    missed = {f"form-{row}-attendance": "cancelled_family"}
    answer = client.post(
        reverse("new-contact", args=[kept_apart_episode.pk]), build_contact_form(kept_apart_episode, **missed)
    )
    assert answer.status_code == 302


def test_a_warning_of_another_caution_does_not_count(kept_apart_episode, client):
    posted = build_contact_form(kept_apart_episode, warned="00000000-0000-4000-8000-000000000000")
    assert client.post(reverse("new-contact", args=[kept_apart_episode.pk]), posted).status_code == 200


def test_the_api_returns_the_warning_with_the_record(kept_apart_episode, client):
    people = [*kept_apart_episode.family.infants.all(), *kept_apart_episode.family.caregivers.all()]
    sent = {
        "held_on": TODAY(),
        "held_at": "10:00",
        "minutes": 50,
        "mechanism": "01",
        "location": "A01",
        "participants": [{"person": str(person.pk), "attendance": "attended"} for person in people],
    }
    path = reverse("api-contacts", args=[kept_apart_episode.pk])
    made = send_json(client, "post", path, sent).json()
    (warning,) = made["warnings"]
    assert "Keep apart: Cora Carer and Dan Carer" in warning
    sent["participants"] = sent["participants"][:2]
    assert send_json(client, "post", path, sent).json()["warnings"] == []


# ---------------------------------------------------------------- the API


def send_json(client, method, path, payload):
    return getattr(client, method)(path, payload, content_type="application/json")


def test_the_same_through_the_api(me, family, dan, client):
    today, baby = TODAY(), f"infant:{family.infants.get().pk}"
    plan = {"about": baby, "kind_of_status": "protection_plan", "since": today}
    path = reverse("api-statuses", args=[family.pk])
    assert "categories" in send_json(client, "post", path, plan).json()["errors"]
    made = send_json(client, "post", path, plan | {"categories": ["neglect"]})
    assert made.status_code == 201
    one = reverse("api-status", args=[made.json()["id"]])
    changed = send_json(client, "patch", one, {"categories": ["sexual"], "since": today, "note": "Words"})
    assert (changed.status_code, changed.json()["categories"]) == (200, ["sexual"])
    ended = send_json(
        client, "post", reverse("api-status-ending", args=[made.json()["id"]]), {"until": today}
    )
    assert ended.json()["until"] == today
    assert client.get(path).json()["results"][0]["until"] == today


def test_children_concerns_and_cautions_through_the_api(me, family, dan, client):
    today = TODAY()
    children = reverse("api-household-children", args=[family.pk])
    child = send_json(client, "post", children, {"name": "Sam"}).json()
    one = reverse("api-household-child", args=[child["id"]])
    assert send_json(client, "patch", one, {"name": "Samir"}).json()["name"] == "Samir"
    said = {"what": "Words", "noticed_on": today, "decision": "not_referred", "why": "Words"}
    concern = send_json(
        client,
        "post",
        reverse("api-concerns", args=[family.pk]),
        said | {"about": f"child:{child['id']}", "family_told": "agreed"},
    )
    steps = reverse("api-concern-steps", args=[concern.json()["id"]])
    assert send_json(client, "post", steps, {"step": "outcome", "text": "Help"}).json()["by"] == "blackburn"
    read = client.get(reverse("api-concern", args=[concern.json()["id"]])).json()
    assert (read["child"], [step["kind"] for step in read["steps"]]) == (child["id"], ["outcome"])
    what = {"caution": "lone_worker", "what": "A dog", "since": today}
    caution = send_json(client, "post", reverse("api-cautions", args=[family.pk]), what).json()
    one = reverse("api-caution", args=[caution["id"]])
    changed = send_json(client, "patch", one, {"what": "Two dogs", "since": today}).json()
    assert (changed["what"], client.get(one).json()["what"]) == ("Two dogs", "Two dogs")
    ending = reverse("api-caution-ending", args=[caution["id"]])
    assert send_json(client, "post", ending, {"until": today}).json()["until"] == today


@pytest.mark.parametrize(
    "payload", [[], "words", {"about": 7}, {"since": {}}, {"unknown": 1}, {"since": "x"}]
)
def test_invalid_api_input_is_refused_and_nothing_is_saved(me, family, client, payload):
    for name in ("api-statuses", "api-concerns", "api-cautions", "api-household-children"):
        answer = send_json(client, "post", reverse(name, args=[family.pk]), payload)
        assert answer.status_code == 400
    assert not SafeguardingStatus.objects.exists()
    assert not SafeguardingConcern.objects.exists()
