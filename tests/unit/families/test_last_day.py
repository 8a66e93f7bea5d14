"""The one rule of a person's last day, a row a case."""

from datetime import date
from types import SimpleNamespace

import pytest

from pairs.families import last_day
from pairs.families.models import Caregiver, Dyad, Infant
from pairs.service.refusals import ActionRefused

BEFORE, LAST, AFTER = date(2026, 5, 2), date(2026, 5, 3), date(2026, 5, 4)
BABY = Infant(given_name="Maya", lost_on=LAST, loss="death")
MOTHER = Caregiver(given_name="Sara", died_on=LAST)
LIVING = Caregiver(given_name="Dan")


@pytest.mark.parametrize(
    "who", [BABY, MOTHER, Dyad(infant=Infant(), caregiver=MOTHER), Dyad(infant=BABY, caregiver=LIVING)]
)
@pytest.mark.parametrize(("on", "gone"), [(BEFORE, False), (LAST, False), (AFTER, True), (None, True)])
def test_whoever_has_died_is_named_up_to_their_last_day_and_for_nothing_to_come(who, on, gone):
    assert last_day.is_gone_by(who, on) is gone
    assert bool(last_day.find_last_day_error([LIVING, who], on)) is gone


@pytest.mark.parametrize(
    "who", [LIVING, Infant(), Dyad(infant=Infant(), caregiver=LIVING), None, "An agency", SimpleNamespace()]
)
def test_anybody_else_has_no_last_day(who):
    assert not last_day.has_died(who)
    last_day.validate_living("to", [who])


def test_of_a_dyad_the_first_of_the_two_last_days_counts():
    assert Dyad(infant=BABY, caregiver=Caregiver(died_on=BEFORE)).last_day == BEFORE


def test_the_refusal_names_who_died_and_when():
    with pytest.raises(ActionRefused) as refused:
        last_day.validate_living("agreed_by", [Dyad(infant=Infant(), caregiver=MOTHER)], AFTER)
    assert refused.value.errors == {
        "agreed_by": "Sara died on 3 May 2026. Choose an earlier date, or remove them."
    }
