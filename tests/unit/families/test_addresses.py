"""Addresses: moved on, corrected, ended, a household's move; refuges hidden; postcodes looked up and retried."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from pairs.families.actions import (
    add_address,
    add_caregiver,
    correct_address,
    end_address,
    move_household,
    retry_lookups,
)
from pairs.families.models import Address, Family
from pairs.families.tasks import retry_unmatched_postcodes as nightly
from pairs.geography.models import Area, Postcode
from pairs.service.models import Place
from pairs.service.refusals import ActionRefused
from tests.cast import GIVEN_REASON
from tests.unit.families.factories import make_family

TODAY = timezone.localdate()
HOME_ADDRESS = {"kind": "home", "lines": "2 New Street", "postcode": "ZQ2 2BB", "since": date(2026, 9, 1)}


@pytest.fixture
def carer(family):
    return family.caregivers.get()


@pytest.fixture
def open_page(client, cast):
    def get_page_as(username, name, *args, post=None):
        client.force_login(cast[username])
        address = reverse(name, args=args)
        sent = {"headers": GIVEN_REASON}
        answer = (
            client.get(address, **sent) if post is None else client.post(address, post, follow=True, **sent)
        )
        return answer.status_code, answer.content.decode()

    return get_page_as


def make_known_postcode(postcode="ZQ2 2BB", place="hyndburn", version=2025, decile=2):
    """The directory knows a postcode."""
    lad = Place.objects.get(code=place).lad_code
    Area.objects.get_or_create(
        lsoa_code="E01099001",
        imd_version=version,
        defaults={
            "lsoa_name": "Made up 001A", "lad_code": lad, "lad_name": "Made up", "imd_rank": 1,
            "imd_decile": decile, "imd_score": 1,
        },
    )  # fmt: skip
    Postcode.objects.get_or_create(
        postcode=postcode, defaults={"lsoa_code": "E01099001", "lad_code": lad, "icb_code": "E54000048"}
    )


# ---------------------------------------------------------------- actions


def test_a_new_address_ends_the_previous_one(cast, family, carer):
    before = Address.objects.get()
    new = add_address(family=family, person=carer, by=cast["duty"], **HOME_ADDRESS)
    before.refresh_from_db()
    assert (before.until, new.until) == (date(2026, 9, 1), None)
    assert list(carer.addresses.newest_first()) == [new, before]


def test_a_second_address_may_stand_beside_the_first(cast, family, carer):
    add_address(
        family=family, person=carer, by=cast["duty"], moved_on=False, **HOME_ADDRESS | {"kind": "temporary"}
    )
    assert carer.addresses.current().count() == 2


def test_a_baby_has_addresses_of_their_own(cast, family):
    infant = family.infants.get()
    address = add_address(family=family, person=infant, by=cast["duty"], **HOME_ADDRESS)
    assert address.person == infant
    assert family.caregivers.get().addresses.current().get().postcode == "ZQ1 1AA"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"lines": "", "postcode": ""}, "lines"),
        ({"since": date(2099, 1, 1)}, "since"),
        ({"since": date(2020, 1, 1)}, "since"),
    ],
)
def test_what_cannot_be_an_address_is_refused_and_ends_nothing(cast, family, carer, change, field):
    Address.objects.update(since=date(2025, 1, 1))
    with pytest.raises(ActionRefused) as refused:
        add_address(family=family, person=carer, by=cast["duty"], **HOME_ADDRESS | change)
    assert field in refused.value.errors
    assert Address.objects.get().until is None


def test_a_lookup_stores_the_index_and_its_day(cast, family, carer):
    make_known_postcode()
    address = add_address(family=family, person=carer, by=cast["duty"], **HOME_ADDRESS)
    found = (address.lsoa_code, address.imd_decile, address.imd_version, address.looked_up_on)
    assert found == ("E01099001", 2, "2025", TODAY)


def test_a_correction_preserves_the_lookup_of_the_same_postcode(cast, family, carer):
    make_known_postcode()
    address = add_address(family=family, person=carer, by=cast["duty"], **HOME_ADDRESS)
    Postcode.objects.all().delete()
    address = correct_address(address=address, by=cast["duty"], **HOME_ADDRESS | {"lines": "2a New Street"})
    assert (address.imd_decile, address.imd_version) == (2, "2025")
    address = correct_address(address=address, by=cast["duty"], **HOME_ADDRESS | {"postcode": "ZQ9 9ZZ"})
    assert (address.lsoa_code, address.imd_decile) == ("", None)  # another place: nothing is known of it yet


def test_unknown_postcodes_are_looked_up_again(cast, family, carer):
    add_address(family=family, person=carer, by=cast["duty"], **HOME_ADDRESS)
    assert retry_lookups(on=TODAY) == 0
    make_known_postcode()
    assert nightly() == 1
    address = carer.addresses.current().get()
    assert (address.imd_decile, address.looked_up_on) == (2, TODAY)
    Area.objects.all().delete()
    Postcode.objects.all().delete()
    assert retry_lookups(on=TODAY + timedelta(days=1)) == 0
    address.refresh_from_db()
    assert (address.imd_decile, address.looked_up_on) == (2, TODAY)


def test_a_postcode_outside_england_is_not_looked_up_every_night(cast, family, carer):
    Postcode.objects.create(postcode="ZQ2 2BB", lsoa_code="W01000001", lad_code="W06000001")
    add_address(family=family, person=carer, by=cast["duty"], **HOME_ADDRESS)
    assert retry_lookups(on=TODAY) == 0


def test_a_household_moves_in_one_step_and_who_is_not_ticked_stays(cast, family, carer):
    dan = add_caregiver(family=family, given_name="Dan", by=cast["duty"])
    add_address(family=family, person=dan, by=cast["duty"], **HOME_ADDRESS | {"lines": "9 Stays Street"})
    move_household(family=family, people=[carer, family.infants.get()], by=cast["duty"], **HOME_ADDRESS)
    living = {str(each.person): each.lines for each in Address.objects.current()}
    assert living == {
        "Cora Carer": "2 New Street",
        "Baby1": "2 New Street",
        "Dan": "9 Stays Street",
    }
    with pytest.raises(ActionRefused):
        move_household(family=family, people=[], by=cast["duty"], **HOME_ADDRESS)


def test_a_move_that_one_of_them_cannot_have_made_moves_nobody(cast, family, carer):
    infant = family.infants.get()
    add_address(family=family, person=infant, by=cast["duty"], **HOME_ADDRESS | {"since": date(2026, 10, 1)})
    with pytest.raises(ActionRefused):
        move_household(family=family, people=[carer, infant], by=cast["duty"], **HOME_ADDRESS)
    assert carer.addresses.current().get().postcode == "ZQ1 1AA"


def test_an_address_is_ended_once(cast, family):
    address = end_address(address=Address.objects.get(), until=TODAY, by=cast["duty"])
    with pytest.raises(ActionRefused):
        end_address(address=address, until=TODAY, by=cast["duty"])


# ---------------------------------------------------------------- pages

POSTED_ADDRESS = {
    "kind_of_address": "home",
    "lines": "2 New Street",
    "postcode": "zq22bb",
    "since": "2026-09-01",
}


def test_an_address_is_added_on_its_page_and_the_earlier_one_stays_visible(family, carer, open_page):
    _, text = open_page("duty", "new-address", carer.pk, post=POSTED_ADDRESS | {"moved_on": "on"})
    assert "The postcode is not in the loaded directory yet" in text
    _, text = open_page("blackburn", "caregiver", carer.pk)
    for words in ("2 New Street, ZQ2 2BB", "1 Example Street", "to 1 September 2026", "Earlier"):
        assert words in text
    assert (
        "Enter a full postcode"
        in open_page("duty", "new-address", carer.pk, post=POSTED_ADDRESS | {"postcode": "x"})[1]
    )


def test_a_refuge_is_hidden_everywhere_but_where_addresses_are_corrected(family, carer, open_page):
    address = Address.objects.get()
    Address.objects.update(kind="refuge")
    said = {}
    for name, pk in (("caregiver", carer.pk), ("family-people", family.pk), ("family", family.pk)):
        _, text = open_page("blackburn", name, pk)
        said[name] = "address hidden" in text
        assert "1 Example Street" not in text, name
        assert "ZQ1 1AA" not in text, name
    # The overview says of nobody where they live: it leads to the people's tab.
    assert said == {"caregiver": True, "family-people": True, "family": False}
    assert "1 Example Street" in open_page("blackburn", "address", address.pk)[1]
    _, text = open_page("governance", "address", address.pk)
    assert "address hidden" in text
    assert "1 Example Street" not in text
    assert "ZQ1 1AA" not in open_page("duty", "unmatched-postcodes")[1]


def test_no_fixed_abode_needs_no_lines(carer, open_page):
    _, text = open_page("duty", "new-address", carer.pk, post={"kind_of_address": "none", "moved_on": "on"})
    assert "No fixed abode" in text


NO_AREA = "Not known: a pseudo-postcode or BFPO address is in no area"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"kind": "none"}, "Not known: no fixed abode"),
        ({"postcode": "ZZ99 3VZ"}, NO_AREA),
        ({"postcode": "BFPO 57"}, NO_AREA),
        ({"postcode": "BF1 2AT"}, NO_AREA),
    ],
)
def test_what_stands_for_no_place_is_no_unmatched_postcode(family, carer, open_page, changes, said):
    """Nothing to mend and nothing to look up: not listed, not retried, no gap of the record."""
    assert Address.objects.without_match().count() == 1
    Address.objects.update(**changes)
    assert not Address.objects.without_match().exists()
    assert "All postcodes matched" in open_page("blackburn", "unmatched-postcodes")[1]
    text = open_page("blackburn", "address", Address.objects.get().pk)[1]
    assert said in text
    assert "not in the loaded directory" not in text
    assert "Postcode not matched" not in open_page("blackburn", "record-gaps")[1]


def test_a_household_move_offers_those_who_live_together(family, carer, open_page):
    family.dyads.update(lives_with=True)
    _, text = open_page("duty", "household-move", family.pk)
    assert text.count("checked") == 3  # the kind of address, the baby, the carer
    moved = [str(carer.pk), str(family.infants.get().pk)]
    open_page("duty", "household-move", family.pk, post=POSTED_ADDRESS | {"moved": moved})
    assert Address.objects.current().filter(postcode="ZQ2 2BB").count() == 2
    assert "Tick everyone who moved" in open_page("duty", "household-move", family.pk, post=POSTED_ADDRESS)[1]


def test_another_district_is_said_and_the_move_offered(family, carer, open_page):
    make_known_postcode(place="hyndburn")
    Family.objects.update(place=Place.objects.get(code="blackburn-with-darwen"))
    _, text = open_page("duty", "new-address", carer.pk, post=POSTED_ADDRESS | {"moved_on": "on"})
    assert "This address is in Hyndburn, and the family is recorded in Blackburn with Darwen" in text
    Family.objects.update(place=Place.objects.get(code="hyndburn"))
    assert "This address is in" not in open_page("duty", "address", carer.addresses.current().get().pk)[1]


def test_an_address_is_corrected_and_ended_on_its_pages(family, open_page):
    address = Address.objects.get()
    _, text = open_page("duty", "correct-address", address.pk, post=POSTED_ADDRESS)
    assert "2 New Street" in text
    _, text = open_page("duty", "end-address", address.pk, post={"until": TODAY.isoformat()})
    assert "They no longer live there" not in text


def test_postcodes_without_a_match_are_listed_with_a_link_to_correct_them(family, open_page):
    make_family(site="hyndburn", reference="H").addresses.update(postcode="ZQ3 3CC")
    status, text = open_page("blackburn", "unmatched-postcodes")
    assert (status, "ZQ1 1AA" in text, "ZQ3 3CC" in text) == (200, True, False)
    Address.objects.update(until=TODAY)
    assert "All postcodes matched" in open_page("blackburn", "unmatched-postcodes")[1]
    assert open_page("healthvisitor", "unmatched-postcodes")[0] == 403
