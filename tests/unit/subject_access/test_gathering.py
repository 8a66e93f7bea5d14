"""What enters a copy: everything about the person, nothing of another relationship, carer or family."""

from datetime import timedelta
from random import Random

import pytest
from django.utils import timezone

from interventions.episodes.models import Goal, NotePart
from pairs.families.actions import record_adoption
from pairs.families.models import Address, Caregiver, Dyad, Infant
from pairs.service.models import Site
from pairs.subject_access.choices import Decision, HeldBecause
from pairs.subject_access.gathering import find_entries, find_subject
from pairs.subject_access.models import BundleEntry
from pairs.web.formats import format_day
from tests.unit.episodes.factories import make_contact, make_episode
from tests.unit.families.factories import make_family
from tests.unit.subject_access.factories import answer_all_checks, gather, make_request

pytestmark = pytest.mark.django_db


def find_text(family, person):
    """Everything that a copy for this person would hold before anything is decided."""
    found = find_entries(find_subject(family, person), lambda per_cent, stage: None)
    return "\n".join(f"{label}: {words}" for each in found for label, words in each.lines)


def write_part(contact, text, **about):
    """One more part of the contact's note."""
    return NotePart.objects.create(
        care_contact=contact, part="happened", text=text, written_by=contact.notes.first().written_by, **about
    )


def mark_people(family, number, random):
    """Carers and half-siblings at random: {person: words that stand in what is about them}, and of each dyad."""
    words = {}
    carers = [family.caregivers.first()]
    infants = [family.infants.first()]
    for each in range(random.randint(1, 3)):
        carers.append(Caregiver.objects.create(family=family, given_name=f"Carer{number}x{each}"))
    for each in range(random.randint(1, 3)):
        infants.append(
            Infant.objects.create(
                family=family,
                reference=f"PI-H{number}-{each}",
                given_name=f"Half{number}x{each}",
                birth_date=timezone.localdate() - timedelta(days=300),
            )
        )
    for infant in infants:
        for carer in random.sample(carers, random.randint(1, len(carers))):
            dyad, _ = Dyad.objects.get_or_create(
                family=family, infant=infant, caregiver=carer, defaults={"relationship": "other"}
            )
            words[dyad] = f"words{number}of{infant.given_name}and{carer.given_name}end"
    return carers, infants, words


def write_about_dyads(episode, contact, words):
    for dyad, text in words.items():
        Goal.objects.create(episode=episode, dyad=dyad, words=text, set_on=timezone.localdate())
        write_part(contact, text, dyad=dyad)
        Dyad.objects.filter(pk=dyad.pk).update(restrictions=text)


def test_other_relationships_and_families_never_enter_whatever_the_family_is_like(cast):
    """Random families that share carers and have half-siblings, each beside the others."""
    random, all_words, families = Random(20261130), {}, []
    for number in range(4):
        episode = make_episode(cast["blackburn"], reference=f"F{number}")
        contact = make_contact(episode, cast["blackburn"])
        carers, infants, words = mark_people(episode.family, number, random)
        write_about_dyads(episode, contact, words)
        families.append((episode.family, carers, infants, words))
        all_words |= words
    # A carer of one family also brings up a child of another: their relationship is that other family's.
    shared = Dyad.objects.create(
        family=families[1][0],
        infant=families[1][2][0],
        caregiver=families[0][1][0],
        relationship="other",
        restrictions="sharedwords",
    )
    asked = 0
    for family, carers, infants, words in families:
        for person in (*carers, *infants):
            text = find_text(family, person)
            own = {each for dyad, each in words.items() if person in (dyad.infant, dyad.caregiver)}
            assert {each for each in own if each not in text} == set(), "what is theirs is all there"
            assert {each for each in set(all_words.values()) - own if each in text} == set()
            assert ("sharedwords" in text) == (person == shared.infant and family == shared.family)
            asked += 1
    assert asked > 15


def test_a_babys_copy_holds_back_what_is_about_a_carer_alone(me):
    episode = make_episode(me)
    contact = make_contact(episode, me)
    family, infant, carer = episode.family, episode.family.infants.get(), episode.family.caregivers.get()
    write_part(contact, "Her own mother died", caregiver=carer)
    found = {each.row.pk: each for each in find_entries(find_subject(family, infant), lambda *_: None)}
    address = Address.objects.get(family=family)
    assert found[address.pk].held_because == HeldBecause.CARER_ONLY
    part = NotePart.objects.get(text="Her own mother died")
    assert found[part.pk].held_because == HeldBecause.CARER_ONLY
    assert found[infant.pk].held_because == HeldBecause.OTHERS, "it says who carried the baby"
    Infant.objects.filter(pk=infant.pk).update(carried_by=None)
    found = {each.row.pk: each for each in find_entries(find_subject(family, infant), lambda *_: None)}
    assert found[infant.pk].held_because is None


def test_a_carers_note_at_anothers_contact_is_not_in_a_babys_copy(me):
    """A half-sibling's visit, without this baby: what their mother said there is no part of this baby's record."""
    episode = make_episode(me, infants=2)
    first, second = episode.family.infants.order_by("twin_order")
    contact = make_contact(episode, me)
    contact.participants.filter(infant=second).delete()
    carer = episode.family.caregivers.get()
    write_part(contact, "Said at that visit", caregiver=carer)
    assert "Said at that visit" in find_text(episode.family, first)
    assert "Said at that visit" not in find_text(episode.family, second)
    assert "Said at that visit" in find_text(episode.family, carer)


def test_a_carers_copy_has_neither_the_baby_nor_another_carer(me):
    episode = make_episode(me)
    family, carer = episode.family, episode.family.caregivers.get()
    other = Caregiver.objects.create(family=family, given_name="Otherwise", safe_contact="Ring his work")
    Address.objects.create(family=family, caregiver=other, lines="9 Hidden Lane", kind="refuge")
    Infant.objects.filter(family=family).update(said_as="bay-bee")
    Caregiver.objects.filter(pk=carer.pk).update(ethnicity="H")
    text = find_text(family, carer)
    assert "01632 960001" in text
    assert "Indian" in text, "a code is said in words"
    assert "1 Example Street" in text
    assert not [each for each in ("Ring his work", "9 Hidden Lane", "bay-bee") if each in text]


def test_what_is_sealed_never_enters(cast):
    episode = make_episode(cast["blackburn"], infants=2)
    contact = make_contact(episode, cast["blackburn"])
    family, carer = episode.family, episode.family.caregivers.get()
    going, staying = family.infants.order_by("twin_order")
    write_part(contact, "Of the one who went", dyad=going.dyads.get())
    assert "Of the one who went" in find_text(family, carer)
    record_adoption(
        infant=going,
        adopted_on=timezone.localdate(),
        given_name="Wilfred",
        family_name="Newname",
        site=Site.objects.get(code="hyndburn"),
        by=cast["governance"],
    )
    for person in (carer, staying):
        text = find_text(family, person)
        assert not [each for each in ("Of the one who went", "Wilfred") if each in text]


def list_found(family, person):
    return list(find_entries(find_subject(family, person), lambda per_cent, stage: None))


def test_what_was_entered_in_error_waits_with_its_mark_and_reason(me):
    episode = make_episode(me)
    contact = make_contact(episode, me)
    carer = episode.family.caregivers.get()
    wrong, right = (write_part(contact, text, caregiver=carer) for text in ("Of a neighbour", "Of her"))
    wrong.enter_in_error(reason="Wrong record", by=me)
    found = {each.row.pk: each for each in list_found(episode.family, carer) if not each.version}
    assert found[wrong.pk].held_because == HeldBecause.IN_ERROR
    assert found[right.pk].held_because == HeldBecause.FREE_TEXT
    marked = dict(map(tuple, found[wrong.pk].lines))
    assert marked["Entered in error"] == format_day(wrong.entered_in_error_at)
    assert marked["Why it was entered in error"] == "Wrong record"
    assert "Of a neighbour" in marked.values()
    assert "Entered in error" not in dict(map(tuple, found[right.pk].lines))
    contact.enter_in_error(reason="Not this family", by=me)
    found = {each.row.pk: each for each in list_found(episode.family, carer) if not each.version}
    assert found[right.pk].held_because == HeldBecause.IN_ERROR
    assert found[right.pk].lines[0] == ["Entered in error", "Part of an entry that was entered in error"]


def list_earlier(family, person):
    return [each for each in list_found(family, person) if each.version]


def test_what_an_entry_said_before_waits_in_a_section_of_its_own(me):
    episode = make_episode(me)
    carer = episode.family.caregivers.get()
    for first_contact in ("After six", "Before noon", "Before noon"):
        carer.change(safe_contact=first_contact)
    found = [each for each in list_earlier(episode.family, carer) if each.row == carer]
    assert {(each.title, each.held_because) for each in found} == {("Earlier versions", HeldBecause.EARLIER)}
    lines = [dict(map(tuple, each.lines)) for each in found]
    assert [each for each in lines if "After six" in each.values()]
    assert not [each for each in lines if "Before noon" in each.values()], "it is so now, and in the entry"
    assert {each["Section"] for each in lines} == {"Carer’s details"}
    assert len({each.source_id for each in found} | {carer.pk}) == len(found) + 1


def test_a_version_that_was_about_someone_else_is_never_read(me):
    episode = make_episode(me, infants=2)
    contact = make_contact(episode, me)
    first, second = episode.family.dyads.order_by("infant__twin_order")
    part = write_part(contact, "Said of the second", dyad=second)
    part.change(dyad=first, text="Said of the first")
    part.change(text="Said of the first, more")
    texts = [words for each in list_earlier(episode.family, first.infant) for _, words in each.lines]
    assert "Said of the first" in texts
    assert "Said of the second" not in texts


def test_earlier_versions_and_errors_are_gathered_and_decided(cast):
    episode = make_episode(cast["blackburn"])
    carer = episode.family.caregivers.get()
    carer.change(safe_contact="After six")
    carer.change(safe_contact="Before noon")
    asked = make_request(episode.family, carer, cast["governance"])
    answer_all_checks(asked, cast["governance"])
    entries = gather(asked)
    earlier = [each for each in entries if each.section == "Earlier versions"]
    assert earlier
    assert entries[-len(earlier) :] == earlier, "they come last"
    assert {each.decision for each in earlier} == {""}


def test_the_worker_gathers_once_and_holds_what_is_about_others(cast):
    episode = make_episode(cast["blackburn"])
    contact = make_contact(episode, cast["blackburn"])
    carer = episode.family.caregivers.get()
    asked = make_request(episode.family, carer, cast["governance"])
    answer_all_checks(asked, cast["governance"])
    entries = gather(asked)
    assert asked.gathered_at
    assert asked.job.status == "done"
    assert [each.order for each in entries] == list(range(1, len(entries) + 1))
    assert {each.decision for each in entries if each.held_because} == {""}
    assert {each.decision for each in entries if not each.held_because} <= {Decision.GIVE}
    titles = {each.section for each in entries}
    assert {
        "Carer’s details",
        "Relationships",
        "Addresses",
        "Episodes of work",
        "Care contacts",
        "Notes",
    } <= titles
    write_part(contact, "Written later", caregiver=carer)
    assert BundleEntry.objects.filter(access_request=asked).count() == len(entries)


def test_another_familys_person_is_not_asked_for(cast):
    family, other = make_family(reference="A"), make_family(reference="B")
    assert find_text(family, other.caregivers.get()).count("Cora") == 0
