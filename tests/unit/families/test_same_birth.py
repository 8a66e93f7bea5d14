"""Which babies were born together, said and put right: number and order follow."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse

from pairs.families.actions import record_pregnancy, record_same_birth
from pairs.families.models import Infant
from pairs.matching.actions import merge_people
from pairs.service.refusals import ActionRefused
from tests.project.form_filling import parse_form
from tests.unit.families.factories import make_family


@pytest.fixture
def twice_recorded(cast):
    """One baby who was taken for twins: the family has two records, of one pregnancy."""
    family = make_family(infants=2)
    family.infants.update(pregnancy=uuid.uuid4())
    return family


def list_numbers(family):
    rows = Infant.objects.live().filter(family=family).order_by("reference")
    return [(each.twin_order, each.plurality) for each in rows]


def record(infant, *together, **changes):
    return record_same_birth(infant=infant, together=list(together), by=None, **changes)


def test_babies_taken_for_twins_are_told_apart_and_then_merged(cast, twice_recorded):
    one, two = twice_recorded.infants.order_by("reference")
    with pytest.raises(ActionRefused, match="not born together"):
        merge_people(kept=one, merged=two, choices={"given_name": "kept"}, by=cast["duty"], reason="One baby")
    record(two)
    assert list_numbers(twice_recorded) == [(1, 1), (1, 1)]
    one, two = twice_recorded.infants.order_by("reference")
    assert one.pregnancy != two.pregnancy
    merge_people(kept=one, merged=two, choices={"given_name": "kept"}, by=cast["duty"], reason="One baby")
    assert list_numbers(twice_recorded) == [(1, 1)]


def test_babies_recorded_apart_are_said_to_be_twins(cast):
    family = make_family(infants=3)
    one, two, three = family.infants.order_by("reference")
    for each in (one, two, three):
        each.change(pregnancy=uuid.uuid4(), twin_order=1, plurality=1)
    record(two, three)
    assert list_numbers(family) == [(1, 1), (1, 2), (2, 2)]
    record(one, two, three)
    assert sorted(list_numbers(family)) == [(1, 3), (2, 3), (3, 3)]
    record(three)
    assert sorted(list_numbers(family)) == [(1, 1), (1, 2), (2, 2)]


def test_one_who_has_no_record_is_counted(cast, twice_recorded):
    one, two = twice_recorded.infants.order_by("reference")
    record(one, two, plurality=3)
    assert list_numbers(twice_recorded) == [(1, 3), (2, 3)]
    record(two)
    assert list_numbers(twice_recorded) == [(1, 2), (1, 2)]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"plurality": 1}, "plurality"),
        ({"plurality": 7}, "plurality"),
        ({"together": "another family's"}, "together"),
        ({"days": 400}, "together"),
    ],
)
def test_what_cannot_be_is_refused(cast, twice_recorded, change, field):
    one, two = twice_recorded.infants.order_by("reference")
    other = make_family(reference="O").infants.get()
    if "days" in change:
        two.change(birth_date=one.birth_date - timedelta(days=change["days"]))
    together = [other] if "together" in change else [two]
    with pytest.raises(ActionRefused) as refused:
        record(one, *together, plurality=change.get("plurality"))
    assert list(refused.value.errors) == [field]


def test_the_page_and_the_api_ask_the_same(client, cast, twice_recorded):
    one, two = twice_recorded.infants.order_by("reference")
    client.force_login(cast["duty"])
    address = reverse("same-birth", args=[one.pk])
    page = client.get(address).content.decode()
    assert f'value="{two.pk}" checked' in page
    assert client.post(address, {}).status_code == 302
    assert list_numbers(twice_recorded) == [(1, 1), (1, 1)]
    sent = {"together": [str(two.pk)], "plurality": 2}
    answer = client.post(reverse("api-same-birth", args=[one.pk]), sent, content_type="application/json")
    assert (answer.status_code, list_numbers(twice_recorded)) == (201, [(1, 2), (2, 2)])
    assert (
        reverse("same-birth", args=[one.pk]) in client.get(reverse("infant", args=[one.pk])).content.decode()
    )


def test_a_pregnancy_is_not_recorded_twice(cast):
    family = make_family(born=None, reference="U")
    due, carer = family.infants.get().estimated_due_date, family.caregivers.first()
    with pytest.raises(ActionRefused, match="already recorded in this family"):
        record_pregnancy(
            family=family, estimated_due_date=due, plurality=1, carried_by=carer, by=cast["duty"]
        )


def test_two_who_count_the_same_babies_differently_are_asked(client, cast, twice_recorded):
    """Also where the first said what an empty box means: as many as have a record."""
    one, two = twice_recorded.infants.order_by("reference")
    record(one)
    client.force_login(cast["duty"])
    address = reverse("same-birth", args=[one.pk])
    shown = parse_form(client.get(address).content.decode())["fields"]["shown"]["value"][0]
    record(one, two, plurality=2)
    sent = {"together": [str(two.pk)], "shown": shown}
    page = client.post(address, sent | {"plurality": 3}).content.decode()
    assert "A colleague changed this too" in page
    assert list_numbers(twice_recorded) == [(1, 2), (2, 2)]
    assert client.post(address, sent).status_code == 302  # of who counts the same, nothing is asked
    assert list_numbers(twice_recorded) == [(1, 2), (2, 2)]


def test_an_empty_box_counts_the_records(client, cast, twice_recorded):
    one, two = twice_recorded.infants.order_by("reference")
    record(one, plurality=3)
    client.force_login(cast["duty"])
    client.post(reverse("same-birth", args=[one.pk]), {"together": [str(two.pk)]})
    assert list_numbers(twice_recorded) == [(1, 2), (2, 2)]


def test_a_number_that_still_counts_who_was_unticked_is_asked_about(client, cast, twice_recorded):
    one, two = twice_recorded.infants.order_by("reference")
    record(one, two, plurality=3)
    client.force_login(cast["duty"])
    address = reverse("same-birth", args=[one.pk])
    page = client.post(address, {"plurality": 3}).content.decode()
    assert "You have unticked a baby, and the number of babies is still 3." in page
    assert list_numbers(twice_recorded) == [(1, 3), (2, 3)]
    assert client.post(address, {"plurality": ""}).status_code == 302
    assert list_numbers(twice_recorded) == [(1, 1), (1, 2)]
