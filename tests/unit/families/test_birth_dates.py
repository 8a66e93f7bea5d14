"""Dates of a birth that disagree are asked about once; a due date long past asks whether the baby was born."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from pairs.access.scope import load_scope
from pairs.families.actions import update_infant
from pairs.families.models import Infant
from referrals.forms.people import BabyForm
from tests.app_due_items import make_due_items
from tests.unit.families.factories import make_family

list_app_due_items = make_due_items("pairs.families")
TODAY = timezone.localdate()


@pytest.fixture
def unborn(client, cast):
    client.force_login(cast["duty"])
    infant = make_family(born=None).infants.get()
    infant.change(estimated_due_date=TODAY)
    return infant


def build_post(infant, **more):
    rows = {"birth_date": TODAY.isoformat(), "babies-TOTAL_FORMS": 1, "babies-INITIAL_FORMS": 0}
    return rows | {"babies-0-infant": infant.pk, "babies-0-outcome": "born"} | more


def test_weeks_that_do_not_fit_the_due_date_are_asked_about_and_can_be_said_to_be_right(client, unborn):
    path = reverse("birth", args=[unborn.pk])
    asked = client.post(path, build_post(unborn, **{"babies-0-gestation_weeks": 28})).content.decode()
    assert "the baby was due about" in asked
    assert 'name="babies-0-dates_are_right"' in asked
    assert Infant.objects.unborn().exists()
    right = {"babies-0-gestation_weeks": 28, "babies-0-dates_are_right": "on"}
    assert client.post(path, build_post(unborn, **right)).status_code == 302
    assert Infant.objects.get().gestation_weeks == 28


def test_the_details_ask_only_where_a_date_changes(client, cast, unborn):
    born = TODAY - timedelta(days=10)
    update_infant(infant=unborn, by=cast["duty"], birth_date=born, gestation_weeks=28)
    path = reverse("api-infant", args=[unborn.pk])
    named = client.patch(path, {"given_name": "Maya"}, content_type="application/json")
    assert named.status_code == 200, named.content
    answer = client.patch(path, {"gestation_weeks": 29}, content_type="application/json")
    assert (answer.status_code, b"gestation_weeks" in answer.content) == (400, True)
    right = {"gestation_weeks": 29, "dates_are_right": True}
    assert client.patch(path, right, content_type="application/json").status_code == 200


@pytest.mark.parametrize(
    ("field", "value", "taken"),
    [("gestation_weeks", -1, False), ("birth_weight_grams", -5, False), ("gestation_weeks", 39, True)],
)
def test_nothing_is_negative(client, cast, unborn, field, value, taken):
    update_infant(infant=unborn, by=cast["duty"], birth_date=TODAY)
    answer = client.patch(
        reverse("api-infant", args=[unborn.pk]), {field: value}, content_type="application/json"
    )
    assert (answer.status_code == 200) is taken


@pytest.mark.parametrize(("weeks", "due"), [(0, False), (3, False), (4, True), (60, True)])
def test_a_due_date_long_past_asks_whether_the_baby_was_born(cast, unborn, weeks, due):
    unborn.change(estimated_due_date=TODAY - timedelta(weeks=weeks))
    codes = [each.code for each in list_app_due_items(load_scope(cast["blackburn"]), TODAY)]
    assert ("birth_not_registered" in codes) is due


def test_a_referral_asks_about_a_birth_long_after_the_due_date():
    data = {"born": "born"}
    for name, day in (("birth_date", TODAY), ("estimated_due_date", TODAY - timedelta(weeks=6))):
        data |= {f"{name}-{part}": getattr(day, part) for part in ("day", "month", "year")}
    assert set(BabyForm(data).errors) == {"birth_date"}
    form = BabyForm(data | {"dates_are_right": "on"})
    assert form.is_valid()
    assert "dates_are_right" not in form.action_kwargs()
