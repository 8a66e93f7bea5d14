"""One of twins has died before the referral, or before it is decided: both keep their place."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from pairs.families.models import Infant
from pairs.service.refusals import ActionRefused
from referrals.actions.linking import MatchAnswerInput
from referrals.actions.named_people import record_named_loss
from referrals.forms.people import BabyForm
from referrals.models import Referral
from tests.unit.families.factories import make_family
from tests.unit.referrals.factories import BORN, CARER, DUE, INFANT, make_test_referral
from tests.unit.referrals.test_match_answers import BABY_NAMED, CORA_NAMED, accept_with_matches, get_named_id

TODAY = timezone.localdate()
SURVIVOR = INFANT | {"given_name": "Maya", "birth_date": BORN, "estimated_due_date": None}


def build_lost(loss, lost_on, **other):
    return (
        INFANT
        | {"given_name": "Zara", "estimated_due_date": None}
        | {"loss": loss, "lost_on": lost_on}
        | other
    )


LOST_AFTER_BIRTH = build_lost("death", BORN + timedelta(days=2), birth_date=BORN)
LOST_BEFORE_BIRTH = build_lost(
    "miscarriage", BORN - timedelta(weeks=12), estimated_due_date=BORN + timedelta(weeks=3)
)
STILLBORN = build_lost("stillbirth", BORN, birth_date=BORN)


@pytest.mark.parametrize("lost", [LOST_AFTER_BIRTH, LOST_BEFORE_BIRTH, STILLBORN])
def test_the_survivor_of_twins_stays_a_twin_and_the_other_has_a_record(cast, lost):
    referral = make_test_referral(cast["healthvisitor"], infants=[SURVIVOR, lost], caregivers=[CARER])
    accept_with_matches(referral, cast["duty"])
    maya, zara = (Infant.objects.get(given_name=name) for name in ("Maya", "Zara"))
    assert (maya.plurality, zara.plurality, maya.pregnancy) == (2, 2, zara.pregnancy)
    assert {maya.twin_order, zara.twin_order} == {1, 2}
    assert (zara.loss, zara.lost_on, maya.lost_on) == (lost["loss"], lost["lost_on"], None)


def test_a_baby_who_dies_before_the_decision_keeps_their_place(cast, client):
    twins = [SURVIVOR, SURVIVOR | {"given_name": "Zara"}]
    referral = make_test_referral(cast["healthvisitor"], infants=twins, caregivers=[CARER])
    client.force_login(cast["duty"])
    zara = referral.infants.get(given_name="Zara")
    path = reverse("named-loss", args=[zara.pk])
    assert path in client.get(reverse("decide-referral", args=[referral.pk])).content.decode()
    day = {f"lost_on-{part}": getattr(TODAY, part) for part in ("day", "month", "year")}
    assert client.post(path, day | {"loss": "miscarriage"}).status_code == 200  # she was born
    assert client.post(path, day | {"loss": "death"}).status_code == 302
    assert "Died" in client.get(reverse("decide-referral", args=[referral.pk])).content.decode()
    zara.refresh_from_db()
    with pytest.raises(ActionRefused, match="already"):
        record_named_loss(named=zara, loss="death", lost_on=TODAY, by=cast["duty"])
    accept_with_matches(Referral.objects.with_people().get(pk=referral.pk), cast["duty"])
    assert Infant.objects.get(given_name="Maya").plurality == 2
    assert Infant.objects.get(given_name="Zara").lost_on == TODAY


def test_grieving_parents_of_an_only_baby_are_accepted(cast):
    referral = make_test_referral(cast["healthvisitor"], infants=[LOST_AFTER_BIRTH], caregivers=[CARER])
    accept_with_matches(referral, cast["duty"])
    assert Infant.objects.active().count() == 0


@pytest.mark.parametrize("died", ["referral", "record"])
def test_a_death_that_only_one_of_the_two_tells_of_is_put_right_before_they_are_linked(cast, died):
    family = make_family(born=BORN)
    baby = family.infants.get()
    named = BABY_NAMED | ({"loss": "death", "lost_on": TODAY} if died == "referral" else {})
    if died == "record":
        baby.change(loss="death", lost_on=TODAY)
    made = make_test_referral(cast["healthvisitor"], infants=[named], caregivers=[CORA_NAMED])
    referral = Referral.objects.with_people().get(pk=made.pk)
    with pytest.raises(ActionRefused, match="has died"):
        accept_with_matches(
            referral, cast["duty"], MatchAnswerInput(get_named_id(referral, "Baby1"), same=baby.pk)
        )


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({"lost_on": BORN, "loss": "death", "birth_date": BORN}, set()),
        ({"lost_on": BORN, "loss": "stillbirth"}, set()),
        ({"lost_on": BORN, "loss": "miscarriage", "estimated_due_date": DUE}, set()),
        ({"lost_on": BORN, "loss": "miscarriage"}, {"estimated_due_date"}),
        ({"lost_on": BORN, "loss": "death"}, {"birth_date"}),
        ({"lost_on": BORN, "birth_date": BORN}, {"loss"}),
        ({"loss": "death", "birth_date": BORN}, {"lost_on"}),
        ({"born": "born", "birth_date": BORN, "loss": "death", "lost_on": BORN}, {"born"}),
    ],
)
def test_what_the_form_asks_of_a_baby_who_has_died(said, wrong):
    data = {"born": "died"}
    for name, value in said.items():
        data |= split_day(name, value) if isinstance(value, date) else {name: value}
    assert set(BabyForm(data).errors) == wrong


def split_day(name, day):
    return {f"{name}-{part}": getattr(day, part) for part in ("day", "month", "year")}
