"""Who finds what: governance its requests, the practitioner the question about harm, and no one else either."""

import json
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from pairs.access.scope import load_scope
from pairs.audit.models import AccessEntry
from pairs.emergency_access.actions import open_in_emergency
from pairs.emergency_access.models import EmergencyAccess
from pairs.subject_access.actions import ask_for_harm_view
from pairs.subject_access.copies import make_bundle
from pairs.subject_access.models import BundleEntry, HarmView, SubjectAccessRequest
from reporting.dashboards.due_items import list_all_due_items
from reporting.dashboards.governance_home import list_governance_items
from tests.cast import GIVEN_REASON
from tests.unit.episodes.factories import make_episode
from tests.unit.subject_access.factories import (
    answer_all_checks,
    gather,
    give_everything,
    give_view,
    make_request,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(cast):
    """A carer's request whose entries were gathered."""
    family = make_episode(cast["blackburn"]).family
    made = make_request(family, family.caregivers.get(), cast["governance"])
    answer_all_checks(made, cast["governance"])
    gather(made)
    return made


def list_codes(user):
    return {item.code for item in list_all_due_items(load_scope(user), timezone.localdate())}


def test_the_practitioner_who_is_asked_has_it_in_their_to_do_until_they_answer(asked, cast):
    assert "harm_view" not in list_codes(cast["blackburn"])
    ask_for_harm_view(access_request=asked, person=cast["blackburn"], by=cast["governance"])
    assert "harm_view" in list_codes(cast["blackburn"])
    assert "harm_view" not in list_codes(cast["supervisor"])
    give_view(asked, cast["blackburn"], cast["governance"])
    assert "harm_view" not in list_codes(cast["blackburn"])


def test_governance_has_it_by_the_day_of_the_clock(asked, cast):
    items = list_governance_items(load_scope(cast["governance"]), timezone.localdate())
    assert [item["title"] for item in items if "subject access" in item["title"]] == [
        "Answer a subject access request"
    ]
    asked.change(identity_asked_on=asked.received_on, identity_shown_on=None, identity_how="")
    items = list_governance_items(load_scope(cast["governance"]), timezone.localdate())
    assert [item["title"] for item in items if "subject access" in item["title"]] == [
        "Check identity for a subject access request"
    ]


def test_safety_comes_before_what_waits_longer(asked, cast):
    open_in_emergency(
        family=asked.family, reason="She rang from the hospital and named him", by=cast["hyndburn"]
    )
    asked.change(received_on=asked.received_on - timedelta(days=60))
    items = list_governance_items(load_scope(cast["governance"]), timezone.localdate())
    assert [item["title"] for item in items] == ["Review emergency access", "Answer a subject access request"]


def test_a_practitioner_takes_a_request_in_and_does_not_see_it_afterwards(cast, family, sign_in_as):
    client = sign_in_as("blackburn")
    path, carer = reverse("new-subject-access", args=[family.pk]), family.caregivers.get()
    today = timezone.localdate()
    sent = {
        "person": str(carer.pk), "asked_as": "self", "received_how": "spoken", "received_on": today.isoformat(),
    }  # fmt: skip
    assert client.post(path, sent).url == reverse("family", args=[family.pk])
    made = SubjectAccessRequest.objects.get()
    assert (made.requester, made.asked_by, made.caregiver) == (carer, str(carer), carer)
    assert made.checks.count() == 4
    assert client.get(reverse("subject-access-request", args=[made.pk])).status_code in (403, 404)


def test_what_is_wrong_is_said_all_at_once_beside_its_field(cast, family, sign_in_as):
    client = sign_in_as("blackburn")
    path, infant = reverse("new-subject-access", args=[family.pk]), family.infants.get()
    sent = {
        "person": str(infant.pk),
        "asked_as": "self",
        "received_how": "letter",
        "received_on": "2999-01-01",
    }
    answer = client.post(path, sent).text
    assert "A baby cannot ask" in answer
    assert "This date is in the future" in answer
    assert SubjectAccessRequest.objects.count() == 0


@pytest.mark.parametrize(
    "who", ["blackburn", "hyndburn", "supervisor", "duty", "manager", "administrator", "peer"]
)
def test_nobody_but_governance_opens_it(asked, cast, sign_in_as, who):
    client = sign_in_as(who)
    entry = BundleEntry.objects.first()
    paths = [
        reverse("subject-access-request", args=[asked.pk]),
        reverse("bundle-entry", args=[entry.pk]),
        reverse("bundle-section", args=[entry.pk]),
        reverse("api-subject-access-request", args=[asked.pk]),
    ]
    assert {client.get(path).status_code for path in paths} <= {403, 404}


def test_the_practitioner_does_not_read_what_governance_alone_reads(cast, sign_in_as):
    family = make_episode(cast["blackburn"]).family
    EmergencyAccess.objects.create(
        family=family, opened_by=cast["hub"], reason="Words for governance", until=timezone.now()
    )
    made = make_request(family, family.caregivers.get(), cast["governance"])
    answer_all_checks(made, cast["governance"])
    assert "Words for governance" in "".join(entry.text for entry in gather(made))
    view = ask_for_harm_view(access_request=made, person=cast["blackburn"], by=cast["governance"])
    page = sign_in_as("blackburn").get(reverse("harm-view", args=[view.pk])).text
    assert "1 Example Street" in page
    assert "Words for governance" not in page


def test_a_view_is_no_one_elses(asked, cast, sign_in_as):
    view = ask_for_harm_view(access_request=asked, person=cast["blackburn"], by=cast["governance"])
    path = reverse("harm-view", args=[view.pk])
    assert sign_in_as("supervisor").get(path).status_code == 404
    page = sign_in_as("blackburn").get(path)
    assert "1 Example Street" in page.text
    sent = {"finding": "none", "note": "I have read all of it"}
    assert sign_in_as("blackburn").post(path, sent).status_code == 302
    assert HarmView.objects.get().given_at


def test_downloads_are_in_the_access_log_and_both_files_say_the_same(asked, cast, sign_in_as):
    give_view(asked, cast["blackburn"], cast["governance"])
    give_everything(asked, cast["governance"])
    bundle = make_bundle(access_request=asked, left_out_words="", by=cast["governance"])
    client = sign_in_as("governance")
    page = client.get(reverse("bundle", args=[bundle.pk]), headers=GIVEN_REASON)
    assert "Download the machine-readable file" in page.text
    answer = client.get(reverse("bundle-json", args=[bundle.pk]), headers=GIVEN_REASON)
    assert json.loads(answer.content) == bundle.content
    assert answer["Cache-Control"]
    assert "attachment" in answer["Content-Disposition"]
    entry = AccessEntry.objects.filter(view="bundle-json").latest("at")
    assert asked.family_id in entry.opened
    assert entry.user == cast["governance"]
