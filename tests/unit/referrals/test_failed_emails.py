"""An e-mail about a referral that could not be delivered: its sender is asked, and nobody else learns of it."""

import html
import json
from dataclasses import replace
from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import timezone

from interventions.workforce.actions import change_lead
from pairs.access.scope import load_scope
from pairs.jobs.models import Job, OutboxEmail
from pairs.jobs.tasks import deliver_email
from pairs.service.refusals import ActionRefused
from referrals.actions import decide_referral
from referrals.actions.consultations import arrange_consultation
from referrals.actions.sent_emails import answer_failed_email
from referrals.models import SentEmail
from tests.app_due_items import make_due_items
from tests.unit.episodes.factories import make_episode
from tests.unit.moves.factories import make_accepted_move, make_offered_move, make_working_family
from tests.unit.referrals.factories import CARER, FATHER, REPLIES, make_test_referral
from tests.unit.referrals.test_consultations import ask_for_one

pytestmark = pytest.mark.django_db
SAFE_CARER = CARER | {"may_call": True, "may_email": True, "may_post": True, "email": "mia@home.example"}
list_app_due_items = make_due_items("referrals")


@pytest.fixture(autouse=True)
def use_outbox(settings):
    settings.EMAIL_BACKEND = "pairs.jobs.outbox.OutboxBackend"
    settings.OUTBOX_DELIVERY = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture
def sent(cast, monkeypatch):
    """The reply to Mia by e-mail, which has failed; the one to the referrer arrived."""
    referral = make_test_referral(cast["healthvisitor"], caregivers=[SAFE_CARER, FATHER])
    mia = referral.caregivers.get(given_name="Mia")
    to_mia = replace(
        REPLIES[1],
        carer=mia.pk,
        recipient="Mia Example",
        way="email",
        email="mia@typo.example",
        address_lines="",
    )
    decide_referral(referral=referral, response="consultation", by=cast["duty"], replies=[REPLIES[0], to_mia])
    found = SentEmail.objects.get(address="mia@typo.example")
    fail(found)
    return found


def fail(sent):
    Job.objects.filter(pk=sent.email.job_id).update(
        status=Job.FAILED, attempt=5, failure="SMTPRecipientsRefused"
    )


def list_failed_items(user):
    items = list_app_due_items(load_scope(user), timezone.localdate())
    return [each for each in items if each.code == "email_not_delivered"]


def answer(sent, by, **details):
    return answer_failed_email(sent=sent, by=by, **details)


def test_whoever_sent_it_finds_it_in_to_do_without_the_address(cast, sent):
    (item,) = list_failed_items(cast["duty"])
    assert (item.owner_id, item.who, item.referral_id) == (
        cast["duty"].pk,
        sent.referral.reference,
        sent.referral_id,
    )
    assert "Mia Example" in item.title
    assert "typo.example" not in str(item)


@pytest.mark.parametrize("username", ["healthvisitor", "peer", "manager", "hyndburn", "administrator"])
def test_nobody_out_of_scope_hears_of_it(client, cast, sent, username):
    assert list_failed_items(cast[username]) == []
    client.force_login(cast[username])
    assert client.get(reverse("failed-email", args=[sent.pk])).status_code in (403, 404)
    answer = client.get(reverse("api-failed-emails"))
    assert answer.status_code == 403 or answer.json()["results"] == []


def test_it_is_a_colleagues_once_its_sender_has_left(cast, sent):
    cast["duty"].is_active = False
    cast["duty"].save()
    (item,) = list_failed_items(cast["supervisor"])
    assert item.owner_id is None


def test_what_arrived_or_is_under_way_is_not_due(cast, sent):
    for status in (Job.QUEUED, Job.RUNNING, Job.DONE):
        Job.objects.filter(pk=sent.email.job_id).update(status=status)
        assert list_failed_items(cast["duty"]) == []


def test_sent_again_it_arrives_with_the_same_words(cast, sent):
    answer(sent, cast["duty"], how="again")
    assert list_failed_items(cast["duty"]) == []
    deliver_email(str(sent.email.job_id))
    assert [each.to for each in mail.outbox] == [["mia@typo.example"]]
    assert sent.referral.reference in mail.outbox[0].subject


def test_if_it_fails_once_more_it_returns(cast, sent, monkeypatch):
    def refuse(self, *arguments, **options):
        raise ConnectionRefusedError

    monkeypatch.setattr(EmailMessage, "send", refuse)
    answer(sent, cast["duty"], how="again")
    with pytest.raises(ConnectionRefusedError):
        deliver_email(str(sent.email.job_id))
    assert len(list_failed_items(cast["duty"])) == 1


def test_another_address_is_kept_and_the_first_is_in_the_history(cast, sent):
    answer(sent, cast["duty"], how="address", address="mia@home.example")
    deliver_email(str(sent.email.job_id))
    assert mail.outbox[-1].to == ["mia@home.example"]
    kept = sent.events.order_by("pgh_id").values_list("address", flat=True)
    assert list(dict.fromkeys(kept)) == ["mia@typo.example", "mia@home.example"]


@pytest.mark.parametrize(
    ("details", "errors"),
    [
        ({"how": "address"}, {"address": "Enter the other e-mail address."}),
        (
            {"how": "address", "address": "Mia@typo.example"},
            {"address": "This is the address it did not reach. Enter another address, or send it again."},
        ),
        (
            {"how": "address", "address": "healthvisitor@pairs.example"},
            {
                "address": "This is the address of another person in this referral. Enter an address of their own."
            },
        ),
        ({"how": "not_needed", "note": " "}, {"note": "Enter why it is no longer needed."}),
    ],
)
def test_what_is_refused(cast, sent, details, errors):
    with pytest.raises(ActionRefused) as refused:
        answer(sent, cast["duty"], **details)
    assert refused.value.errors == errors
    assert len(list_failed_items(cast["duty"])) == 1


def test_what_has_become_unsafe_is_not_sent_and_both_errors_come_at_once(cast, sent):
    sent.reply.carer.change(may_email=False)
    with pytest.raises(ActionRefused) as refused:
        answer(sent, cast["duty"], how="address")
    assert set(refused.value.errors) == {"how", "address"}
    sent.reply.carer.change(may_call=False)
    with pytest.raises(ActionRefused) as refused:
        answer(sent, cast["duty"], how="phone")
    assert set(refused.value.errors) == {"how"}


def test_told_by_phone_it_is_settled_and_its_text_deleted(client, cast, sent):
    answer(sent, cast["duty"], how="phone", note="Spoke to her at 10")
    sent.refresh_from_db()
    assert (sent.settled_by, sent.settled_how, sent.settled_note) == (
        cast["duty"],
        "phone",
        "Spoke to her at 10",
    )
    assert OutboxEmail.objects.get(pk=sent.email_id).body == ""
    assert list_failed_items(cast["duty"]) == []
    assert not Job.objects.failed().exists()
    with pytest.raises(ActionRefused):
        answer(sent, cast["supervisor"], how="again")
    deliver_email(str(sent.email.job_id))
    assert mail.outbox == []


def test_the_page_says_what_did_not_arrive_and_leads_back(client, cast, sent):
    client.force_login(cast["duty"])
    path = reverse("failed-email", args=[sent.pk])
    referral = reverse("referral", args=[sent.referral_id])
    assert path in client.get(referral).content.decode()
    assert "mia@typo.example" in client.get(path).content.decode()
    refused = client.post(path, {"how": "address", "address": "not an address"}).content.decode()
    assert "Enter a valid email address" in refused or "e-mail address" in refused
    answer = client.post(path, {"how": "address", "address": "mia@home.example"}, follow=True)
    assert answer.redirect_chain[0][0] == referral
    assert "The e-mail is being sent again" in answer.content.decode()
    assert path not in answer.content.decode()
    assert "Nothing to do" in client.get(path).content.decode()


def test_by_the_api(client, cast, sent):
    client.force_login(cast["duty"])
    (listed,) = client.get(reverse("api-failed-emails")).json()["results"]
    assert listed["id"] == str(sent.pk)
    assert "typo.example" not in str(listed)
    path = reverse("api-failed-email", args=[sent.pk])
    send = {"how": "in_person", "note": "At clinic"}
    made = client.post(path, json.dumps(send), content_type="application/json")
    assert made.json()["settled_how"] == "in_person"
    assert client.get(reverse("api-failed-emails")).json()["results"] == []


def test_mail_of_the_clock_or_the_public_has_no_sender_to_ask(cast, sent):
    assert SentEmail.objects.count() < OutboxEmail.objects.count()
    assert set(SentEmail.objects.values_list("sent_by", flat=True)) == {cast["duty"].pk}


# ---------------------------------------------------------------- notices to colleagues, about no referral
def send_consultation_notice(cast):
    consultation = ask_for_one(cast["healthvisitor"])
    arrange_consultation(
        consultation=consultation,
        clinician=cast["blackburn"],
        at=timezone.now() + timedelta(days=1),
        by=cast["duty"],
    )


def send_move_notice(cast):
    make_accepted_move(cast, make_offered_move(cast, make_working_family(cast)))


def send_lead_notice(cast):
    episode = make_episode(cast["blackburn"])
    what = {"since": timezone.localdate(), "why": "New hours", "former_stays": False}
    change_lead(episode=episode, lead=cast["trainee"], by=cast["supervisor"], **what)


NOTICES = {
    "consult": (send_consultation_notice, "duty"),
    "move": (send_move_notice, "duty"),
    "lead": (send_lead_notice, "supervisor"),
}


@pytest.mark.parametrize("topic", NOTICES)
def test_whoever_caused_a_notice_hears_that_it_failed_and_nobody_elsewhere(client, cast, topic):
    act, username = NOTICES[topic]
    act(cast)
    notice = SentEmail.objects.filter(topic=topic, sent_by=cast[username]).first()
    fail(notice)
    sender = cast[username]
    (item,) = list_failed_items(sender)
    assert (item.owner_id, item.family_id, item.who, item.why) == (
        sender.pk,
        None,
        "",
        notice.get_topic_display(),
    )
    assert notice.recipient in item.title
    assert list_failed_items(cast["hub"]) == []
    client.force_login(cast["hub"])
    assert client.get(item.href).status_code == 404
    client.force_login(sender)
    assert notice.email.subject in html.unescape(client.get(item.href).content.decode())
    assert client.post(item.href, {"how": "in_person"}).url == reverse("worklist")
    assert list_failed_items(sender) == []


def test_a_notice_is_sent_again_to_another_address(cast):
    send_lead_notice(cast)
    notice = SentEmail.objects.get(topic="lead")
    fail(notice)
    answer(notice, cast["supervisor"], how="address", address="trainee@trust.example")
    deliver_email(str(notice.email.job_id))
    assert mail.outbox[-1].to == ["trainee@trust.example"]


def test_of_a_sender_without_a_place_to_deal_with_it_administrators_see_it(cast):
    """A referrer asks for a consultation: those who arrange it find the request itself in To do."""
    ask_for_one(cast["healthvisitor"])
    assert OutboxEmail.objects.filter(subject__startswith="Consultation requested").exists()
    assert not SentEmail.objects.exists()
    Job.objects.update(status=Job.FAILED)
    assert Job.objects.failed().visible_to(load_scope(cast["administrator"])).exists()
