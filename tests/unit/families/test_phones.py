"""One reading of a telephone number; the keys are those of ``phonenumbers`` 9.0."""

import pytest

from pairs.families.models import Caregiver
from pairs.families.phones import read_phone_keys
from tests.unit.families.factories import make_family

BLACKBURN, MOBILE = "44125455555", "447700900123"
TYPED = [
    ("01254 55555", {BLACKBURN}),
    ("+44 1254 55555", {BLACKBURN}),
    ("+44 (0)1254 55555", {BLACKBURN}),
    ("0044 1254 55555", {BLACKBURN}),
    ("(01254) 55555", {BLACKBURN}),
    ("1254 55555", {BLACKBURN}),
    ("44 1254 55555", {BLACKBURN}),
    ("01254 55555 ext 4", {BLACKBURN}),
    ("01254 55555 ext. 412", {BLACKBURN}),
    ("01254 55555x4", {BLACKBURN}),
    ("01254 55555 #4", {BLACKBURN}),
    ("01254 55555 from 5", {BLACKBURN}),
    ("01254 55555 mum", {BLACKBURN}),
    ("mum2 01254 55555", {BLACKBURN}),
    ("after 5pm 01254 55555", {BLACKBURN}),
    ("01524 32000", {"44152432000"}),
    ("01695 50000", {"44169550000"}),
    ("+44 1695 50000", {"44169550000"}),
    ("07700 900123", {MOBILE}),
    ("7700900123", {MOBILE}),
    ("447700900123", {MOBILE}),
    ("+44 07700 900123", {MOBILE}),
    ("07700\u00a0900\u2011123", {MOBILE}),
    ("\ufeff07700\u200b900123", {MOBILE}),
    ("\uff10\uff17700 900123", {MOBILE}),
    ("01254 55555 / 07700 900123", {BLACKBURN, MOBILE}),
    ("01254 55555 07700 900123", {BLACKBURN, MOBILE}),
    ("07700 900123\n01254 55555", {BLACKBURN, MOBILE}),
    ("+44 20 7946 0018", {"442079460018"}),
    ("+44 7700 900 012", {"447700900012"}),
    ("0800 1111", {"448001111"}),
    ("+48 601 234 567", {"48601234567"}),
    ("0048 601 234 567", {"48601234567"}),
    ("0033 1 42 68 53 00", {"33142685300"}),
    ("07700 900123 10-12", {MOBILE}),
    ("07700 9OO123", {MOBILE}),  # letters for figures
    ("07700 900l23", {MOBILE}),
    ("07700 900123 9am-5pm", {MOBILE}),
    ("01524 32000 7", {"44152432000"}),
    ("01524 32000 (option 2)", {"44152432000"}),
    ("dob 12/03/1994 07700 900123", {MOBILE}),
    ("Flat 3 07700 900123", {MOBILE}),
    ("01254/55555", {BLACKBURN}),
    ("07700 900123 07700 900124 01254 55555", {MOBILE, "447700900124", BLACKBURN}),
    ("00000000000", set()),
    ("960001", set()),
    ("mum", set()),
    ("", set()),
]


@pytest.mark.parametrize(("typed", "keys"), TYPED)
def test_a_number_is_the_same_however_it_is_typed(typed, keys):
    assert read_phone_keys(typed) == keys


def test_the_keys_are_kept_beside_the_phone_however_it_is_saved(cast):
    carer = Caregiver(family=make_family(), phone="01254 55555 ext 4")
    carer.save()
    assert read_kept_keys(carer) == [BLACKBURN]
    carer.change(phone="07700 900123")
    assert read_kept_keys(carer) == [MOBILE]
    Caregiver.objects.filter(pk=carer.pk).update(phone="+44 1254 55555 / 07700 900123")
    assert read_kept_keys(carer) == [BLACKBURN, MOBILE]
    carer.change(phone="")
    assert read_kept_keys(carer) == []
    (other,) = Caregiver.objects.bulk_create([Caregiver(family=carer.family, phone="mum 07700 900123")])
    assert read_kept_keys(other) == [MOBILE]


def read_kept_keys(carer):
    return Caregiver.objects.values_list("phone_keys", flat=True).get(pk=carer.pk)
