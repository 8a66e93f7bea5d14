"""Every entry point records who asks, how it is safe to answer, and where it comes from."""

from datetime import date

import pytest

from pairs.families.models import Caregiver
from pairs.service.models import Place
from pairs.service.refusals import ActionRefused
from referrals.actions import accept_referral, make_referral
from referrals.models import Referral
from referrals.rules.eligibility import find_infant_errors, find_naming_errors, find_reachability_errors
from referrals.rules.safe_contact import format_safe_contact
from referrals.rules.sources import choose_source_code
from tests.unit.referrals.factories import BORN, CARER, INFANT, REPLIES, make_test_referral

ON = date(2026, 11, 20)
CARER_WITH_PHONE = {"phone": "01632 960002"}


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"entry_point": "self"}, "B1"),
        ({"entry_point": "self", "somebody_else": True}, "B2"),
        ({"entry_point": "professional"}, "A3"),
        ({"entry_point": "professional", "team": "A4", "group": "gp"}, "A4"),
        ({"entry_point": "email", "group": "gp"}, "A1"),
        ({"entry_point": "email", "group": "health_visitor"}, "A2"),
        ({"entry_point": "email", "group": "midwife"}, "A4"),
        ({"entry_point": "email", "group": "early_years"}, "C2"),
        ({"entry_point": "email", "group": "social_worker"}, "C1"),
        ({"entry_point": "email", "group": "voluntary"}, "G4"),
        ({"entry_point": "email", "group": "mental_health"}, "M6"),
        ({"entry_point": "email", "group": "other"}, "M6"),
    ],
)
def test_where_it_comes_from(said, code):
    assert choose_source_code(**said) == code


@pytest.mark.parametrize(
    ("entry_point", "infants", "carers", "missing"),
    [
        ("professional", 1, 1, set()),
        ("professional", 0, 1, {"infants"}),
        ("email", 1, 0, {"caregivers"}),
        ("phone", 0, 0, {"infants", "caregivers"}),
        ("self", 0, 0, set()),
    ],
)
def test_only_a_family_itself_may_name_nobody(entry_point, infants, carers, missing):
    assert set(find_naming_errors(entry_point=entry_point, infants=infants, carers=carers)) == missing


@pytest.mark.parametrize(
    ("entry_point", "carers", "refused"),
    [
        ("self", [], True),
        ("self", [{"given_name": "Mia"}], True),
        ("self", [CARER_WITH_PHONE], False),
        ("self", [{"email": "mia@example.org"}], False),
        ("self", [{"address_lines": "1 Example Street"}], False),
        ("professional", [{"given_name": "Mia"}], False),
    ],
)
def test_a_family_that_asks_leaves_one_way_to_answer(entry_point, carers, refused):
    assert bool(find_reachability_errors(entry_point=entry_point, carers=carers)) == refused


@pytest.mark.parametrize(
    ("born", "due", "needed", "field"),
    [
        (None, None, True, "estimated_due_date"),
        (None, None, False, None),
        (date(2021, 11, 20), None, False, "birth_date"),
        (None, date(2028, 1, 1), False, "estimated_due_date"),
    ],
)
def test_an_optional_date_is_validated_when_given(born, due, needed, field):
    errors = find_infant_errors(born=born, due=due, nhs_number="", on=ON, dates_needed=needed)
    assert list(errors) == ([field] if field else [])


@pytest.mark.parametrize(
    ("safe", "best", "unsafe", "line"),
    [
        ("", "", "", ""),
        ("Text first.", "", "", "Text first."),
        ("Text first.", "mornings", "after five", "Not safe: after five. Text first. Best: mornings"),
        ("", "", "after five", "Not safe: after five"),
    ],
)
def test_how_to_reach_says_first_what_is_unsafe(safe, best, unsafe, line):
    assert format_safe_contact(safe_contact=safe, best_times=best, unsafe_times=unsafe) == line


def make_self_referral(**changes):
    place = Place.objects.get(code="blackburn-with-darwen")
    details = {
        "caregivers": [CARER_WITH_PHONE],
        "infants": [],
        "parent_says": "I can't settle him.",
        "concerns": [],
    }
    details |= {"by": None, "entry_point": "self", "permission": "parent_agrees", "place": place}
    return make_referral(**details | changes)


def test_a_family_asks_without_an_account_and_names_nobody(cast):
    referral = make_self_referral(best_times="mornings", place_assumed=True)
    assert (referral.referrer, referral.team, referral.source_code, referral.entry_point) == (
        None,
        None,
        "B1",
        "self",
    )
    assert (referral.noticed, referral.parent_says) == ("", "I can't settle him.")
    assert referral.caregivers.get().main_carer
    assert referral.steps.get().by is None
    with pytest.raises(ActionRefused) as refused:
        make_self_referral(caregivers=[{"given_name": "Mia"}])
    assert "caregivers" in refused.value.errors
    assert Referral.objects.count() == 1


def test_what_a_referral_does_not_hold_is_a_fault_of_the_caller(cast):
    with pytest.raises(TypeError, match="shoe_size"):
        make_self_referral(shoe_size=38)


def test_staff_who_type_a_call_do_not_refer(cast):
    referral = make_test_referral(
        cast["duty"], entry_point="phone", source_code="A1", asker_name="Gita Example", asker_group="gp"
    )
    assert (referral.referrer, referral.team, referral.source_code) == (None, None, "A1")
    assert referral.steps.get().by == cast["duty"]


def test_what_was_given_at_referral_is_not_asked_again(cast):
    said = {
        "may_call": False, "may_text": True, "may_leave_message": False, "may_email": None, "may_post": False,
        "communication_needs": "Large print", "access_needs": "No stairs",
    }  # fmt: skip
    referral = make_self_referral(
        infants=[INFANT | {"birth_date": BORN, "estimated_due_date": None}],
        caregivers=[CARER | said | {"relationship": ""}],
        unsafe_times="after five",
        safe_contact="Text first",
    )
    accept_referral(
        referral=referral, site=referral.site, by=cast["duty"], replies=REPLIES,
        response="direct", thrive="help", thrive_reason="Asks for time together",
    )  # fmt: skip
    carer = Caregiver.objects.get()
    assert {name: getattr(carer, name) for name in said} == said
    assert carer.safe_contact == "Not safe: after five. Text first"
    assert carer.dyads.get().relationship == "other"
