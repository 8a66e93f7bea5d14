"""Merging: what becomes of each kind of row, what is refused, and undoing it when something came later."""

from datetime import date, timedelta

import pytest
from django.apps import apps
from django.db import DatabaseError, models, transaction
from django.utils import timezone

from interventions.episodes.models import NotePart
from pairs.families.actions import grant_family_access
from pairs.families.models import (
    Address,
    Caregiver,
    Caution,
    Dyad,
    Family,
    FamilyGrant,
    FamilyMove,
    Infant,
)
from pairs.matching.actions import merge_families, tell_apart, unmerge
from pairs.matching.consequences import describe_merge_consequences, describe_moved_rows
from pairs.matching.merge_targets import find_merge_target
from pairs.matching.models import MergeStep
from pairs.matching.referring_rows import UNMOVED_KEYS, get_key_label, is_history, list_keys_to
from pairs.service.models import Site
from pairs.service.refusals import ActionRefused
from tests.unit.episodes.factories import make_contact, make_episode
from tests.unit.families.factories import make_family
from tests.unit.matching.factories import (
    get_only,
    list_babies,
    make_family_twice,
    merge_with_families,
    update_only_baby,
)

pytestmark = pytest.mark.django_db
get_now = timezone.now
TARGETS = (Family, Infant, Caregiver, Dyad)


@pytest.fixture
def me(cast):
    return cast["blackburn"]


# ---------------------------------------------------------------- every key of the registry


def list_keys():
    return [key for target in TARGETS for key in list_keys_to(target)]


def test_every_key_to_a_person_or_family_is_known_to_merging():
    found = {
        get_key_label(field)
        for model in apps.get_models(include_auto_created=True)
        if not model._meta.proxy and model._meta.managed and not is_history(model)
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey) and field.related_model in TARGETS
    }
    assert found == {get_key_label(key) for key in list_keys()} | set(UNMOVED_KEYS)
    assert len(found) > 25


@pytest.mark.parametrize("key", list_keys(), ids=get_key_label)
def test_no_trigger_prevents_moving_a_key(key):
    """A table that is append-only may have no key to a person or family, or stands in STAYS with its reason."""
    for trigger in getattr(key.model._meta, "triggers", []):
        operation = str(getattr(trigger, "operation", ""))
        if type(trigger).__name__ == "Protect" and "UPDATE" in operation:
            assert " OF " in operation, f"{get_key_label(key)}: the table takes no change at all"
            columns = operation.partition(" OF ")[2].replace('"', "").split(",")
            assert key.column not in {column.strip() for column in columns}, get_key_label(key)


# ---------------------------------------------------------------- what becomes of the rows


def test_one_babys_two_records_become_one_with_their_families(me):
    first, second = make_family_twice()
    baby, again = get_only(first.infants), get_only(second.infants)
    again.family_name, again.nhs_number, again.nhs_number_status = "Carer", "9990001235", "02"
    again.save()
    done = merge_with_families(baby, again, me)
    baby.refresh_from_db()
    assert (baby.family_name, baby.nhs_number, baby.nhs_number_status) == ("Carer", "9990001235", "02")
    assert Family.objects.live().filter(pk__in=(first.pk, second.pk)).get() == first
    assert first.caregivers.count() == 2
    assert first.infants.live().count() == 1
    assert (find_merge_target(again.pk), find_merge_target(second.pk), find_merge_target(baby.pk)) == (
        baby.pk,
        first.pk,
        None,
    )
    assert {"1 relationship", "1 baby", "1 family"} <= set(describe_moved_rows(done))


def test_two_dyads_that_become_the_same_are_merged_with_what_hangs_on_them(me):
    episode = make_episode(me, reference="A")
    family = episode.family
    carer, dyad = get_only(family.caregivers), get_only(family.dyads)
    again = Caregiver.objects.create(family=family, given_name="Cora")
    double = Dyad.objects.create(
        family=family, infant=dyad.infant, caregiver=again, relationship="mother", main_carer=True,
        parental_responsibility="yes", lives_with=True,
    )  # fmt: skip
    episode.focus.add(double)
    contact = make_contact(episode, me)
    note = contact.notes.first()
    NotePart.objects.filter(pk=note.pk).update(dyad=double)
    done = merge_with_families(carer, again, me)
    dyad.refresh_from_db()
    double.refresh_from_db()
    assert double.sealed_at
    assert (dyad.parental_responsibility, dyad.lives_with) == ("yes", True)
    assert list(episode.focus.all()) == [dyad]
    assert NotePart.objects.get(pk=note.pk).dyad == dyad
    assert set(done.steps.values_list("what", flat=True)) == {"moved", "filled", "sealed", "dropped"}
    unmerge(merge=done, by=me, reason="Two sisters")
    dyad.refresh_from_db()
    assert dyad.parental_responsibility == "unknown"
    assert set(episode.focus.all()) == {dyad, double}


def test_somebody_is_at_a_contact_once(me):
    episode = make_episode(me, reference="A")
    carer = get_only(episode.family.caregivers)
    again = Caregiver.objects.create(family=episode.family, given_name="Cora")
    contact = make_contact(episode, me)
    assert contact.participants.filter(caregiver=again).exists()
    done = merge_with_families(carer, again, me)
    assert contact.participants.live().exclude(caregiver=None).count() == 1
    unmerge(merge=done, by=me, reason="Two sisters")
    assert contact.participants.live().exclude(caregiver=None).count() == 2


def test_signed_text_stays_and_only_its_keys_move(me):
    episode = make_episode(me, reference="A")
    contact = make_contact(episode, me)
    again = make_family(reference="B")
    NotePart.objects.filter(care_contact=contact).update(infant=get_only(again.infants))
    before = set(contact.notes.values_list("text", "signed_at"))
    merge_with_families(get_only(episode.family.infants), get_only(again.infants), me)
    assert set(contact.notes.values_list("text", "signed_at")) == before
    assert {note.infant for note in contact.notes.all()} == {get_only(episode.family.infants.live())}
    with pytest.raises(DatabaseError), transaction.atomic():
        contact.notes.update(text="Other words")


def test_duplicate_addresses_and_grants_become_one(me, cast):
    first, second = make_family_twice()
    for family in (first, second):
        grant_family_access(family=family, user=cast["hub"], purpose="care", reason="Co-work", by=me)
    merge_with_families(get_only(first.caregivers), get_only(second.caregivers), me)
    assert Address.objects.live().filter(family=first).count() == 1
    assert FamilyGrant.objects.filter(family=first, user=cast["hub"]).count() == 1


def test_access_to_an_open_family_is_no_access_to_a_restricted_one(me, cast):
    kept, merged = make_family(reference="A", restricted=True), make_family(reference="B")
    grant_family_access(family=merged, user=cast["hyndburn"], purpose="care", reason="Co-work", by=me)
    done = merge_families(kept=kept, merged=merged, reason="One family", by=me)
    assert not FamilyGrant.objects.filter(family=kept)
    unmerge(merge=done, by=me, reason="Two")
    assert FamilyGrant.objects.filter(family=merged).count() == 1


def test_conflicting_values_need_a_choice(me):
    first, second = make_family_twice()
    one, other = get_only(first.caregivers), get_only(second.caregivers)
    Caregiver.objects.filter(pk=other.pk).update(phone="01632 960002", may_call=False, language="Urdu")
    Caregiver.objects.filter(pk=one.pk).update(may_call=True)
    merge_with_families(one, other, me, choices={"phone": "merged", "language": "kept"})
    one.refresh_from_db()
    assert (one.phone, one.may_call, one.language) == ("01632 960002", False, "Urdu")


def test_a_single_baby_takes_the_twin_it_turns_out_to_have(me):
    single, twins = make_family(reference="A"), make_family(reference="B", infants=2)
    baby, (first, second) = get_only(single.infants), list_babies(twins)
    merge_with_families(baby, first, me)
    baby.refresh_from_db()
    assert (baby.plurality, baby.twin_order, baby.pregnancy) == (2, 1, first.pregnancy)
    assert second.family_id == twins.pk
    second.refresh_from_db()
    assert second.family_id == single.pk


# ---------------------------------------------------------------- what is refused


@pytest.mark.parametrize(
    ("mine", "theirs", "words"),
    [
        ({}, {"lost_on": date(2026, 7, 1), "loss": "death"}, "has died"),
        ({}, {"sealed_at": get_now()}, "no longer in use"),
        ({"entered_in_error_at": get_now()}, {}, "no longer in use"),
        (
            {"nhs_number": "9990001235", "nhs_number_status": "01"},
            {"nhs_number": "9990001243", "nhs_number_status": "01"},
            "traced and verified",
        ),
    ],
)
def test_two_babies_that_cannot_be_one(me, mine, theirs, words):
    first, second = make_family_twice()
    with pytest.raises(ActionRefused, match=words):
        merge_with_families(update_only_baby(first, **mine), update_only_baby(second, **theirs), me)
    assert not MergeStep.objects.exists()


def test_twins_a_baby_with_a_carer_and_a_record_with_itself_are_refused(me):
    family = make_family(infants=2)
    one, other = list_babies(family)
    Infant.objects.update(pregnancy=one.pregnancy)
    for kept, merged, words in (
        (one, other, "born together"),
        (one, get_only(family.caregivers), "cannot be the same person"),
        (one, one, "are the same record"),
    ):
        with pytest.raises(ActionRefused, match=words):
            merge_with_families(kept, merged, me)


def test_families_that_cannot_be_one(me):
    def try_refused_merge(words, **families):
        first = make_family(reference=f"A{words}"[:9], **families)
        second = make_family(reference=f"B{words}"[:9])
        yield first, second
        with pytest.raises(ActionRefused, match=words):
            merge_families(kept=second, merged=first, reason="One", by=me)

    for _ in try_refused_merge("Keep the restricted", restricted=True):
        pass
    for first, _ in try_refused_merge("foster"):
        first.dyads.update(relationship="foster_carer")
    for first, second in try_refused_merge("being moved"):
        FamilyMove.objects.create(
            family=first, from_site=second.site, to_site=Site.objects.hub(), reason="Moved", offered_by=me,
            offered_at=get_now(),
        )  # fmt: skip


def test_two_families_are_merged_only_on_request(me):
    first, second = make_family_twice()
    with pytest.raises(ActionRefused, match="two families"):
        merge_with_families(get_only(first.infants), get_only(second.infants), me, families_too=False)
    with pytest.raises(ActionRefused) as no:
        merge_with_families(get_only(first.infants), get_only(second.infants), me, reason=" ")
    assert list(no.value.errors) == ["reason"]


def test_people_to_be_kept_apart_are_never_merged(me):
    first, second = make_family_twice()
    one, other = get_only(first.caregivers), get_only(second.caregivers)
    Caution.objects.create(
        family=first,
        kind="keep_apart",
        caregiver=one,
        kept_from=other,
        what="Court order",
        since=date(2026, 1, 1),
    )
    with pytest.raises(ActionRefused, match="kept apart"):
        merge_with_families(one, other, me)


def test_families_of_people_kept_apart_are_never_merged(me):
    first, second = make_family(reference="A"), make_family(reference="B")
    caution = Caution.objects.create(
        family=first, kind="keep_apart", infant=get_only(first.infants), kept_from=get_only(second.caregivers),
        what="Court order", since=date(2026, 1, 1),
    )  # fmt: skip
    for kept, merged in ((first, second), (second, first)):
        with pytest.raises(ActionRefused, match="keeps someone"):
            merge_families(kept=kept, merged=merged, reason="One", by=me)
    caution.until = date(2026, 2, 1)
    caution.save()
    assert merge_families(kept=first, merged=second, reason="One", by=me)


def test_a_caution_against_a_name_in_the_other_record_is_shown_before_merging(me):
    first, second = make_family(reference="A"), make_family(reference="B")
    Caregiver.objects.filter(family=second).update(given_name="Danny", family_name="Away")
    Caution.objects.create(
        family=first, kind="keep_apart", caregiver=get_only(first.caregivers), kept_from_name="Dany Away",
        what="Court order", since=date(2026, 1, 1),
    )  # fmt: skip
    said = describe_merge_consequences(get_only(first.infants), get_only(second.infants))
    assert any("apart from Dany Away" in line for line in said)
    assert any(
        "apart from Dany Away" in line
        for line in describe_merge_consequences(get_only(second.infants), get_only(first.infants))
    )


def test_different_restrictions_are_never_lost(me):
    family = make_family()
    dyad = get_only(family.dyads)
    Dyad.objects.update(restrictions="Supervised contact only")
    again = Caregiver.objects.create(family=family, given_name="Cora")
    Dyad.objects.create(
        family=family, infant=dyad.infant, caregiver=again, relationship="mother", restrictions="No contact"
    )
    with pytest.raises(ActionRefused, match="Supervised contact only"):
        merge_with_families(dyad.caregiver, again, me)


def test_values_that_do_not_fit_together_are_refused_whole(me):
    first, second = make_family_twice()
    update_only_baby(first, loss="death", lost_on=date(2026, 7, 1))
    update_only_baby(second, loss="stillbirth", lost_on=date(2026, 6, 1), plurality=3, twin_order=3)
    done = merge_with_families(
        get_only(first.infants), get_only(second.infants), me, choices={"lost_on": "merged"}
    )
    kept = Infant.objects.get(pk=done.kept_id)
    assert (kept.loss, kept.lost_on) == ("stillbirth", date(2026, 6, 1))


def test_no_merge_crosses_an_adoption(me):
    """The sealed birth identity stays in the family it was sealed in, and no merge can name it."""
    first, second = make_family_twice()
    sealed = Infant.objects.create(
        family=second,
        reference="PI-BIRTH",
        birth_date=date(2026, 6, 1),
        sealed_at=get_now() - timedelta(days=9),
    )
    merge_with_families(get_only(first.infants), second.infants.live().get(), me)
    sealed.refresh_from_db()
    assert sealed.family_id == second.pk
    with pytest.raises(ActionRefused, match="no longer in use"):
        merge_with_families(first.infants.live().get(), sealed, me)


def test_the_consequences_are_shown_before_merging(me):
    first, second = make_family_twice(other_site="hyndburn")
    Infant.objects.filter(family=second).update(family_name="Hussain")
    told = " ".join(describe_merge_consequences(get_only(first.infants), get_only(second.infants)))
    for words in ("1 relationship", "Family name", "the two families become one", "Hyndburn", "undone"):
        assert words in told


def test_a_pair_told_apart_is_of_one_kind(me):
    family = make_family()
    with pytest.raises(ActionRefused):
        tell_apart(one=get_only(family.infants), other=get_only(family.caregivers), reason="Two", by=me)
