"""A carer's NHS number, the babies of a birth and who carried them: said in a referral, kept, and asked about."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from pairs.families.models import Caregiver, Infant
from pairs.service.refusals import ActionRefused
from referrals.actions.differences import list_open_differences, settle_differences
from referrals.actions.linking import MatchAnswerInput
from referrals.actions.named_people import add_named_caregiver, add_named_infant
from referrals.forms.people import BabyForm, CarerForm
from referrals.matching import find_possibly_known
from referrals.models import Referral, ReferredCaregiver
from referrals.rules.eligibility import find_carrier_errors, find_twin_errors
from tests.unit.families.factories import make_family
from tests.unit.referrals.factories import BORN, CARER, INFANT, make_test_referral
from tests.unit.referrals.test_match_answers import BABY_NAMED, CORA_NAMED, accept_with_matches, get_named_id

NUMBER, OTHER_NUMBER = "9990000018", "9990000026"
NUMBERED = CORA_NAMED | {"nhs_number": NUMBER}
OLIVER = INFANT | {
    "given_name": "Oliver",
    "family_name": "Carer",
    "birth_date": BORN,
    "estimated_due_date": None,
}
OTHER_MOTHER = CARER | {"given_name": "Beth", "main_carer": False, "phone": ""}


@pytest.fixture
def held(cast):
    return make_family(born=BORN)


def refer(cast, infants=(BABY_NAMED,), caregivers=(NUMBERED,)):
    made = make_test_referral(cast["healthvisitor"], infants=infants, caregivers=caregivers)
    return Referral.objects.with_people().get(pk=made.pk)


def link_all(referral, held, take=()):
    return [
        MatchAnswerInput(get_named_id(referral, "Baby1"), same=held.infants.get().pk),
        MatchAnswerInput(get_named_id(referral, "Cora"), same=held.caregivers.get().pk, take=take),
    ]


def list_waiting(referral):
    return list_open_differences(Referral.objects.with_people().get(pk=referral.pk))


# ---------------------------------------------------------------- a mother's NHS number


def test_a_mothers_number_goes_to_her_new_record_with_its_status(cast):
    referral = refer(cast)
    accept_with_matches(referral, cast["duty"])
    carer = Caregiver.objects.get(family=referral.family)
    assert (carer.nhs_number, carer.nhs_number_status) == (NUMBER, "02")


@pytest.mark.parametrize("status", ["03", "05"])
def test_beside_a_record_without_one_it_waits_to_be_chosen(cast, held, status):
    held.caregivers.update(nhs_number_status=status)
    referral = refer(cast)
    accept_with_matches(referral, cast["duty"], *link_all(referral, held))
    waiting = {row.field: f"{named.pk}:{number}" for named, number, row in list_waiting(referral)}
    assert "nhs_number" in waiting
    settle_differences(referral=referral, chosen=dict.fromkeys(waiting.values(), "said"), by=cast["duty"])
    carer = held.caregivers.get()
    assert (carer.nhs_number, carer.nhs_number_status) == (NUMBER, "02")


def test_it_is_shown_at_the_decision_and_taken_there(client, cast, held):
    referral = refer(cast)
    client.force_login(cast["duty"])
    page = client.get(reverse("decide-referral", args=[referral.pk])).content.decode()
    assert f"NHS number: this referral says {NUMBER}" in page
    accept_with_matches(referral, cast["duty"], *link_all(referral, held, take=("nhs_number",)))
    assert held.caregivers.get().nhs_number == NUMBER


@pytest.mark.parametrize("status", ["03", "08"])
def test_a_babys_number_that_is_chosen_has_a_status_that_fits(cast, held, status):
    held.infants.update(nhs_number_status=status)
    referral = refer(cast, infants=[BABY_NAMED | {"nhs_number": OTHER_NUMBER}])
    said = [
        MatchAnswerInput(get_named_id(referral, "Baby1"), same=held.infants.get().pk, take=("nhs_number",)),
        link_all(referral, held)[1],
    ]
    accept_with_matches(referral, cast["duty"], *said)
    baby = held.infants.get()
    assert (baby.nhs_number, baby.nhs_number_status) == (OTHER_NUMBER, "02")


def test_one_number_is_one_persons_in_a_referral(cast):
    with pytest.raises(ActionRefused) as refused:
        refer(cast, infants=[BABY_NAMED | {"nhs_number": NUMBER}])
    assert list(refused.value.errors) == ["caregivers.0.nhs_number"]
    referral = refer(cast)
    for add, details in (
        (add_named_infant, OLIVER | {"nhs_number": NUMBER}),
        (add_named_caregiver, OTHER_MOTHER | {"nhs_number": NUMBER}),
    ):
        with pytest.raises(ActionRefused) as refused:
            add(referral=referral, by=cast["duty"], **details)
        assert list(refused.value.errors) == ["nhs_number"]


def test_a_number_of_a_carer_we_hold_marks_the_referral_and_has_to_be_answered(cast, held):
    held.caregivers.update(nhs_number=NUMBER, given_name="Ada", phone="")
    referral = refer(cast, caregivers=[NUMBERED | {"phone": ""}])
    assert find_possibly_known([referral]) == {referral.pk}
    with pytest.raises(ActionRefused, match="Cora Carer"):
        accept_with_matches(referral, cast["duty"])


def test_a_number_that_is_a_babys_is_a_conflict_of_the_new_carer(cast, held):
    held.infants.update(nhs_number=NUMBER)
    referral = refer(cast, infants=[OLIVER])
    said = MatchAnswerInput(
        get_named_id(referral, "Oliver"), different=(held.infants.get().pk,), own_birth=True
    )
    accept_with_matches(referral, cast["duty"], said)
    carer = Caregiver.objects.get(family=referral.family)
    assert (carer.nhs_number, carer.nhs_number_status) == (None, "05")
    assert ReferredCaregiver.objects.get(referral=referral).nhs_number == NUMBER  # as it was said


def test_the_form_of_a_carer_reads_it():
    form = CarerForm({"given_name": "Mia", "relationship": "mother", "nhs_number": "999 000 0018"})
    assert form.is_valid()
    assert form.cleaned_data["nhs_number"] == NUMBER


# ---------------------------------------------------------------- how many babies of a birth


@pytest.mark.parametrize(
    ("plurality", "order", "field"),
    [
        (None, None, ""),
        (1, 1, ""),
        (2, 2, ""),
        (2, 3, "twin_order"),
        (None, 1, "twin_order"),
        (7, None, "plurality"),
    ],
)
def test_which_of_how_many_fits(plurality, order, field):
    assert list(find_twin_errors(plurality=plurality, order=order)) == ([field] if field else [])


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"plurality": "2", "twin_order": "2"}, []),
        ({"plurality": "1", "twin_order": ""}, []),
        ({"plurality": "2", "twin_order": "3"}, ["twin_order"]),
        ({"plurality": "", "twin_order": "2"}, ["plurality"]),
    ],
)
def test_the_referrers_form_asks_for_them(typed, wrong):
    day = {f"birth_date-{name}": str(getattr(BORN, name)) for name in ("day", "month", "year")}
    form = BabyForm({"born": "born", **day, **typed})
    assert list(form.errors) == wrong


def test_a_twin_who_is_named_alone_is_a_twin(cast):
    referral = refer(cast, infants=[OLIVER | {"plurality": 2, "twin_order": 2}], caregivers=[CORA_NAMED])
    accept_with_matches(referral, cast["duty"])
    baby = Infant.objects.get(family=referral.family)
    assert (baby.twin_order, baby.plurality) == (2, 2)


def test_two_babies_of_one_day_who_were_born_alone_are_no_twins(cast):
    infants = [OLIVER | {"plurality": 1}, OLIVER | {"given_name": "Ivy", "plurality": 1}]
    referral = refer(cast, infants=infants, caregivers=[CORA_NAMED])
    accept_with_matches(referral, cast["duty"])
    babies = Infant.objects.filter(family=referral.family)
    assert {(each.twin_order, each.plurality) for each in babies} == {(1, 1)}


def test_a_record_of_one_baby_waits_where_the_referral_says_twins(cast, held):
    referral = refer(cast, infants=[BABY_NAMED | {"plurality": 2}], caregivers=[CORA_NAMED])
    accept_with_matches(referral, cast["duty"], *link_all(referral, held))
    waiting = {row.field: f"{named.pk}:{number}" for named, number, row in list_waiting(referral)}
    assert "plurality" in waiting
    settle_differences(referral=referral, chosen=dict.fromkeys(waiting.values(), "said"), by=cast["duty"])
    assert held.infants.get().plurality == 2


# ---------------------------------------------------------------- who carried the baby


@pytest.mark.parametrize(
    ("infants", "carriers", "refused"),
    [(1, 0, False), (1, 1, False), (1, 2, True), (2, 2, False), (0, 2, True)],
)
def test_one_baby_is_carried_by_one(infants, carriers, refused):
    assert bool(find_carrier_errors(infants=infants, carriers=carriers)) == refused


def test_of_two_who_are_said_to_have_carried_nobody_is_chosen_unasked(client, cast):
    infants = [OLIVER, OLIVER | {"given_name": "Ivy"}]
    referral = refer(cast, infants=infants, caregivers=[CORA_NAMED, OTHER_MOTHER])
    client.force_login(cast["duty"])
    assert (
        "Who was pregnant with this baby?"
        in client.get(reverse("decide-referral", args=[referral.pk])).content.decode()
    )
    with pytest.raises(ActionRefused, match="Choose who was pregnant with"):
        accept_with_matches(referral, cast["duty"])
    carriers = {"Oliver": "Cora", "Ivy": "Beth"}
    said = [
        MatchAnswerInput(
            get_named_id(referral, baby), own_birth=True, carried_by=get_named_id(referral, carrier)
        )
        for baby, carrier in carriers.items()
    ]
    accept_with_matches(referral, cast["duty"], *said)
    babies = Infant.objects.filter(family=referral.family).select_related("carried_by")
    assert {each.given_name: each.carried_by.given_name for each in babies} == carriers


@pytest.mark.parametrize(
    ("first", "second", "refused"),
    [
        (OLIVER, OLIVER, True),
        (OLIVER, OLIVER | {"given_name": " oliver "}, True),
        (OLIVER, OLIVER | {"birth_date": OLIVER["birth_date"] - timedelta(days=400)}, False),
        (OLIVER | {"given_name": "Baby"}, OLIVER | {"given_name": "Baby"}, False),
    ],
    ids=["the same", "written otherwise", "of another day", "not yet named"],
)
def test_a_baby_is_named_once_by_two_who_read_the_same_message(cast, first, second, refused):
    referral = make_test_referral(cast["healthvisitor"])
    add_named_infant(referral=referral, by=cast["duty"], **first)
    if not refused:
        assert add_named_infant(referral=referral, by=cast["supervisor"], **second)
        return
    with pytest.raises(ActionRefused) as why:
        add_named_infant(referral=referral, by=cast["supervisor"], **second)
    assert list(why.value.errors) == ["given_name"]


def test_a_carer_is_named_once_and_a_father_and_son_of_one_name_twice(cast):
    referral = make_test_referral(cast["healthvisitor"])
    khan = {
        "given_name": "Imran",
        "family_name": "Khan",
        "relationship": "father",
        "birth_date": date(1990, 1, 2),
    }
    add_named_caregiver(referral=referral, by=cast["duty"], **khan)
    add_named_caregiver(referral=referral, by=cast["duty"], **khan | {"birth_date": date(1960, 1, 2)})
    with pytest.raises(ActionRefused, match="already named"):
        add_named_caregiver(referral=referral, by=cast["supervisor"], **khan | {"birth_date": None})
