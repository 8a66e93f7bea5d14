"""Replies as they are drafted, refused, kept, mailed and put on paper; and nothing that ends without one."""

import io
from dataclasses import replace

import pypdf
import pytest
from django.core import mail
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from pairs.families.models import Address, Caregiver, RiskAlert
from pairs.jobs.models import Job
from pairs.service.refusals import Refused
from referrals.actions import decide_referral
from referrals.actions.replies import ask_for_pdf
from referrals.forms.replies import ReplyFormSet, drafts_for, reply_formset
from referrals.models import Destination, Referral, ReferralStatus, Reply
from referrals.rules.drafting import ANSWERS
from referrals.tasks import put_on_paper
from tests.unit.referrals.requests import CARER, FATHER, REPLIES, refer

pytestmark = pytest.mark.django_db
SAFE = {"may_call": True, "may_email": True, "may_post": True, "email": "mia@home.example"}
APART = FATHER | {"phone": "01632 960077", "address_lines": "9 Elsewhere Road", "postcode": "BB2 2BB"}


@pytest.fixture
def referral(cast):
    made = refer(cast["healthvisitor"], caregivers=[CARER | SAFE, APART])
    mail.outbox.clear()  # its readers have heard of it
    return made


def to_mia(referral, **changes):
    mia = referral.caregivers.get(given_name="Mia")
    return replace(REPLIES[1], carer=mia.pk, **changes)


def decide(referral, cast, *replies, response="consultation"):
    return decide_referral(referral=referral, response=response, by=cast["duty"], replies=replies)


# ---------------------------------------------------------------- drafts


@pytest.mark.parametrize("response", ["", *ANSWERS, "question", "withdrawn"])
def test_a_draft_names_one_person_and_a_safe_way(referral, response):
    one, other = drafts_for(referral, response)
    assert (one["to"], one["way"], one["email"]) == ("referrer", "email", "healthvisitor@pairs.example")
    mia = referral.caregivers.get(given_name="Mia")
    assert (other["to"], other["carer"], other["recipient"], other["way"]) == (
        "family",
        mia.pk,
        "Mia Example",
        "letter",
    )
    assert bool(other["text"]) is bool(response)
    for hers in ("Elsewhere", "960077", "Dan"):
        assert hers not in str([one, other])


def test_without_the_parents_agreement_the_family_is_not_written_to_by_itself(cast):
    referral = refer(cast["healthvisitor"], permission="lawful_basis", permission_reason="Court")
    one, other = drafts_for(referral, "direct")
    assert other["way"] == "none"
    assert other["why_none"] == ""
    assert "accepted" not in one["text"]
    assert "Court" not in str([one, other])


def test_destinations_stand_in_the_draft_with_their_number(referral):
    hub = Destination.objects.create(name="Example Family Hub", offers="Tea", phone="01632 960555")
    for row in drafts_for(referral, "none", [hub], reason="Your midwife can help sooner."):
        for words in ("Example Family Hub", "01632 960555", "Your midwife can help sooner."):
            assert words in row["text"]


def test_an_address_to_which_nobody_may_write_is_not_even_filled_in(cast):
    referral = refer(cast["healthvisitor"], caregivers=[CARER | SAFE | {"may_post": False}])
    _, other = drafts_for(referral, "direct")
    assert (other["way"], other["address_lines"]) == ("email", "")


def test_what_we_hold_of_a_carer_by_now_comes_before_what_was_said_at_the_door(cast, referral):
    decide_referral(
        referral=referral,
        response="direct",
        by=cast["duty"],
        thrive="help",
        thrive_reason="Asks",
        replies=REPLIES,
    )
    mother = Caregiver.objects.get(given_name="Mia")
    Address.objects.filter(caregiver=mother).update(kind="refuge")
    Caregiver.objects.filter(pk=mother.pk).update(
        may_post=True, may_email=False, may_call=True, phone="01632 960002"
    )
    _, other = drafts_for(Referral.objects.get(pk=referral.pk), "withdrawn")
    assert (other["way"], other["address_lines"]) == ("phone", "")


def test_only_carers_of_this_referral_can_be_chosen(cast, referral):
    strange = refer(cast["healthvisitor"]).caregivers.first()
    row = {"to": "family", "way": "phone", "text": "Hello", "recipient": "Mia", "carer": str(strange.pk)}
    data = {f"replies-0-{name}": value for name, value in row.items()}
    data |= {"replies-TOTAL_FORMS": "1", "replies-INITIAL_FORMS": "0"}
    assert "carer" in reply_formset(referral)(data).errors[0]
    assert "carer" in ReplyFormSet(data).errors[0]
    mine = reply_formset(referral)(data | {"replies-0-carer": str(referral.caregivers.first().pk)})
    assert mine.is_valid()
    assert mine.drafts()[0].carer == referral.caregivers.first().pk


# ---------------------------------------------------------------- refused


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"text": "Dan lives at 9 Elsewhere Road."}, "text"),
        ({"text": "Ring Dan on 01632 960077."}, "text"),
        ({"text": "Ring Dan on +44 1632 960077."}, "text"),
        ({"way": "letter", "address_lines": "9 Elsewhere Road\nBB2 2BB"}, "address_lines"),
        ({"text": "We know: Alone with three under five"}, "text"),
    ],
)
def test_nothing_of_another_carer_or_of_an_alert_stands_in_a_reply(cast, referral, changes, field):
    RiskAlert.objects.create(
        site=referral.site,
        about=referral.reference,
        what="Alone with three under five",
        raised_by=cast["duty"],
    )
    with pytest.raises(Refused) as refused:
        decide(referral, cast, REPLIES[0], to_mia(referral, **changes))
    assert set(refused.value.errors) == {f"replies.1.{field}"}
    assert not Reply.objects.exists()
    assert ReferralStatus.objects.filter(referral=referral).count() == 1


def test_the_referrers_reply_tells_no_address_either(cast, referral):
    told = replace(REPLIES[0], text="They live at 9 Elsewhere Road.")
    with pytest.raises(Refused):
        decide(referral, cast, told, to_mia(referral))


@pytest.mark.parametrize("way", ["letter", "email"])
def test_a_way_they_did_not_agree_to_is_refused(cast, way):
    referral = refer(cast["healthvisitor"], caregivers=[CARER])  # nobody asked her
    draft = to_mia(referral, way=way, address_lines="1 Example Street", email="mia@home.example")
    with pytest.raises(Refused) as refused:
        decide(referral, cast, REPLIES[0], draft)
    assert "replies.1.way" in refused.value.errors


# ---------------------------------------------------------------- kept and mailed


def test_each_is_kept_as_it_was_sent_and_one_mail_goes_to_the_referrer(cast, referral):
    mail.outbox.clear()  # what the first reader heard when it came
    decide(referral, cast, REPLIES[0], to_mia(referral))
    one, other = Reply.objects.order_by("created_at")
    assert (one.about, one.step.status, one.sent_by) == ("answer", "consultation", cast["duty"])
    assert other.carer.given_name == "Mia"
    (letter,) = mail.outbox
    assert letter.to == ["healthvisitor@pairs.example"]
    assert reverse("referral", args=[referral.pk]) in letter.body
    for words in ("Mia", "decided", "Blackburn"):
        assert words not in letter.body + letter.subject


def test_an_email_to_the_family_holds_the_reference_alone(cast, referral):
    mail.outbox.clear()  # what the first reader heard when it came
    draft = to_mia(referral, way="email", email="mia@home.example", text="We would like to work with you.")
    decide(referral, cast, replace(REPLIES[0], way="none", why_none="She asked herself"), draft)
    (letter,) = mail.outbox
    assert letter.to == ["mia@home.example"]
    assert referral.reference in letter.subject
    for words in ("Mia", "work with you", "parent", "infant", str(referral.pk)):
        assert words not in letter.body + letter.subject


def test_a_letter_is_made_by_the_worker_from_what_was_sent(cast, referral):
    text = "We would like to think with you.\n\nCome as you are."
    draft = to_mia(referral, way="letter", address_lines="1 Example Street\nBB1 7AA", text=text)
    decide(referral, cast, REPLIES[0], draft)
    reply = Reply.objects.get(to="family")
    job = reply.pdf
    Job.objects.filter(pk=job.pk).update(status=Job.RUNNING, attempt=1)
    put_on_paper(Job.objects.get(pk=job.pk))
    job.refresh_from_db()
    pdf = pypdf.PdfReader(io.BytesIO(bytes(job.file)))
    words = " ".join(" ".join(page.extract_text() for page in pdf.pages).split())
    for said in ("Mia Example", "1 Example Street", "BB1 7AA", "Come as you are.", "Dermot Duty"):
        assert said in words
    assert "Dan" not in words
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert ask_for_pdf(reply=reply).pdf == job
    with pytest.raises(Refused):
        ask_for_pdf(reply=Reply.objects.get(to="referrer"))


def test_a_letter_entered_in_error_is_not_put_on_paper(cast, referral):
    decide(referral, cast, REPLIES[0], to_mia(referral, way="letter", address_lines="1 Example Street"))
    reply = Reply.objects.get(to="family")
    reply.change(entered_in_error_at=timezone.now())
    Job.objects.filter(pk=reply.pdf_id).update(status=Job.RUNNING, attempt=1)
    put_on_paper(Job.objects.get(pk=reply.pdf_id))
    assert Job.objects.get(pk=reply.pdf_id).file is None


@pytest.mark.parametrize(
    ("who", "status"),
    [("duty", 200), ("supervisor", 200), ("hyndburn", 404), ("healthvisitor", 403), ("manager", 403)],
)
def test_who_reads_a_reply(cast, client, referral, who, status):
    decide(referral, cast, REPLIES[0], to_mia(referral, way="letter", address_lines="1 Example Street"))
    reply = Reply.objects.get(to="family")
    client.force_login(cast[who])
    for name in ("reply", "reply-print", "reply-progress"):
        answer = client.get(reverse(name, args=[reply.pk]))
        assert answer.status_code == status, name
        assert ("rang you" in answer.content.decode()) is (status == 200 and name != "reply-progress")
    asked = client.post(reverse("reply-pdf", args=[reply.pk])).status_code
    assert asked == (302 if status == 200 else 403)


def test_the_api_lists_who_heard_what(cast, client, referral):
    decide(referral, cast, REPLIES[0], to_mia(referral))
    client.force_login(cast["duty"])
    rows = client.get(reverse("api-referral-replies", args=[referral.pk])).json()
    assert [(row["to"], row["way"]) for row in rows] == [("referrer", "phone"), ("family", "phone")]
    client.force_login(cast["healthvisitor"])
    assert client.get(reverse("api-referral-replies", args=[referral.pk])).status_code == 403


def test_a_reply_that_was_sent_stays_as_it_was(cast, referral):
    decide(referral, cast, *REPLIES)
    with pytest.raises(Exception, match="Cannot update"), transaction.atomic():
        Reply.objects.update(text="Other words")
