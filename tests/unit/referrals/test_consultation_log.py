"""Consultations at a drop-in clinic or by phone; who took part; what happened next; feedback by a one-time link."""

import json
import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from interventions.diary.engagements import load_engagements
from pairs.access.scope import load_scope
from pairs.service.refusals import ActionRefused
from referrals.actions.consultation_feedback import ask_for_feedback, record_feedback
from referrals.actions.consultations import follow_up_consultation, hold_consultation
from referrals.models import Consultation, ConsultationFeedback
from tests.app_due_items import make_due_items
from tests.unit.referrals.test_consultations import HELD_DATA, ask_for_one

pytestmark = pytest.mark.django_db
list_app_due_items = make_due_items("referrals")


def build_log_data(**changes):
    yesterday = timezone.localdate() - timedelta(days=1)
    return {
        "came_by": "drop_in",
        "site": "blackburn-with-darwen",
        "held_on": yesterday.isoformat(),
        "held_at": "10:30",
        "minutes": "25",
        "asker_name": "Mel Example",
        "asker_group": "midwife",
        "asker_organisation": "Example Maternity",
        "asker_email": "mel@maternity.example",
        "about": "A baby who sleeps through everything.",
        "place": "blackburn-with-darwen",
        "named": "no",
        "thoughts": "What the sleep may protect from.",
        "agreed": "Mel visits on Monday.",
        "outcome": "advice",
        "follow_up_on": "",
        "others-TOTAL_FORMS": "1",
        "others-INITIAL_FORMS": "0",
        "others-0-name": "Nat Example",
        "others-0-group": "social_worker",
        "others-0-organisation": "Example Council",
    } | changes


@pytest.fixture
def send_log(client, cast):
    def send(username="blackburn", **changes):
        client.force_login(cast[username])
        return client.post(reverse("log-consultation"), build_log_data(**changes))

    return send


def test_a_practitioner_records_what_a_drop_in_clinic_was_about(send_log, client, cast):
    assert send_log().status_code == 302
    made = Consultation.objects.get()
    assert (made.status, made.came_by, made.clinician, made.minutes) == (
        "held",
        "drop_in",
        cast["blackburn"],
        25,
    )
    assert [str(each) for each in made.professionals.all()] == ["Nat Example, Social worker, Example Council"]
    assert [step.status for step in made.steps.all()] == ["held"]
    page = client.get(reverse("consultation", args=[made.pk])).content.decode()
    for words in ("Drop-in clinic", "Mel visits on Monday.", "Nat Example", "Record what happened next"):
        assert words in page
    client.force_login(cast["hyndburn"])
    assert client.get(reverse("consultation", args=[made.pk])).status_code == 404


def test_it_is_in_the_diary_of_the_colleague_who_held_it(send_log, cast):
    send_log()
    made = Consultation.objects.get()
    start = made.arranged_for - timedelta(hours=1)
    found = load_engagements(
        load_scope(cast["blackburn"]), start, start + timedelta(hours=3), staff=[cast["blackburn"].pk]
    )
    assert [(each.title, each.minutes, each.is_visible) for each in found] == [(made.reference, 25, True)]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"came_by": ""}, "Choose how it came about"),
        ({"held_on": (timezone.localdate() + timedelta(days=9)).isoformat()}, "This date is in the future."),
        ({"held_on": (timezone.localdate() - timedelta(days=800)).isoformat()}, "more than a year ago"),
        ({"minutes": "0"}, "greater than or equal to 1"),
        ({"asker_group": ""}, "Choose their professional group"),
        ({"named": "yes"}, "Enter who it is about"),
        ({"who": "Ada"}, "stays unnamed"),
        ({"others-0-group": ""}, "Choose their professional group."),
        ({"follow_up_on": "2020-01-01"}, "Choose a day after the consultation"),
        ({"site": "hyndburn"}, "Select a valid choice"),
        ({"asker_email": "nonsense"}, "valid email"),
    ],
)
def test_a_record_is_refused_beside_its_field_and_nothing_is_kept(send_log, changes, words):
    answer = send_log(**changes)
    assert answer.status_code == 200
    assert words in answer.content.decode()
    assert not Consultation.objects.exists()


def test_all_errors_come_at_once(send_log):
    page = send_log(named="yes", follow_up_on="2020-01-01").content.decode()
    assert "Enter who it is about" in page
    assert "Choose a day after the consultation" in page


def test_the_api_records_it_too(client, cast):
    client.force_login(cast["blackburn"])
    data = {key: value for key, value in build_log_data().items() if not key.startswith("others")}
    data |= {"minutes": 25, "others": [{"group": "gp", "organisation": "Example Surgery"}]}
    answer = client.post(reverse("api-consultation-log"), json.dumps(data), content_type="application/json")
    assert answer.status_code == 201, answer.content
    assert answer.json()["professionals"] == [{"name": "", "group": "gp", "organisation": "Example Surgery"}]


# ---------------------------------------------------------------- held, and afterwards
def test_a_request_held_without_a_booking_needs_its_time(client, cast):
    asked = ask_for_one(cast["healthvisitor"])
    client.force_login(cast["duty"])
    form = {"held_on": timezone.localdate().isoformat(), **HELD_DATA}
    form |= {"others-TOTAL_FORMS": "0", "others-INITIAL_FORMS": "0"}
    path = reverse("consultation-record", args=[asked.pk])
    assert "Enter the time it started" in client.post(path, form).content.decode()
    assert client.post(path, form | {"held_at": "00:05"}).status_code == 302
    asked.refresh_from_db()
    assert timezone.localtime(asked.arranged_for).strftime("%H:%M") == "00:05"


def hold_one(cast, **details):
    asked = ask_for_one(cast["healthvisitor"])
    hold_consultation(
        consultation=asked, by=cast["duty"], held_on=timezone.localdate(), **HELD_DATA | details
    )
    return Consultation.objects.get(pk=asked.pk)


def test_what_happened_next_is_due_until_it_is_recorded(cast):
    held = hold_one(cast, follow_up_on=timezone.localdate() + timedelta(days=1))
    scope, tomorrow = load_scope(cast["duty"]), timezone.localdate() + timedelta(days=1)

    def list_codes(on):
        return [item.code for item in list_app_due_items(scope, on)]

    assert "consultation_follow_up" not in list_codes(timezone.localdate())
    assert "consultation_follow_up" in list_codes(tomorrow)
    follow_up_consultation(consultation=held, happened_next="She visited twice.", by=cast["duty"])
    assert "consultation_follow_up" not in list_codes(tomorrow)


def test_what_happened_next_waits_for_the_consultation(cast):
    asked = ask_for_one(cast["healthvisitor"])
    with pytest.raises(ActionRefused):
        follow_up_consultation(consultation=asked, happened_next="Words", by=cast["duty"])


# ---------------------------------------------------------------- feedback
def test_feedback_comes_by_a_link_that_works_once(client, cast):
    held = hold_one(cast)
    mail.outbox.clear()
    client.force_login(cast["duty"])
    page = client.post(reverse("new-consultation-feedback", args=[held.pk])).content.decode()
    (letter,) = mail.outbox
    assert letter.to == [cast["healthvisitor"].email]
    assert "go still" not in letter.body
    path = re.search(r"/consultation-feedback/[\w-]+/", letter.body).group()
    assert path in page
    stranger = Client()
    assert "Answer one of the questions" in stranger.post(path, {}).content.decode()
    answer = stranger.post(path, {"helped_to_think": "5", "words": "We saw the baby differently."})
    assert "Thank you" in answer.content.decode()
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert stranger.get(path).status_code == stranger.post(path, {"words": "x"}).status_code == 404
    shown = client.get(reverse("consultation", args=[held.pk])).content.decode()
    assert "We saw the baby differently." in shown
    assert "Strongly agree" in shown


def test_a_double_click_sends_one_link_and_another_form_a_new_one(client, cast):
    held = hold_one(cast)
    mail.outbox.clear()
    client.force_login(cast["duty"])
    path = reverse("new-consultation-feedback", args=[held.pk])

    def read_token():
        return re.search(r'name="submission" value="([^"]+)"', client.get(path).content.decode())[1]

    token = read_token()
    first = client.post(path, {"submission": token})
    second = client.post(path, {"submission": token})
    assert (first.status_code, len(mail.outbox)) == (200, 1)
    assert second.headers["Location"] == reverse("consultation", args=[held.pk])
    link = re.search(r"/consultation-feedback/[\w-]+/", mail.outbox[0].body).group()
    assert Client().get(link).status_code == 200
    client.post(path, {"submission": read_token()})
    assert len(mail.outbox) == 2
    assert Client().get(link).status_code == 404


def test_a_lost_link_is_replaced_and_an_answer_is_not_asked_for_again(cast):
    held = hold_one(cast)
    _, first = ask_for_feedback(consultation=held, by=cast["duty"])
    _, second = ask_for_feedback(consultation=held, by=cast["duty"])
    with pytest.raises(ActionRefused):
        record_feedback(token=first, words="Good", helped_to_think=None, knew_what_next=None)
    record_feedback(token=second, words="Good", helped_to_think=None, knew_what_next=None)
    with pytest.raises(ActionRefused):
        ask_for_feedback(consultation=held, by=cast["duty"])


def test_a_link_is_good_until_its_last_day(cast):
    held = hold_one(cast)
    feedback, token = ask_for_feedback(consultation=held, by=cast["duty"])
    yesterday = timezone.localdate() - timedelta(days=1)
    ConsultationFeedback.objects.filter(pk=feedback.pk).update(asked_on=yesterday, last_day=yesterday)
    with pytest.raises(ActionRefused):
        record_feedback(token=token, words="Good", helped_to_think=None, knew_what_next=None)
