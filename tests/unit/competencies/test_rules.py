"""Who may deliver what, and what a competence and a sign-off may be."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from interventions.competencies.rules import (
    Held,
    SignOffFacts,
    assess_standing,
    find_competence_errors,
    find_sign_off_errors,
)

ON = date(2026, 11, 30)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("needs", "held", "standing"),
    [
        ("nothing", None, "free"),
        ("nothing", Held(1), "free"),
        ("competence", None, "under"),
        ("competence", Held(1), "under"),
        ("competence", Held(2), "may"),
        ("competence", Held(2, "AVIGuk", ON - DAY), "may"),
        ("competence", Held(3), "supervises"),
        ("accreditation", None, "under"),
        ("accreditation", Held(1, "AVIGuk", None), "under"),
        ("accreditation", Held(2), "expired"),
        ("accreditation", Held(2, "AVIGuk", ON - DAY), "expired"),
        ("accreditation", Held(2, "AVIGuk", ON), "may"),
        ("accreditation", Held(2, "AVIGuk", None), "may"),
        ("accreditation", Held(3, "AVIGuk", ON + DAY), "supervises"),
        ("accreditation", Held(3, "AVIGuk", ON - DAY), "expired"),
    ],
)
def test_who_may_deliver_follows_from_level_and_accreditation(needs, held, standing):
    assert assess_standing(needs, held, ON) == standing


COMPETENCE = {
    "trained_on": ON, "accredited_by": "AVIGuk", "accredited_until": ON, "exists": False, "works_here": True,
    "on": ON, "person": "Bilal", "site": "Hyndburn",
}  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "fields"),
    [
        ({}, set()),
        ({"trained_on": None, "accredited_by": "", "accredited_until": None}, set()),
        ({"accredited_by": ""}, {"accredited_by"}),
        ({"accredited_until": ON - DAY}, {"accredited_until"}),
        ({"trained_on": ON + DAY, "accredited_until": ON + DAY}, {"trained_on"}),
        ({"exists": True}, {"intervention"}),
        ({"works_here": False}, {"person"}),
        (
            {"exists": True, "works_here": False, "accredited_by": "", "trained_on": ON + DAY},
            {"intervention", "person", "accredited_by", "trained_on", "accredited_until"},
        ),
    ],
)
def test_every_error_of_a_competence_is_said_beside_its_field(changed, fields):
    assert set(find_competence_errors(**COMPETENCE | changed)) == fields


FACTS = SignOffFacts(
    arrangement="supervised", is_own=False, has_ended=False, colleague="Hana", colleague_delivers=False, level=3,
    outside="",
)  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "fields"),
    [
        ({}, set()),
        ({"level": 2}, {"by_colleague"}),
        ({"arrangement": "colleague", "level": 2}, set()),
        ({"arrangement": "colleague", "level": 1}, {"by_colleague"}),
        ({"colleague": "", "level": 0}, {"by_colleague"}),
        ({"colleague": "", "level": 0, "outside": "Someone else"}, set()),
        ({"outside": "Someone else"}, {"by_colleague"}),
        ({"colleague_delivers": True}, {"by_colleague"}),
        ({"arrangement": "not_yet"}, {"by_colleague"}),
        ({"arrangement": "not_yet", "outside": "Someone"}, {"by_colleague", "by_outside"}),
        ({"arrangement": "not_yet", "colleague": "", "level": 0}, set()),
        ({"is_own": True}, {""}),
        ({"has_ended": True, "level": 1}, {"", "by_colleague"}),
    ],
)
def test_every_error_of_a_sign_off_is_said_beside_its_field(changed, fields):
    assert set(find_sign_off_errors(replace(FACTS, **changed))) == fields
