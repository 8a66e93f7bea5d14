"""From a request to a copy that was handed over: what has to come first, what is decided, what the copy says."""

import io
import json

import pypdf
import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from pairs.documents.actions import make_pdf
from pairs.jobs.actions import claim_job
from pairs.service.refusals import ActionRefused
from pairs.subject_access.actions import answer_check, ask_for_harm_view, close_request, extend_request
from pairs.subject_access.choices import (
    CheckAnswer,
    CheckKind,
    Decision,
    HarmFinding,
    RequestStatus,
    WithheldBecause,
)
from pairs.subject_access.copies import (
    decide_entry,
    decide_section,
    find_bundle_obstacles,
    hand_over_bundle,
    make_bundle,
    request_gathering,
    suggest_left_out_words,
)
from pairs.subject_access.models import BundleEntry, DisclosureCheck
from pairs.subject_access.rules import EXEMPT
from tests.unit.episodes.factories import make_contact, make_episode
from tests.unit.subject_access.factories import (
    answer_all_checks,
    gather,
    give_everything,
    give_view,
    make_request,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def governance(cast):
    cast["governance"].email = "governance@pairs.example"
    cast["governance"].save()
    return cast["governance"]


@pytest.fixture
def worked_with(cast):
    """The family of an episode with one contact."""
    episode = make_episode(cast["blackburn"])
    make_contact(episode, cast["blackburn"])
    return episode.family


@pytest.fixture
def gathered(worked_with, governance):
    """A carer's request whose entries wait for their decisions."""
    asked = make_request(worked_with, worked_with.caregivers.get(), governance)
    answer_all_checks(asked, governance)
    gather(asked)
    return asked


def make_whole_bundle(asked, cast, words=""):
    give_view(asked, cast["blackburn"], cast["governance"])
    give_everything(asked, cast["governance"])
    return make_bundle(access_request=asked, left_out_words=words, by=cast["governance"])


def render(bundle):
    """Its PDF, as the worker makes it."""
    make_pdf(claim_job(bundle.job_id, timezone.now()))
    bundle.refresh_from_db()
    return "\n".join(
        page.extract_text() for page in pypdf.PdfReader(io.BytesIO(bytes(bundle.job.file))).pages
    )


def test_nothing_is_gathered_before_identity_and_every_check(worked_with, governance):
    infant = worked_with.infants.get()
    asked = make_request(worked_with, infant, governance, identity_shown_on=None, identity_how="")
    with pytest.raises(ActionRefused, match="identity") as refused:
        request_gathering(access_request=asked)
    assert "Sealed adoption records" in str(refused.value)
    answer_all_checks(asked, governance)
    asked.change(identity_shown_on=timezone.localdate(), identity_how="Passport seen")
    stop = DisclosureCheck.objects.get(access_request=asked, kind=CheckKind.SAFEGUARDING)
    answer_check(check=stop, answer=CheckAnswer.STOPS, note="The court forbids it", by=governance)
    with pytest.raises(ActionRefused, match="no copy may be given"):
        request_gathering(access_request=asked)


def test_nothing_that_is_held_is_given_without_a_decision(gathered, cast):
    waiting = BundleEntry.objects.undecided().count()
    assert waiting > 3
    give_view(gathered, cast["blackburn"], cast["governance"])
    with pytest.raises(ActionRefused, match=f"Decide {waiting} more"):
        make_bundle(access_request=gathered, left_out_words="", by=cast["governance"])


def test_no_copy_without_a_practitioners_view_which_is_heeded(gathered, cast):
    give_everything(gathered, cast["governance"])
    with pytest.raises(ActionRefused, match="practitioner"):
        make_bundle(access_request=gathered, left_out_words="", by=cast["governance"])
    give_view(gathered, cast["blackburn"], cast["governance"], finding=HarmFinding.SOME)
    with pytest.raises(ActionRefused, match="Withhold these"):
        make_bundle(access_request=gathered, left_out_words="", by=cast["governance"])
    entry = BundleEntry.objects.filter(access_request=gathered).last()
    reason = {"withheld_because": WithheldBecause.HARM, "why": "As the practitioner says"}
    decide_entry(entry=entry, decision=Decision.WITHHOLD, by=cast["governance"], **reason)
    assert find_bundle_obstacles(gathered) == []


def test_only_a_practitioner_who_opens_the_record_is_asked(gathered, cast):
    with pytest.raises(ActionRefused, match="cannot open"):
        ask_for_harm_view(access_request=gathered, person=cast["hyndburn"], by=cast["governance"])


def test_the_copy_says_what_was_given_and_never_what_was_left_out(gathered, cast, governance):
    entries = list(BundleEntry.objects.filter(access_request=gathered))
    notes = [each for each in entries if each.section == "Notes"]
    held, struck = notes[0], next(each for each in entries if each.section == "Relationships")
    reason = {"withheld_because": WithheldBecause.HARM, "why": "A secret reason"}
    decide_entry(entry=held, decision=Decision.WITHHOLD, by=governance, **reason)
    decide_entry(
        entry=struck, decision=Decision.STRIKE, given_text="Mother of [struck out]", by=governance,
        withheld_because=WithheldBecause.OTHER_PERSON, why="Names another child",
    )  # fmt: skip
    words = suggest_left_out_words(gathered)
    assert EXEMPT in words
    bundle = make_whole_bundle(gathered, cast, words)
    told, printed = json.dumps(bundle.content, ensure_ascii=False), render(bundle)
    for text in (told, printed.replace("\n", " ")):
        assert "Mother of [struck out]" in text
        assert "Cora" in text
        assert "1 Example Street" in text
        assert not [
            each for each in ("A secret reason", "Names another child", "serious harm") if each in text
        ]
        assert "an exemption in data protection law" in text
    assert held.text not in told
    withheld_words = {line for _, line in held.lines if len(line) > 15}
    kept_words = {line for each in entries if each.pk != held.pk for _, line in each.lines}
    assert not [each for each in withheld_words - kept_words if each in printed]


def test_the_pdf_is_tagged_and_the_copy_is_frozen(gathered, cast, governance):
    bundle = make_whole_bundle(gathered, cast)
    render(bundle)
    assert b"pdfuaid" in bytes(bundle.job.file) or "/MarkInfo" in str(
        pypdf.PdfReader(io.BytesIO(bytes(bundle.job.file))).trailer["/Root"]
    )
    before = dict(bundle.content)
    entry = BundleEntry.objects.filter(access_request=gathered, section="Notes").first()
    reason = {"withheld_because": WithheldBecause.CONFIDENCE, "why": "Asked not to"}
    decide_entry(entry=entry, decision=Decision.WITHHOLD, by=governance, **reason)
    bundle.refresh_from_db()
    assert bundle.content == before
    with pytest.raises(ActionRefused, match="decision has changed"):
        hand_over_bundle(
            bundle=bundle,
            handed_on=timezone.localdate(),
            handed_how="In person",
            handed_to="Cora",
            by=governance,
        )


def test_what_was_left_out_has_to_be_told(gathered, cast, governance):
    entry = BundleEntry.objects.filter(access_request=gathered).first()
    reason = {"withheld_because": WithheldBecause.LAW, "why": "An order"}
    decide_entry(entry=entry, decision=Decision.WITHHOLD, by=governance, **reason)
    with pytest.raises(ActionRefused, match="what was left out"):
        make_whole_bundle(gathered, cast)


def test_handing_over_closes_the_request_for_good(gathered, cast, governance):
    bundle = make_whole_bundle(gathered, cast)
    handed = {"handed_on": timezone.localdate(), "handed_how": "In person", "handed_to": "Cora Carer"}
    with pytest.raises(ActionRefused, match="not ready"):
        hand_over_bundle(bundle=bundle, by=governance, **handed)
    render(bundle)
    hand_over_bundle(bundle=bundle, by=governance, **handed)
    gathered.refresh_from_db()
    assert gathered.status == RequestStatus.HANDED_OVER
    entry = BundleEntry.objects.filter(access_request=gathered).first()
    for act in (
        lambda: decide_entry(entry=entry, decision=Decision.GIVE, by=governance),
        lambda: make_bundle(access_request=gathered, left_out_words="", by=governance),
        lambda: extend_request(
            access_request=gathered, because="It is complex", told_on=timezone.localdate(), by=governance
        ),
    ):
        with pytest.raises(ActionRefused, match="already been closed"):
            act()


def test_a_section_is_decided_at_once_and_leaves_what_was_decided(gathered, governance):
    first, *others = BundleEntry.objects.filter(access_request=gathered, section="Notes")
    reason = {"withheld_because": WithheldBecause.CONFIDENCE, "why": "Asked not to"}
    decide_entry(entry=first, decision=Decision.WITHHOLD, by=governance, **reason)
    decide_section(access_request=gathered, section="Notes", decision=Decision.GIVE, by=governance)
    decisions = BundleEntry.objects.filter(access_request=gathered, section="Notes").values_list(
        "decision", flat=True
    )
    assert list(decisions) == [Decision.WITHHOLD, *[Decision.GIVE] * len(others)]
    with pytest.raises(ActionRefused):
        decide_section(access_request=gathered, section="Notes", decision=Decision.STRIKE, by=governance)


def test_a_refusal_says_when_they_were_told(gathered, governance):
    with pytest.raises(ActionRefused, match="told them"):
        close_request(
            access_request=gathered, status="refused", because="Not a parent", told_on=None, by=governance
        )
    close_request(
        access_request=gathered,
        status="refused",
        because="Not a parent",
        told_on=timezone.localdate(),
        by=governance,
    )
    gathered.refresh_from_db()
    assert gathered.status == RequestStatus.REFUSED
    assert not gathered.is_open


def test_governance_hears_of_it_without_a_name(worked_with, cast, governance):
    asked = make_request(worked_with, worked_with.caregivers.get(), cast["blackburn"])
    told = next(message for message in mail.outbox if message.to == ["governance@pairs.example"])
    assert reverse("subject-access-request", args=[asked.pk]) in told.body
    assert "Cora" not in told.subject + told.body
