"""What of the notes may be given to one carer: a row of the table each, and the same over a family's rows."""

from datetime import date
from uuid import UUID

import pytest
from django.utils import timezone

from interventions.episodes.actions import amend_note, mark_contact_in_error
from interventions.episodes.shareable_notes import NotePartFacts, list_shareable_notes, may_be_given
from pairs.families.models import Address, Caregiver, Dyad, Infant
from pairs.village.disclosure import DisclosureFacts, Limit, Matter, Recipient
from pairs.village.models import DisclosureLimit
from tests.unit.episodes.factories import make_contact, make_episode

TODAY = date(2026, 11, 20)
BABY, TWIN, MUM, DAD = (UUID(int=number) for number in range(1, 5))
CORA = Recipient(caregiver_id=MUM, cares_for=frozenset([BABY]))
LIMIT_ON_BABY = Limit(infant_id=BABY, not_to_caregiver_id=MUM)
LIMIT_ON_EVERYTHING = Limit(not_to_caregiver_id=MUM)
DADS_ADDRESS = Matter("address", caregiver_id=DAD, words=("7 Quiet Lane",))


@pytest.mark.parametrize(
    ("part", "known", "only", "given"),
    [
        # the baby, and another baby that she does not care for
        (NotePartFacts("infant", infant_id=BABY), DisclosureFacts(), False, True),
        (NotePartFacts("infant", infant_id=TWIN), DisclosureFacts(), False, False),
        (NotePartFacts("infant", infant_id=BABY), DisclosureFacts(limits=(LIMIT_ON_BABY,)), False, False),
        # a dyad: hers, and the same baby's with the other carer
        (NotePartFacts("dyad", infant_id=BABY, caregiver_id=MUM), DisclosureFacts(), False, True),
        (NotePartFacts("dyad", infant_id=BABY, caregiver_id=DAD), DisclosureFacts(), False, False),
        (
            NotePartFacts("dyad", infant_id=BABY, caregiver_id=MUM),
            DisclosureFacts(limits=(LIMIT_ON_BABY,)),
            False,
            False,
        ),
        # a carer alone: sealed from the other
        (NotePartFacts("caregiver", caregiver_id=MUM), DisclosureFacts(), False, True),
        (NotePartFacts("caregiver", caregiver_id=DAD), DisclosureFacts(), False, False),
        # the couple: for both together, never for one
        (NotePartFacts("couple"), DisclosureFacts(), False, False),
        (NotePartFacts("couple"), DisclosureFacts(), True, False),
        # the family: only where nobody else is in it
        (NotePartFacts("family"), DisclosureFacts(), False, False),
        (NotePartFacts("family"), DisclosureFacts(), True, True),
        (NotePartFacts("family"), DisclosureFacts(limits=(LIMIT_ON_EVERYTHING,)), True, False),
        # from a carer's own record as a patient
        (NotePartFacts("infant", infant_id=BABY, patient_id=DAD), DisclosureFacts(), False, False),
        (NotePartFacts("caregiver", caregiver_id=MUM, patient_id=DAD), DisclosureFacts(), False, False),
        (NotePartFacts("infant", infant_id=BABY, patient_id=MUM), DisclosureFacts(), False, True),
        (NotePartFacts("caregiver", caregiver_id=MUM, patient_id=MUM), DisclosureFacts(), False, True),
        # words that would tell where the other carer lives
        (
            NotePartFacts("infant", infant_id=BABY, text="Met at 7 Quiet Lane."),
            DisclosureFacts(matters=(DADS_ADDRESS,)),
            False,
            False,
        ),
        (
            NotePartFacts("infant", infant_id=BABY, text="Met at the hub."),
            DisclosureFacts(matters=(DADS_ADDRESS,)),
            False,
            True,
        ),
    ],
)
def test_what_may_be_given_to_a_carer(part, known, only, given):
    verdict = may_be_given(part, CORA, TODAY, known, only_carer=only)
    assert bool(verdict) is given
    assert verdict.why


# ---------------------------------------------------------------- over rows


@pytest.fixture
def me(cast):
    return cast["blackburn"]


@pytest.fixture
def father(episode):
    """Separated from the mother; he cares for the baby too."""
    dad = Caregiver.objects.create(family=episode.family, given_name="Dan", family_name="Doe")
    baby = episode.family.infants.get()
    Dyad.objects.create(family=episode.family, infant=baby, caregiver=dad, relationship="father")
    Address.objects.create(family=episode.family, caregiver=dad, lines="7 Quiet Lane", postcode="ZQ1 1AB")
    return dad


def list_shareable_texts(carer, **which):
    return [note.text for note in list_shareable_notes(carer, on=timezone.localdate(), **which)]


def record_note(episode, me, text, about, **other):
    return make_contact(episode, me, notes={"happened": text}, subjects={"happened": about}, **other)


def test_each_of_separated_parents_is_given_their_own(me, episode, father):
    mother, baby = episode.family.caregivers.get(given_name="Cora"), episode.family.infants.get()
    hers, his = (Dyad.objects.get(caregiver=each) for each in (mother, father))
    for text, about in [
        ("Of the baby", baby), ("Of hers", hers), ("Of his", his), ("Of Cora", mother), ("Of Dan", father),
        ("Of both", "couple"), ("Of all", "family"), ("Baby at 7 Quiet Lane", baby),
    ]:  # fmt: skip
        record_note(episode, me, text, about)
    assert list_shareable_texts(mother) == ["Of the baby", "Of hers", "Of Cora"]
    assert list_shareable_texts(father) == ["Of the baby", "Of his", "Of Dan", "Baby at 7 Quiet Lane"]
    assert list_shareable_texts(mother, infant_id=baby.pk) == ["Of the baby", "Of hers"]


def test_of_twins_each_alone(me):
    episode = make_episode(me, infants=2)
    one, other = episode.family.infants.order_by("twin_order")
    carer = episode.family.caregivers.get()
    for baby in (one, other):
        record_note(episode, me, f"Of {baby}", baby)
    assert list_shareable_texts(carer, infant_id=one.pk) == [f"Of {one}"]
    assert list_shareable_texts(carer) == [f"Of {one}", f"Of {other}"]


def test_unsigned_uncountersigned_or_withdrawn_notes_are_given_to_nobody(cast, me, episode):
    carer, baby = episode.family.caregivers.get(), episode.family.infants.get()
    record_note(episode, me, "Unsigned", baby, sign=False)
    record_note(episode, cast["trainee"], "Not yet countersigned", baby)
    mark_contact_in_error(contact=record_note(episode, me, "Wrong", baby), reason="x", by=me)
    amended = record_note(episode, me, "As it was", baby).notes.get()
    amend_note(part=amended, text="As it is", reason="x", by=me)
    assert list_shareable_texts(carer) == ["As it is"]


def test_notes_about_an_adopted_or_limited_baby_are_left_out(me, episode, father):
    mother, baby = episode.family.caregivers.get(given_name="Cora"), episode.family.infants.get()
    record_note(episode, me, "Of the baby", baby)
    DisclosureLimit.objects.create(
        family=episode.family,
        infant=baby,
        not_to_caregiver=father,
        reason="Court",
        since=TODAY,
        recorded_by=me,
    )
    assert (list_shareable_texts(mother), list_shareable_texts(father)) == (["Of the baby"], [])


def test_another_familys_episodes_are_never_in_it(me, episode):
    elsewhere = make_episode(me, reference="E")
    record_note(elsewhere, me, "Elsewhere", elsewhere.family.infants.get())
    carer = episode.family.caregivers.get()
    assert list_shareable_texts(carer) == list_shareable_texts(carer, episodes=[elsewhere]) == []
    assert Infant.objects.count() == 2
