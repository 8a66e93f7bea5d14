"""Words typed into a letter that would tell a hidden address; and what is due about sharing after a loss."""

from datetime import timedelta

import pytest
from django.utils import timezone

from pairs.access.scope import scope_of
from pairs.families.models import Address, Dyad
from pairs.service.refusals import Refused
from pairs.village import actions
from tests.asking import due_in
from tests.unit.families.people import make_family
from tests.unit.village.people import HIDDEN, agree, limit, make_village

due_items = due_in("pairs.village")

pytestmark = pytest.mark.django_db
COVERED = ["involved", "plan", "contact_details"]


@pytest.fixture
def village(cast):
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
def test_an_address_is_known_in_typed_words_however_it_was_written_down(cast, village, lines, typed):
    family, cora, dan, _nursery = village
    Address.objects.filter(caregiver=dan).update(lines=lines)
    by = cast["blackburn"]
    letter = actions.begin_letter(family=family, to=cora, about=list(family.infants.all()), by=by)
    with pytest.raises(Refused) as refused:
        actions.write_letter(letter=letter, text=f"He lives {typed}.", parts={}, details=[], by=by)
    assert "text" in refused.value.errors
    said = "We are at Blackburn, and see you both each week."
    actions.write_letter(letter=letter, text=said, parts={}, details=[], by=by)


def test_the_babys_address_is_not_offered_when_it_is_where_a_hidden_carer_lives(cast, village):
    family, _cora, dan, nursery = village
    by = cast["blackburn"]
    agree(family, nursery, COVERED, dan, by)
    hidden = Address.objects.get(caregiver=dan)
    babys = Address.objects.create(
        family=family, infant=family.infants.get(), lines=hidden.lines, postcode=hidden.postcode
    )
    limit(family, dan, nursery, by)
    letter = actions.begin_letter(family=family, to=nursery, about=list(family.infants.all()), by=by)
    for words in ({"text": f"Baby is at {HIDDEN}.", "details": []}, {"text": "Dear", "details": [babys]}):
        with pytest.raises(Refused):
            actions.write_letter(letter=letter, parts={}, by=by, **words)


def test_neither_family_of_a_fostered_child_is_told_where_the_other_lives(cast, village):
    birth, cora, _dan, _nursery = village
    by, foster = cast["blackburn"], make_family(reference="F")
    fay = foster.caregivers.get()
    Address.objects.create(family=foster, caregiver=fay, lines="5 Foster Road", postcode="ZQ5 5FF")
    Dyad.objects.create(family=foster, infant=birth.infants.get(), caregiver=fay, relationship="foster_carer")
    for family, to, typed in ((birth, cora, "5 Foster Road"), (foster, fay, HIDDEN), (foster, fay, "ZQ99ZZ")):
        letter = actions.begin_letter(family=family, to=to, about=[birth.infants.get()], by=by)
        with pytest.raises(Refused) as refused:
            actions.write_letter(letter=letter, text=f"It is {typed}.", parts={}, details=[], by=by)
        assert "text" in refused.value.errors
        actions.write_letter(letter=letter, text="We meet on Fridays.", parts={}, details=[], by=by)


def test_nobody_is_asked_to_agree_anew_about_a_baby_who_was_lost(cast, village):
    family, cora, _dan, nursery = village
    day = timezone.localdate()
    agree(family, nursery, ["plan"], cora, cast["blackburn"], until=day, agreed_on=day)
    scope, later = scope_of(cast["blackburn"]), day + timedelta(days=3)
    assert [item.code for item in due_items(scope, later, [family.pk])] == ["agreement_ended"]
    family.infants.update(lost_on=day, loss="death")
    assert due_items(scope, later, [family.pk]) == []
