"""Replies as they are drafted, refused, kept, mailed and put on paper; and nothing that ends without one."""

import io
from dataclasses import replace

import pypdf
import pytest
from django.core import mail
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from pairs.documents.actions import make_pdf, request_pdf
from pairs.families.models import Address, Caregiver, RiskAlert
from pairs.jobs.models import Job
from pairs.service.refusals import ActionRefused
from referrals.actions import decide_referral
from referrals.actions.carer_referral import refer_caregiver
from referrals.actions.steps import withdraw_referral
from referrals.documents import REPLY
from referrals.forms.replies import ReplyFormSet, build_reply_formset, build_reply_rows
from referrals.models import Destination, Referral, ReferralStatus, Reply
from referrals.rules.choices import ReferralResponse
from tests.unit.families.factories import make_family
from tests.unit.referrals.factories import CARER, FATHER, REPLIES, make_test_referral

pytestmark = pytest.mark.django_db
SAFE_CONTACT = {"may_call": True, "may_email": True, "may_post": True, "email": "mia@home.example"}
SEPARATED_FATHER = FATHER | {
    "phone": "01632 960077",
    "address_lines": "9 Elsewhere Road",
    "postcode": "BB2 2BB",
}


@pytest.fixture
def referral(cast):
    made = make_test_referral(cast["healthvisitor"], caregivers=[CARER | SAFE_CONTACT, SEPARATED_FATHER])
    mail.outbox.clear()  # its readers have been notified
    return made


def make_reply_to_mia(referral, **changes):
    mia = referral.caregivers.get(given_name="Mia")
    return replace(REPLIES[1], carer=mia.pk, **changes)


def decide_with_replies(referral, cast, *replies, response="consultation"):
    return decide_referral(referral=referral, response=response, by=cast["duty"], replies=replies)


# ---------------------------------------------------------------- drafts


@pytest.mark.parametrize("response", ["", *ReferralResponse.values, "question", "withdrawn"])
def test_a_draft_names_one_person_and_a_safe_way(referral, response):
    one, other = build_reply_rows(referral, response)
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


def test_without_the_parents_agreement_no_reply_to_the_family_is_drafted(cast):
    referral = make_test_referral(cast["healthvisitor"], permission="lawful_basis", permission_reason="Court")
    one, other = build_reply_rows(referral, "direct")
    assert other["way"] == "none"
    assert other["why_none"] == ""
    assert "accepted" not in one["text"]
    assert "Court" not in str([one, other])


def test_destinations_are_in_the_draft_with_their_phone_number(referral):
    hub = Destination.objects.create(name="Example Family Hub", offers="Tea", phone="01632 960555")
    for row in build_reply_rows(referral, "none", [hub], reason="Your midwife can help sooner."):
        for words in ("Example Family Hub", "01632 960555", "Your midwife can help sooner."):
            assert words in row["text"]


def test_an_address_to_which_nobody_may_write_is_not_even_filled_in(cast):
    referral = make_test_referral(
        cast["healthvisitor"], caregivers=[CARER | SAFE_CONTACT | {"may_post": False}]
    )
    _, other = build_reply_rows(referral, "direct")
    assert (other["way"], other["address_lines"]) == ("email", "")


@pytest.mark.parametrize(
    "home", [{"address_lines": "No fixed abode", "postcode": ""}, {"postcode": "ZZ99 3VZ"}]
)
def test_no_letter_goes_to_no_fixed_abode(cast, home):
    """As the referral says it, and as the record says it once the family is registered."""
    referral = make_test_referral(cast["healthvisitor"], caregivers=[CARER | SAFE_CONTACT | home])
    _, other = build_reply_rows(referral, "direct")
    assert (other["way"], other["address_lines"]) == ("email", "")
    decide_referral(
        referral=referral,
        response="direct",
        by=cast["duty"],
        thrive="help",
        thrive_reason="Asks",
        replies=REPLIES,
    )
    address = Address.objects.get(caregiver__given_name="Mia")
    assert (address.kind == "none") is ("address_lines" in home)
    _, other = build_reply_rows(Referral.objects.get(pk=referral.pk), "withdrawn")
    assert (other["way"], other["address_lines"]) == ("email", "")


def test_a_carers_current_details_come_before_those_in_the_referral(cast, referral):
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
    _, other = build_reply_rows(Referral.objects.get(pk=referral.pk), "withdrawn")
    assert (other["way"], other["address_lines"]) == ("phone", "")


def test_the_draft_is_for_a_carer_who_lives(cast, referral):
    accept = {"thrive": "help", "thrive_reason": "Asks"}
    decide_referral(referral=referral, response="direct", by=cast["duty"], replies=REPLIES, **accept)
    Caregiver.objects.filter(given_name="Mia").update(died_on=timezone.localdate())
    _, other = build_reply_rows(Referral.objects.get(pk=referral.pk), "withdrawn")
    assert other["carer"] == referral.caregivers.get(given_name="Dan").pk
    Caregiver.objects.filter(given_name="Dan").update(died_on=timezone.localdate())
    _, other = build_reply_rows(Referral.objects.get(pk=referral.pk), "withdrawn")
    assert (other["way"], other["carer"]) == ("none", None)


@pytest.mark.parametrize("way", ["phone", "letter", "email"])
def test_nobody_writes_to_a_carer_who_has_died_since_they_asked(cast, way):
    carer = make_family().caregivers.get()
    asked = {"asked_by": "carer", "permission": "parent_agrees", "permission_reason": "", "noticed": "Sleep"}
    own = refer_caregiver(caregiver=carer, by=cast["blackburn"], parent_says="", hopes="", **asked)
    carer.change(died_on=timezone.localdate())
    draft = replace(
        REPLIES[1], way=way, recipient=carer.name, email="mia@home.example", address_lines="1 Road"
    )
    with pytest.raises(ActionRefused) as refused:
        withdraw_referral(
            referral=own, asked_by="service", reason="She died", replies=[REPLIES[0], draft], by=cast["duty"]
        )
    assert "has died" in refused.value.errors["replies.1.way"]
    nobody = replace(draft, way="none", why_none="She died.")
    withdraw_referral(
        referral=own, asked_by="service", reason="She died", replies=[REPLIES[0], nobody], by=cast["duty"]
    )
    own.refresh_from_db()
    assert own.status == "withdrawn"


def test_only_carers_of_this_referral_can_be_chosen(cast, referral):
    strange = make_test_referral(cast["healthvisitor"]).caregivers.first()
    row = {"to": "family", "way": "phone", "text": "Hello", "recipient": "Mia", "carer": str(strange.pk)}
    data = {f"replies-0-{name}": value for name, value in row.items()}
    data |= {"replies-TOTAL_FORMS": "1", "replies-INITIAL_FORMS": "0"}
    assert "carer" in build_reply_formset(referral)(data).errors[0]
    assert "carer" in ReplyFormSet(data).errors[0]
    mine = build_reply_formset(referral)(data | {"replies-0-carer": str(referral.caregivers.first().pk)})
    assert mine.is_valid()
    assert mine.drafts()[0].carer == referral.caregivers.first().pk


# ---------------------------------------------------------------- refused


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"text": "Dan lives at 9 Elsewhere Road."}, "text"),
        ({"text": "Ring Dan on 01632 960077."}, "text"),
        ({"text": "Ring Dan on +44 1632 960077."}, "text"),
        ({"text": "Ring Dan on +44 (0)1632 960077."}, "text"),
        ({"way": "letter", "address_lines": "9 Elsewhere Road\nBB2 2BB"}, "address_lines"),
        ({"text": "We know: Alone with three under five"}, "text"),
    ],
)
def test_a_reply_holds_nothing_of_another_carer_or_an_alert(cast, referral, changes, field):
    RiskAlert.objects.create(
        site=referral.site,
        about=referral.reference,
        what="Alone with three under five",
        raised_by=cast["duty"],
    )
    with pytest.raises(ActionRefused) as refused:
        decide_with_replies(referral, cast, REPLIES[0], make_reply_to_mia(referral, **changes))
    assert set(refused.value.errors) == {f"replies.1.{field}"}
    assert not Reply.objects.exists()
    assert ReferralStatus.objects.filter(referral=referral).count() == 1


def test_the_referrers_reply_reveals_no_address_either(cast, referral):
    told = replace(REPLIES[0], text="They live at 9 Elsewhere Road.")
    with pytest.raises(ActionRefused):
        decide_with_replies(referral, cast, told, make_reply_to_mia(referral))


@pytest.mark.parametrize("way", ["letter", "email"])
def test_a_way_they_did_not_agree_to_is_refused(cast, way):
    referral = make_test_referral(cast["healthvisitor"], caregivers=[CARER])  # nobody asked her
    draft = make_reply_to_mia(referral, way=way, address_lines="1 Example Street", email="mia@home.example")
    with pytest.raises(ActionRefused) as refused:
        decide_with_replies(referral, cast, REPLIES[0], draft)
    assert "replies.1.way" in refused.value.errors


# ---------------------------------------------------------------- kept and mailed


def test_each_is_stored_as_sent_and_one_email_goes_to_the_referrer(cast, referral):
    mail.outbox.clear()  # what the first reader heard when it came
    decide_with_replies(referral, cast, REPLIES[0], make_reply_to_mia(referral))
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
    draft = make_reply_to_mia(
        referral, way="email", email="mia@home.example", text="We would like to work with you."
    )
    decide_with_replies(referral, cast, replace(REPLIES[0], way="none", why_none="She asked herself"), draft)
    (letter,) = mail.outbox
    assert letter.to == ["mia@home.example"]
    assert referral.reference in letter.subject
    for words in ("Mia", "work with you", "parent", "infant", str(referral.pk)):
        assert words not in letter.body + letter.subject


def test_a_letter_is_made_by_the_worker_from_what_was_sent(cast, referral):
    text = "We would like to think with you.\n\nCome as you are."
    draft = make_reply_to_mia(referral, way="letter", address_lines="1 Example Street\nBB1 7AA", text=text)
    decide_with_replies(referral, cast, REPLIES[0], draft)
    reply = Reply.objects.get(to="family")
    job = reply.job
    Job.objects.filter(pk=job.pk).update(status=Job.RUNNING, attempt=1)
    make_pdf(Job.objects.get(pk=job.pk))
    job.refresh_from_db()
    pdf = pypdf.PdfReader(io.BytesIO(bytes(job.file)))
    words = " ".join(" ".join(page.extract_text() for page in pdf.pages).split())
    for said in ("Mia Example", "1 Example Street", "BB1 7AA", "Come as you are.", "Dermot Duty"):
        assert said in words
    assert "Dan" not in words
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert request_pdf(document=REPLY, record=reply).job == job
    with pytest.raises(Reply.DoesNotExist):
        request_pdf(document=REPLY, record=Reply.objects.get(to="referrer"))


@pytest.mark.parametrize("since", ["no post", "alert"])
def test_a_letter_is_judged_again_when_it_is_downloaded(cast, client, referral, since):
    text = "We would like to think with you. Please ring us when it suits you."
    letter = make_reply_to_mia(referral, way="letter", address_lines="1 Example Street", text=text)
    decide_with_replies(referral, cast, REPLIES[0], letter)
    reply = Reply.objects.get(to="family")
    Job.objects.filter(pk=reply.job_id).update(status=Job.RUNNING, attempt=1)
    make_pdf(Job.objects.get(pk=reply.job_id))
    client.force_login(cast["duty"], backend="pairs.access.backends.StaffBackend")
    page, pdf = (reverse(name, args=[reply.pk]) for name in ("reply", "reply-pdf"))
    api = reverse("api-reply-pdf", args=[reply.pk])
    assert [client.get(path).content[:4] for path in (pdf, api)] == [b"%PDF", b"%PDF"]
    if since == "no post":
        referral.caregivers.filter(given_name="Mia").update(may_post=False)
    else:
        RiskAlert.objects.create(
            site=referral.site,
            about=referral.reference,
            what="Please ring us when it suits",
            raised_by=cast["duty"],
        )
    assert client.get(pdf)["Location"] == page
    assert client.get(api).status_code == 400
    assert "may not go out" in client.get(page).content.decode()
    assert text not in client.get(reverse("reply-print", args=[reply.pk])).content.decode()
    with pytest.raises(ActionRefused):
        request_pdf(document=REPLY, record=reply)


def test_a_letter_entered_in_error_is_not_put_on_paper(cast, referral):
    decide_with_replies(
        referral,
        cast,
        REPLIES[0],
        make_reply_to_mia(referral, way="letter", address_lines="1 Example Street"),
    )
    reply = Reply.objects.get(to="family")
    reply.change(entered_in_error_at=timezone.now())
    Job.objects.filter(pk=reply.job_id).update(status=Job.RUNNING, attempt=1)
    make_pdf(Job.objects.get(pk=reply.job_id))
    assert Job.objects.get(pk=reply.job_id).file is None


@pytest.mark.parametrize(
    ("who", "status"),
    [("duty", 200), ("supervisor", 200), ("hyndburn", 404), ("healthvisitor", 403), ("manager", 403)],
)
def test_who_reads_a_reply(cast, client, referral, who, status):
    decide_with_replies(
        referral,
        cast,
        REPLIES[0],
        make_reply_to_mia(referral, way="letter", address_lines="1 Example Street"),
    )
    reply = Reply.objects.get(to="family")
    client.force_login(cast[who])
    for name in ("reply", "reply-print", "reply-progress"):
        answer = client.get(reverse(name, args=[reply.pk]))
        assert answer.status_code == status, name
        assert ("rang you" in answer.content.decode()) is (status == 200 and name != "reply-progress")
    asked = client.post(reverse("reply-pdf", args=[reply.pk])).status_code
    assert asked == (302 if status == 200 else 403)


def test_the_api_lists_the_replies(cast, client, referral):
    decide_with_replies(referral, cast, REPLIES[0], make_reply_to_mia(referral))
    client.force_login(cast["duty"])
    rows = client.get(reverse("api-referral-replies", args=[referral.pk])).json()["results"]
    assert [(row["to"], row["way"]) for row in rows] == [("referrer", "phone"), ("family", "phone")]
    client.force_login(cast["healthvisitor"])
    assert client.get(reverse("api-referral-replies", args=[referral.pk])).status_code == 403


def test_a_reply_that_was_sent_stays_as_it_was(cast, referral):
    decide_with_replies(referral, cast, *REPLIES)
    with pytest.raises(Exception, match="Cannot update"), transaction.atomic():
        Reply.objects.update(text="Other words")
