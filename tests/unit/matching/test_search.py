"""Finding people through the database: every kind of query, and nobody hidden or out of scope."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from pairs.access.scope import load_scope
from pairs.families.models import Address, Caregiver, Family
from pairs.matching.query_parser import parse_query
from pairs.matching.search import find_families
from tests.unit.families.factories import DUE, make_family

pytestmark = pytest.mark.django_db


@pytest.fixture
def me(cast):
    return load_scope(cast["blackburn"])


@pytest.fixture
def okafor_family():
    """Chidi Okafor and her son Obi, among others."""
    for number in range(5):
        make_family(reference=f"D{number}")
    family = make_family(reference="2026-00017", born=date(2026, 8, 3))
    family.caregivers.update(
        given_name="Chidi", family_name="Okafor-Łukasz", phone="+44 7700 900 123", birth_date=date(1994, 2, 1)
    )
    family.addresses.update(postcode="ZQ9 9ZZ")
    family.infants.update(
        given_name="Obi", family_name="Okafor", nhs_number="9990001235", said_as="Oh-bee",
        reference="PI-2026-00017",
    )  # fmt: skip
    return family


def find_first(text, scope):
    found = find_families(parse_query(text), scope)
    return found[0].family if found else None


QUERY_KINDS = {
    "okafor": "a name",
    "Obi Okafor": "similar name",
    "okafor obi": "in either order",
    "Okafour": "misspelt",
    "lukasz": "a double name's second half, without its marks",
    "oka": "how it begins",
    "C Okafor": "an initial",
    "9990001235": "NHS number",
    "999 000 1235": "with spaces",
    "999-000-1235": "with dashes",
    "PI-2026-00017": "reference",
    "pi 2026 17": "as it is said aloud",
    "3/8/2026": "date of birth",
    "03.08.26": "date of birth",
    "3 Aug 2026": "date of birth",
    "3rd of August 2026": "date of birth",
    "August 3, 2026": "date of birth",
    "2026-08-03": "date of birth",
    "8/3/2026": "day and month swapped",
    "1/2/1994": "the carer's date of birth",
    "07700900123": "phone",
    "+44 (0)7700 900123": "phone",
    "00447700900123": "phone",
    "900 123": "end of the phone number",
    "ZQ9 9ZZ": "postcode",
    "zq99zz": "postcode",
    "okafor ZQ9": "with the postcode's area",
    "Carer okafor 3/8/2026": "mother's name and baby's birthday",
    "mrs chidi okafor, born 1 Feb 1994": "words around it",
}


@pytest.mark.parametrize("text", QUERY_KINDS)
def test_whatever_is_typed_the_family_comes_first(okafor_family, me, text):
    assert find_first(text, me) == okafor_family.pk


@pytest.mark.parametrize(
    "text", ["", "  ", "x", "%", "'; --", "9990001234", "zzzzzz", "31/2/2026", "baby " * 40, "\\", "_"]
)
def test_what_means_nobody_finds_nobody(okafor_family, me, text):
    assert okafor_family.pk not in {match.family for match in find_families(parse_query(text), me)}


def test_a_result_says_who_and_why(okafor_family, me):
    obi = okafor_family.infants.get()
    assert (obi.pk, "NHS number") in find_families(parse_query("9990001235"), me)[0].why
    chidi = okafor_family.caregivers.get()
    assert (chidi.pk, "phone") in find_families(parse_query("07700900123"), me)[0].why
    assert (obi.pk, "name") in find_families(parse_query("obi okafor"), me)[0].why
    assert (obi.pk, "similar name") in find_families(parse_query("obi okafour"), me)[0].why


def test_a_due_date_is_found_until_the_birth(me):
    family = make_family(reference="U", born=None)
    assert find_first(f"{DUE:%-d/%-m/%Y}", me) == family.pk
    family.infants.update(birth_date=DUE - timedelta(days=8))
    assert find_first(f"{DUE:%-d %b %Y}", me) is None


def test_nobody_finds_another_sites_or_a_restricted_family(cast, okafor_family, me):
    assert find_first("okafor", load_scope(cast["hyndburn"])) is None
    Family.objects.filter(pk=okafor_family.pk).update(restricted=True)
    assert find_first("okafor", me) is None


@pytest.mark.parametrize("who", ["healthvisitor", "manager", "peer", "administrator"])
def test_who_reads_no_families_finds_none(cast, okafor_family, who):
    assert find_first("okafor 9990001235", load_scope(cast[who])) is None


@pytest.mark.parametrize("field", ["sealed_at", "entered_in_error_at"])
def test_hidden_records_are_not_found(okafor_family, me, field):
    okafor_family.infants.update(**{field: timezone.now()})
    assert find_first("9990001235", me) is None
    assert find_first("PI-2026-00017", me) is None
    assert find_first("Obi", me) is None
    Caregiver.objects.filter(family=okafor_family).update(**{field: timezone.now()})
    assert find_first("ZQ9 9ZZ", me) is None, "an address goes with its person"


@pytest.mark.parametrize(
    "hidden", [{"kind": "refuge"}, {"until": date(2026, 9, 1)}, {"sealed_at": timezone.now()}]
)
def test_a_refuge_and_a_former_address_are_not_found(okafor_family, me, hidden):
    Address.objects.filter(family=okafor_family).update(**hidden)
    assert find_first("ZQ9 9ZZ", me) is None


def test_a_new_name_is_found_at_once(okafor_family, me):
    okafor_family.caregivers.update(family_name="Brzęczyszczykiewicz")
    assert find_first("Bzenczyszczykewicz", me) == okafor_family.pk


@pytest.mark.parametrize(
    ("given_name", "family_name", "typed"),
    [
        ("محمد", "الحسن", "محمد"),
        ("محمد", "الحسن", "الحسن"),
        ("Анна", "Петрова", "петрова"),
        ("АННА", "Петрова", "Анна"),
        ("李", "小龙", "李"),
        ("美", "王小明", "小明"),  # a part of what is written without spaces
        ("美", "王小明", "王"),
        ("สมชาย", "ใจดี", "ชาย"),
        ("دانیال", "کریمی", "كريمي"),  # the same letters from an Arabic keyboard
        ("علي", "الحسني", "علی"),
        ("ਗੁਰਪ੍ਰੀਤ", "ਸਿੰਘ", "ਸਿੰਘ"),
        ("Σοφία", "Παπάς", "ΠΑΠΑΣ"),
        ("Max", "Born", "born"),
        ("Max", "Born", "max born"),
        ("Miss", "Dr", "Miss Dr"),
        ("And", "Known", "known and"),
        ("E", "Aka", "E"),
        ("Baby", "The", "baby the"),
        ("Maria de los Angeles", "Garcia Lopez y Vega", "maria de los angeles garcia lopez y vega"),
        ("Kelly", "R-Kelly", "R-Kelly"),
        ("Marcus", "Ten", "Marcus 12 2025"),
    ],
)  # fmt: skip
def test_no_word_of_a_name_is_dropped_in_any_script(okafor_family, me, given_name, family_name, typed):
    okafor_family.caregivers.update(given_name=given_name, family_name=family_name)
    assert find_first(typed, me) == okafor_family.pk


def test_a_word_beside_a_name_counts_against_nobody(okafor_family, me):
    other = make_family(reference="O")
    other.caregivers.update(given_name="Chidi", family_name="Born")
    assert find_first("Mrs Okafor, born 1/2/1994", me) == okafor_family.pk
    assert find_first("Chidi Born", me) == other.pk


def test_a_phone_is_found_however_it_was_typed(okafor_family, me):
    okafor_family.caregivers.update(phone="01254 55555 ext 4")
    for typed in ("+44 1254 55555", "01254 55555", "0125455555 from 5", "125455555", "455555"):
        assert find_first(typed, me) == okafor_family.pk, typed
    assert find_first("01254 55554", me) is None
