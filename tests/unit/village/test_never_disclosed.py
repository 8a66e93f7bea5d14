"""An excluded person's address and a withdrawn agreement, tried against everything that leaves the service."""

import io
import re

import pypdf
import pytest
from django.urls import reverse
from django.utils import timezone

from pairs.documents.actions import make_pdf as make_document_pdf
from pairs.documents.actions import request_pdf
from pairs.families.models import Address
from pairs.jobs.actions import claim_job
from pairs.jobs.models import Job
from pairs.service.models import Place, Site
from pairs.service.refusals import ActionRefused
from pairs.village import actions
from pairs.village.documents import LETTER
from pairs.village.letters import REWRITE_MESSAGE
from pairs.village.models import Letter
from referrals.models import Referral
from tests.unit.village.factories import HIDDEN_ADDRESS, make_agreement, make_limit, make_village

pytestmark = pytest.mark.django_db
COVERED = ["involved", "plan", "contact_details"]


@pytest.fixture
def village_people(cast):
    return make_village(cast["blackburn"])


def sign_letter_to_nursery(cast, family, nursery, **details):
    by = cast["blackburn"]
    letter = actions.begin_letter(family=family, to=nursery, about=list(family.infants.all()), by=by)
    known = {"text": "Dear Nell, we see Baby1 each week.", "parts": {"plan": "SECRET PLAN"}, "details": []}
    return actions.write_letter(letter=letter, sign=True, by=by, **known | details)


def get_pdf_text(pdf):
    return " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)


def make_pdf(letter):
    make_document_pdf(claim_job(letter.job_id, timezone.now()))
    return bytes(Job.objects.get(pk=letter.job_id).file)


# ------------------------------------------------------------ an excluded person's address
def list_ways_to_hide(family, dan, nursery, by):
    """Each makes Dan's address one that may not be disclosed to the nursery."""
    home = Address.objects.get(caregiver=dan)
    return {
        "the address": lambda: make_limit(family, home, nursery, by),
        "the person": lambda: make_limit(family, dan, nursery, by),
        "the agency in words": lambda: make_limit(family, home, "Acorn Nursery", by),
        "a refuge": lambda: Address.objects.filter(pk=home.pk).update(kind="refuge"),
    }


HIDING_WAYS = ["the address", "the person", "the agency in words", "a refuge"]


@pytest.mark.parametrize("way", HIDING_WAYS)
def test_a_hidden_address_is_neither_offered_nor_saved(cast, village_people, sign_in_as, way):
    family, _cora, dan, nursery = village_people
    make_agreement(family, nursery, COVERED, dan, cast["blackburn"])
    letter = actions.begin_letter(
        family=family, to=nursery, about=list(family.infants.all()), by=cast["blackburn"]
    )
    home = Address.objects.get(caregiver=dan)
    code, client = f"address:{home.pk}", sign_in_as("blackburn")
    assert code in client.get(reverse("letter", args=[letter.pk])).content.decode()
    list_ways_to_hide(family, dan, nursery, cast["blackburn"])[way]()
    page = client.get(reverse("letter", args=[letter.pk])).content.decode()
    assert code not in page
    assert HIDDEN_ADDRESS not in page
    for sent in (
        {"text": "Dear Nell", "details": [code]},
        {"text": f"Dan lives at {HIDDEN_ADDRESS.lower()}."},
    ):
        assert client.post(reverse("letter", args=[letter.pk]), sent).status_code == 200
        answer = client.patch(f"/api/v1/letters/{letter.pk}/", sent, content_type="application/json")
        assert answer.status_code == 400
        assert HIDDEN_ADDRESS not in answer.content.decode()
    with pytest.raises(ActionRefused):
        actions.write_letter(letter=letter, text="Dear", parts={}, details=[home], by=cast["blackburn"])
    letter.refresh_from_db()
    assert not letter.parts.exists()
    assert "Hidden" not in letter.text


@pytest.mark.parametrize("way", HIDING_WAYS)
def test_an_address_hidden_after_signing_is_disclosed_nowhere(cast, village_people, sign_in_as, way):
    family, _cora, dan, nursery = village_people
    make_agreement(family, nursery, COVERED, dan, cast["blackburn"])
    home = Address.objects.get(caregiver=dan)
    letter = sign_letter_to_nursery(cast, family, nursery, details=[home])
    letter = request_pdf(document=LETTER, record=letter)
    client = sign_in_as("blackburn")
    assert HIDDEN_ADDRESS in client.get(reverse("letter-print", args=[letter.pk])).content.decode()
    list_ways_to_hide(family, dan, nursery, cast["blackburn"])[way]()
    assert_stopped(client, letter, HIDDEN_ADDRESS, cast["blackburn"])


def assert_stopped(client, letter, words, by):
    """Not in print, not in the API's paper, not in the PDF, whenever it was asked for; and not sent."""
    printed = client.get(reverse("letter-print", args=[letter.pk])).content.decode()
    paper = client.get(f"/api/v1/letters/{letter.pk}/paper/")
    made = get_pdf_text(make_pdf(letter))
    for each in (printed, paper.content.decode(), made):
        assert words not in each
        assert "rewritten" in each
    assert client.get(reverse("letter-pdf", args=[letter.pk])).status_code == 302
    assert client.get(f"/api/v1/letters/{letter.pk}/pdf/").status_code == 400
    for act in (
        lambda: request_pdf(document=LETTER, record=letter),
        lambda: actions.send_letter(letter=letter, sent_on=timezone.localdate(), sent_how="hand", by=by),
    ):
        with pytest.raises(ActionRefused, match=REWRITE_MESSAGE):
            act()


def test_a_pdf_made_before_is_given_to_nobody_after(cast, village_people, sign_in_as):
    family, cora, _dan, nursery = village_people
    agreed = make_agreement(family, nursery, COVERED, cora, cast["blackburn"])
    letter = request_pdf(document=LETTER, record=sign_letter_to_nursery(cast, family, nursery))
    assert "SECRET PLAN" in get_pdf_text(make_pdf(letter))
    client = sign_in_as("blackburn")
    assert client.get(reverse("letter-pdf", args=[letter.pk])).content.startswith(b"%PDF")
    actions.withdraw_agreement(
        agreement=agreed, withdrawn_on=timezone.localdate(), reason="", by=cast["blackburn"]
    )
    assert client.get(reverse("letter-pdf", args=[letter.pk])).status_code == 302
    assert client.get(f"/api/v1/letters/{letter.pk}/pdf/").status_code == 400


@pytest.mark.parametrize("hidden", ["refuge", "limited"])
def test_a_hidden_address_is_printed_on_no_envelope(cast, village_people, sign_in_as, hidden):
    family, cora, dan, _nursery = village_people
    home = Address.objects.get(caregiver=dan)
    type(dan).objects.filter(pk=dan.pk).update(may_post=True)
    by = cast["blackburn"]
    letter = actions.begin_letter(family=family, to=dan, about=list(family.infants.all()), by=by)
    letter = actions.write_letter(letter=letter, text="Dear Dan", parts={}, details=[], sign=True, by=by)
    client, address = sign_in_as("blackburn"), reverse("letter-print", args=[letter.pk])
    assert HIDDEN_ADDRESS in client.get(address).content.decode()
    if hidden == "refuge":
        Address.objects.filter(pk=home.pk).update(kind="refuge")
    else:
        make_limit(family, home, cora, by)
    printed = client.get(address).content.decode()
    assert HIDDEN_ADDRESS not in printed
    assert "To be given in person" in printed
    with pytest.raises(ActionRefused) as refused:
        actions.send_letter(letter=letter, sent_on=timezone.localdate(), sent_how="post", by=by)
    assert "sent_how" in refused.value.errors


@pytest.mark.parametrize("changes", [{"kind": "none"}, {"postcode": "ZZ99 3VZ"}, {"lines": "No fixed abode"}])
def test_no_letter_goes_by_post_where_there_is_no_fixed_abode(cast, village_people, changes):
    family, _cora, dan, _nursery = village_people
    type(dan).objects.filter(pk=dan.pk).update(may_post=True)
    by = cast["blackburn"]
    letter = actions.begin_letter(family=family, to=dan, about=list(family.infants.all()), by=by)
    letter = actions.write_letter(letter=letter, text="Dear Dan", parts={}, details=[], sign=True, by=by)
    Address.objects.filter(caregiver=dan).update(**changes)
    with pytest.raises(ActionRefused, match="no fixed abode"):
        actions.send_letter(letter=letter, sent_on=timezone.localdate(), sent_how="post", by=by)


@pytest.mark.parametrize("since", ["moved", "refuge", "no post"])
def test_a_pdf_made_before_carries_no_address_that_is_wrong_by_now(cast, village_people, sign_in_as, since):
    """Who moved out posts nothing to the old home, where the other still lives: the paper is made anew."""
    family, _cora, dan, _nursery = village_people
    by, home = cast["blackburn"], Address.objects.filter(caregiver=dan)
    type(dan).objects.filter(pk=dan.pk).update(may_post=True)
    letter = actions.begin_letter(family=family, to=dan, about=list(family.infants.all()), by=by)
    letter = actions.write_letter(letter=letter, text="Dear Dan", parts={}, details=[], sign=True, by=by)
    letter = request_pdf(document=LETTER, record=letter)
    assert HIDDEN_ADDRESS in get_pdf_text(make_pdf(letter))
    client, address = sign_in_as("blackburn"), reverse("letter-pdf", args=[letter.pk])
    assert client.get(address).status_code == 200
    if since == "moved":
        home.update(until=timezone.localdate())
    elif since == "refuge":
        home.update(kind="refuge")
    else:
        type(dan).objects.filter(pk=dan.pk).update(may_post=False)
    assert client.get(address).status_code == 302
    assert client.get(f"/api/v1/letters/{letter.pk}/pdf/").status_code == 400
    assert f'href="{address}"' not in client.get(reverse("letter", args=[letter.pk])).content.decode()
    anew = request_pdf(document=LETTER, record=letter)
    assert anew.job_id != letter.job_id
    assert HIDDEN_ADDRESS not in get_pdf_text(make_pdf(anew))
    assert client.get(address).status_code == 200


def test_a_pdf_asked_for_anew_before_the_first_was_made_leaves_no_job_behind(cast, village_people):
    family, _cora, dan, _nursery = village_people
    by = cast["blackburn"]
    letter = actions.begin_letter(family=family, to=dan, about=list(family.infants.all()), by=by)
    letter = actions.write_letter(letter=letter, text="Dear Dan", parts={}, details=[], sign=True, by=by)
    first = request_pdf(document=LETTER, record=letter).job_id
    type(dan).objects.filter(pk=dan.pk).update(may_post=True)
    assert request_pdf(document=LETTER, record=letter).job_id != first
    make_document_pdf(claim_job(first, timezone.now()))
    left = Job.objects.get(pk=first)
    assert (left.status, left.file) == (Job.DONE, None)


# ------------------------------------------------------------ a withdrawn agreement
def test_without_an_agreement_no_letter_begins(cast, village_people):
    family, _cora, _dan, nursery = village_people
    with pytest.raises(ActionRefused) as refused:
        sign_letter_to_nursery(cast, family, nursery)
    assert "to" in refused.value.errors
    assert not Letter.objects.exists()


def test_what_no_agreement_covers_is_refused_at_save(cast, village_people):
    family, cora, _dan, nursery = village_people
    make_agreement(family, nursery, ["involved"], cora, cast["blackburn"])
    with pytest.raises(ActionRefused) as refused:
        sign_letter_to_nursery(cast, family, nursery)
    assert "about_plan" in refused.value.errors


def test_a_withdrawn_agreement_stops_a_signed_letter_everywhere(cast, village_people, sign_in_as):
    family, cora, _dan, nursery = village_people
    agreed = make_agreement(family, nursery, COVERED, cora, cast["blackburn"])
    letter = request_pdf(document=LETTER, record=sign_letter_to_nursery(cast, family, nursery))
    client = sign_in_as("blackburn")
    assert "SECRET PLAN" in client.get(reverse("letter-print", args=[letter.pk])).content.decode()
    actions.withdraw_agreement(
        agreement=agreed, withdrawn_on=timezone.localdate(), reason="", by=cast["blackburn"]
    )
    assert_stopped(client, letter, "SECRET PLAN", cast["blackburn"])
    page = client.get(reverse("letter", args=[letter.pk])).content.decode()
    assert "must be rewritten" in page  # staff still read what was written, and see why it is stopped
    assert reverse("letter-print", args=[letter.pk]) not in page


def test_a_withdrawn_agreement_stops_a_draft_at_signing(cast, village_people, sign_in_as):
    family, cora, _dan, nursery = village_people
    agreed = make_agreement(family, nursery, COVERED, cora, cast["blackburn"])
    letter = actions.begin_letter(
        family=family, to=nursery, about=list(family.infants.all()), by=cast["blackburn"]
    )
    actions.withdraw_agreement(
        agreement=agreed, withdrawn_on=timezone.localdate(), reason="", by=cast["blackburn"]
    )
    answer = sign_in_as("blackburn").post(
        reverse("letter", args=[letter.pk]), {"text": "Dear Nell", "sign": "on"}
    )
    assert answer.status_code == 200
    letter.refresh_from_db()
    assert letter.signed_at is None


# ------------------------------------------------------------ the map, printed for somebody
def test_a_map_leaves_out_whoever_its_reader_may_not_know_of(cast, village_people, sign_in_as):
    family, cora, dan, nursery = village_people
    make_limit(family, nursery, dan, cast["blackburn"])
    make_limit(family, cora, "Dan Away", cast["blackburn"])
    client, address = sign_in_as("blackburn"), reverse("village-map", args=[family.infants.get().pk])
    for who, shown in (("", True), (f"caregiver:{cora.pk}", True), (f"caregiver:{dan.pk}", False)):
        page = client.get(address, {"for": who}).content.decode()
        drawn = page[page.index("<svg class") :]
        assert ("Nell Key" in drawn) is shown, who
        assert ("Cora, mother" in drawn) is shown, who
        assert HIDDEN_ADDRESS not in page


def test_a_child_under_a_limit_has_no_map_for_the_excluded_person(cast, village_people, sign_in_as):
    family, _cora, dan, _nursery = village_people
    make_limit(family, None, dan, cast["blackburn"])
    client, address = sign_in_as("blackburn"), reverse("village-map", args=[family.infants.get().pk])
    page = client.get(address, {"for": f"caregiver:{dan.pk}"}).content.decode()
    assert "No map for this person" in page
    assert "<svg class" not in page
    assert client.get(address, {"for": "caregiver:1"}).status_code == 404


# ------------------------------------------------------------ the referrer's page
@pytest.fixture
def referral(cast, village_people):
    visitor = cast["healthvisitor"]
    return Referral.objects.create(
        reference="R-2026-00001",
        site=Site.objects.get(code="blackburn-with-darwen"),
        place=Place.objects.first(),
        family=village_people[0],
        entry_point="professional",
        source_code="A2",
        referrer=visitor,
        team=visitor.team,
        received_at=timezone.now(),
        decided_at=timezone.now(),
        permission="parent_agrees",
        noticed="Noticed",
        status="accepted",
        response="direct",
    )


def get_status_and_agreed_count(client, referral):
    """(status, what was agreed) on the referrer's page, and the same in the list and the API."""
    page = client.get(reverse("referral", args=[referral.pk])).content.decode()
    one = client.get(f"/api/v1/referrals/{referral.pk}/").json()
    listed = client.get("/api/v1/referrals/").json()["results"][0]
    assert one == listed
    assert all(words in page for words in (one["status"], one["next_step"], *one["agreed"]))
    assert one["status"] in client.get(reverse("my-referrals")).content.decode()
    return one["status"], len(one["agreed"])


def test_a_referrer_sees_what_is_agreed_and_nothing_once_it_is_withdrawn(
    cast, village_people, referral, sign_in_as
):
    family, cora, _dan, _nursery = village_people
    client, by = sign_in_as("healthvisitor"), cast["blackburn"]
    assert get_status_and_agreed_count(client, referral) == (
        "Accepted",
        0,
    )  # as the referral's own permission says
    agreed = make_agreement(family, cast["healthvisitor"].team, ["involved", "appointments"], cora, by)
    assert get_status_and_agreed_count(client, referral) == ("Accepted", 2)
    actions.withdraw_agreement(agreement=agreed, withdrawn_on=timezone.localdate(), reason="", by=by)
    assert get_status_and_agreed_count(client, referral) == ("Decided", 0)


@pytest.mark.parametrize("about", ["the family", "the baby"])
def test_a_limit_against_a_referrer_is_stronger_than_any_permission(
    cast, village_people, referral, sign_in_as, about
):
    family, cora, _dan, _nursery = village_people
    make_agreement(family, cast["healthvisitor"].team, ["involved"], cora, cast["blackburn"])
    make_limit(
        family,
        None if about == "the family" else family.infants.get(),
        cast["healthvisitor"].display_name,
        cast["blackburn"],
    )
    assert get_status_and_agreed_count(sign_in_as("healthvisitor"), referral) == ("Decided", 0)


def test_what_is_agreed_with_a_colleague_is_not_agreed_with_a_referrer(
    cast, village_people, referral, sign_in_as
):
    family, cora, _dan, nursery = village_people
    visitor, by = cast["healthvisitor"], cast["blackburn"]
    type(nursery).objects.filter(pk=nursery.pk).update(team=visitor.team)
    make_agreement(family, nursery, ["involved", "appointments", "plan"], cora, by)
    assert get_status_and_agreed_count(sign_in_as("healthvisitor"), referral) == ("Accepted", 0)
    make_limit(family, None, nursery, by)  # and a limit against whoever they may be holds
    assert get_status_and_agreed_count(sign_in_as("healthvisitor"), referral) == ("Decided", 0)


# ------------------------------------------------------------ a loss, a death
def test_a_letter_is_about_the_living_unless_somebody_says_so(cast, village_people, sign_in_as):
    family, _cora, dan, _nursery = village_people
    baby, address = family.infants.get(), reverse("new-letter", args=[family.pk])
    client, code = sign_in_as("blackburn"), f"infant:{baby.pk}"

    def list_ticked_boxes():
        return re.findall(r"<input[^>]*checked[^>]*>", client.get(address).content.decode())

    assert [code in box for box in list_ticked_boxes()] == [True]
    family.infants.update(lost_on=timezone.localdate(), loss="death")
    type(dan).objects.filter(pk=dan.pk).update(died_on=timezone.localdate())
    assert list_ticked_boxes() == []
    assert f'value="caregiver:{dan.pk}"' not in client.get(address).content.decode()
    dan.refresh_from_db()
    with pytest.raises(ActionRefused, match="died"):
        actions.begin_letter(family=family, to=dan, about=[baby], by=cast["blackburn"])
