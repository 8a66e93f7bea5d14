"""Words typed into a letter that would tell a hidden address; and what is due about sharing after a loss."""

from datetime import timedelta

import pytest
from django.utils import timezone

from pairs.access.scope import load_scope
from pairs.families.models import Address, Dyad
from pairs.service.refusals import ActionRefused
from pairs.village import actions
from tests.app_due_items import make_due_items
from tests.unit.families.factories import make_family
from tests.unit.village.factories import HIDDEN_ADDRESS, make_agreement, make_limit, make_village

list_app_due_items = make_due_items("pairs.village")

pytestmark = pytest.mark.django_db
COVERED = ["involved", "plan", "contact_details"]


@pytest.fixture
def village_people(cast):
    return make_village(cast["blackburn"])


@pytest.mark.parametrize(
    ("lines", "typed"),
    [
        ("Flat 2\n7 Hidden Lane\nBlackburn", "7 Hidden Lane"),
        ("7 Hidden Lane, Blackburn", "7 hidden lane"),
        ("7, Hidden Lane", "7 Hidden Lane"),
        ("Rose House\nBlackburn", "at Rose House"),
    ],
)
def test_an_address_is_known_in_typed_words_however_it_was_written_down(cast, village_people, lines, typed):
    family, cora, dan, _nursery = village_people
    Address.objects.filter(caregiver=dan).update(lines=lines)
    by = cast["blackburn"]
    letter = actions.begin_letter(family=family, to=cora, about=list(family.infants.all()), by=by)
    with pytest.raises(ActionRefused) as refused:
        actions.write_letter(letter=letter, text=f"He lives {typed}.", parts={}, details=[], by=by)
    assert "text" in refused.value.errors
    said = "We are at Blackburn, and see you both each week."
    actions.write_letter(letter=letter, text=said, parts={}, details=[], by=by)


def test_the_babys_address_is_not_offered_when_it_is_where_a_hidden_carer_lives(cast, village_people):
    family, _cora, dan, nursery = village_people
    by = cast["blackburn"]
    make_agreement(family, nursery, COVERED, dan, by)
    hidden = Address.objects.get(caregiver=dan)
    babys = Address.objects.create(
        family=family, infant=family.infants.get(), lines=hidden.lines, postcode=hidden.postcode
    )
    make_limit(family, dan, nursery, by)
    letter = actions.begin_letter(family=family, to=nursery, about=list(family.infants.all()), by=by)
    for words in (
        {"text": f"Baby is at {HIDDEN_ADDRESS}.", "details": []},
        {"text": "Dear", "details": [babys]},
    ):
        with pytest.raises(ActionRefused):
            actions.write_letter(letter=letter, parts={}, by=by, **words)


def test_neither_family_of_a_fostered_child_learns_where_the_other_lives(cast, village_people):
    birth, cora, _dan, _nursery = village_people
    by, foster = cast["blackburn"], make_family(reference="F")
    fay = foster.caregivers.get()
    Address.objects.create(family=foster, caregiver=fay, lines="5 Foster Road", postcode="ZQ5 5FF")
    Dyad.objects.create(family=foster, infant=birth.infants.get(), caregiver=fay, relationship="foster_carer")
    for family, to, typed in (
        (birth, cora, "5 Foster Road"),
        (foster, fay, HIDDEN_ADDRESS),
        (foster, fay, "ZQ99ZZ"),
    ):
        letter = actions.begin_letter(family=family, to=to, about=[birth.infants.get()], by=by)
        with pytest.raises(ActionRefused) as refused:
            actions.write_letter(letter=letter, text=f"It is {typed}.", parts={}, details=[], by=by)
        assert "text" in refused.value.errors
        actions.write_letter(letter=letter, text="We meet on Fridays.", parts={}, details=[], by=by)


def test_no_renewal_is_due_about_a_baby_who_was_lost(cast, village_people):
    family, cora, _dan, nursery = village_people
    day = timezone.localdate()
    make_agreement(family, nursery, ["plan"], cora, cast["blackburn"], until=day, agreed_on=day)
    scope, later = load_scope(cast["blackburn"]), day + timedelta(days=3)
    assert [item.code for item in list_app_due_items(scope, later, [family.pk])] == ["agreement_ended"]
    family.infants.update(lost_on=day, loss="death")
    assert list_app_due_items(scope, later, [family.pk]) == []
