"""Two people change the same record: nobody's save undoes the other's, and what both changed is chosen."""

import re

import pytest
from django.urls import reverse

from pairs.families.models import Caregiver
from tests.form_client import list_standing_values
from tests.project.form_filling import parse_form
from tests.unit.families.factories import make_family

pytestmark = pytest.mark.django_db
NEVER_RING = {"phone": "01632 960999", "may_call": "False", "safe_contact": "He listens in. Never ring."}


@pytest.fixture
def carer(cast):
    return make_family().caregivers.get()


@pytest.fixture
def open_form(client, cast, carer):
    """Open the page of how to reach the carer; the function that posts it with changes."""

    def open_as(username):
        client.force_login(cast[username])
        address = reverse("caregiver-reached", args=[carer.pk])
        shown = list_standing_values(parse_form(client.get(address).content.decode()))

        def post(**changes):
            client.force_login(cast[username])
            return client.post(address, shown | changes)

        return post

    return open_as


def test_a_stale_page_keeps_what_a_colleague_saved(open_form, carer):
    first, second = open_form("blackburn"), open_form("supervisor")
    assert first(**NEVER_RING).status_code == 302
    assert second(language="Urdu").status_code == 302
    now = Caregiver.objects.get(pk=carer.pk)
    assert (now.phone, now.may_call, now.safe_contact) == (
        "01632 960999",
        False,
        "He listens in. Never ring.",
    )
    assert now.language == "Urdu"


def test_what_both_changed_is_shown_twice_and_chosen(open_form, carer):
    first, second = open_form("blackburn"), open_form("supervisor")
    first(**NEVER_RING)
    page = second(phone="01632 960111", language="Urdu").content.decode()
    assert Caregiver.objects.get(pk=carer.pk).phone == "01632 960999"
    for text in ("01632 960999", "01632 960111", "A colleague changed this too"):
        assert text in page
    choices = dict(re.findall(r'name="keep-phone" type="radio" value="((\w+):[\w.]+)"', page))
    assert set(choices.values()) == {"theirs", "mine"}
    by_side = {side: value for value, side in choices.items()}
    assert second(phone="01632 960111", language="Urdu").status_code == 200  # nothing was chosen
    assert second(phone="01632 960111", **{"keep-phone": "mine:0"}).status_code == 200  # of something else
    assert second(phone="01632 960111", language="Urdu", **{"keep-phone": by_side["mine"]}).status_code == 302
    now = Caregiver.objects.get(pk=carer.pk)
    assert (now.phone, now.may_call, now.language) == ("01632 960111", False, "Urdu")


def test_the_colleagues_text_may_stay(open_form, carer):
    first, second = open_form("blackburn"), open_form("supervisor")
    first(**NEVER_RING)
    page = second(phone="01632 960111", language="Urdu").content.decode()
    theirs = re.search(r'value="(theirs:[\w.]+)"', page).group(1)
    assert second(phone="01632 960111", language="Urdu", **{"keep-phone": theirs}).status_code == 302
    now = Caregiver.objects.get(pk=carer.pk)
    assert (now.phone, now.language) == ("01632 960999", "Urdu")


def test_what_was_typed_since_is_not_given_up_for_the_colleagues_text(open_form, carer):
    """Somebody who put both texts together in the box, and chose the colleague's, is asked again."""
    first, second = open_form("blackburn"), open_form("supervisor")
    first(**NEVER_RING)
    page = second(phone="01632 960111").content.decode()
    assert "Choose which to keep</p>" not in page
    theirs = re.search(r'value="(theirs:[\w.]+)"', page).group(1)
    again = second(phone="01632 960222", asked="1", **{"keep-phone": theirs})
    page = again.content.decode()
    assert (again.status_code, "01632 960222" in page, "Choose which to keep</p>" in page) == (
        200,
        True,
        True,
    )
    assert Caregiver.objects.get(pk=carer.pk).phone == "01632 960999"


def test_both_wrote_the_same(open_form, carer):
    first, second = open_form("blackburn"), open_form("supervisor")
    first(**NEVER_RING)
    assert second(**NEVER_RING).status_code == 302


def test_the_api_changes_the_version_that_it_read(client, cast, carer):
    client.force_login(cast["blackburn"])
    address = reverse("api-caregiver", args=[carer.pk])
    read = client.get(address)["ETag"]

    def patch(change, **headers):
        return client.patch(address, change, content_type="application/json", headers=headers)

    first = patch({"phone": "01632 960999"}, if_match=read)
    assert (first.status_code, first["ETag"] != read) == (200, True)
    late = patch({"language": "Urdu"}, if_match=read)
    assert (late.status_code, list(late.json()["errors"])) == (412, [""])
    assert patch({"language": "Urdu"}, if_match=first["ETag"]).status_code == 200
    assert patch({"language": "Polish"}).status_code == 200
    assert Caregiver.objects.get(pk=carer.pk).phone == "01632 960999"
