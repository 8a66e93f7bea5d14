"""The family page, accounts and who looked: each as the roles it is for, and the ones it is not."""

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.urls import reverse

from pairs.audit.models import AccessEntry
from pairs.families.actions import grant_family_access, raise_risk_alert
from pairs.families.models import Address
from pairs.service.roles import GrantPurpose
from tests.unit.families.factories import make_family

pytestmark = pytest.mark.django_db


@pytest.fixture
def open_page(client, cast):
    """The page as somebody sees it: (status, text)."""

    def get_page_as(username, name, *args, post=None):
        client.force_login(cast[username])
        address = reverse(name, args=args)
        answer = client.get(address) if post is None else client.post(address, post, follow=True)
        return answer.status_code, answer.content.decode()

    return get_page_as


def test_the_family_page_says_who_is_who_and_what_worries_us(cast, open_page):
    family = make_family(infants=2)
    raise_risk_alert(
        site=family.site, family=family, what="Cora was frightened on Monday", by=cast["blackburn"]
    )
    status, text = open_page("blackburn", "family", family.pk)
    assert status == 200
    assert AccessEntry.objects.get(view="family").opened == [family.pk]
    text += open_page("blackburn", "family-people", family.pk)[1]
    for words in (
        "Baby1 and Baby2",
        "Twin 1 of 2",
        "Cora Carer",
        "frightened on Monday",
        "1 Example Street",
        "PI-T-1",
    ):
        assert words in text


def test_a_refuge_is_named_and_its_address_hidden(cast, open_page):
    family = make_family()
    Address.objects.update(kind="refuge")
    _, text = open_page("blackburn", "family-people", family.pk)
    assert "1 Example Street" not in text
    assert "address hidden" in text


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("supervisor", 200),
        ("governance", 302),  # to say why, first
        ("hyndburn", 404),
        ("healthvisitor", 403),
        ("peer", 403),
        ("manager", 403),
    ],
)
def test_who_may_open_a_family(open_page, who, status):
    assert open_page(who, "family", make_family().pk)[0] == status


def test_anothers_family_and_a_missing_one_look_alike(open_page):
    there = open_page("hyndburn", "family", make_family().pk)
    nowhere = open_page("hyndburn", "family", "00000000-0000-4000-8000-000000000000")
    assert there == nowhere
    assert AccessEntry.objects.filter(status=404, view="family").count() == 2


def test_a_peer_supporter_sees_safe_contact_and_nothing_clinical(cast, open_page):
    family = make_family()
    grant_family_access(
        family=family, user=cast["peer"], purpose=GrantPurpose.PEER_SUPPORT, reason="Agreed", by=cast["duty"]
    )
    status, text = open_page("peer", "supported-family", family.pk)
    assert status == 200
    assert "01632 960001" in text
    assert "1 Example Street" not in text
    assert open_page("peer", "supported-family", make_family(reference="B").pk)[0] == 404


def test_a_birth_is_registered_from_the_family_page(cast, open_page):
    family = make_family(born=None)
    infant = family.infants.get()
    posted = {
        "birth_date-day": "1",
        "birth_date-month": "11",
        "birth_date-year": "2026",
        "babies-TOTAL_FORMS": "1",
        "babies-INITIAL_FORMS": "1",
        "babies-0-infant": str(infant.pk),
        "babies-0-given_name": "Ada",
        "babies-0-nhs_number": "123",
    }
    assert "10 digits" in open_page("duty", "birth", infant.pk, post=posted)[1]
    status, text = open_page(
        "duty", "birth", infant.pk, post=posted | {"babies-0-nhs_number": "999 000 0018"}
    )
    assert status == 200
    assert "999 000 0018" in text
    assert "Ada" in text


def test_an_account_is_made_without_a_password(cast, open_page):
    new = {
        "username": "newbie",
        "display_name": "New Colleague",
        "email": "new@pairs.example",
        "role": "practitioner",
    }
    new["site"] = cast["hub"].groups.get().roleatsite.site.code
    assert "New Colleague" in open_page("administrator", "new-account", post=new)[1]
    assert [message.to for message in mail.outbox] == [["new@pairs.example"]]
    assert not get_user_model().objects.get(username="newbie").has_usable_password()


def test_who_looked_finds_by_person_and_by_family(cast, open_page, client):
    family = make_family()
    open_page("blackburn", "family", family.pk)
    open_page("hyndburn", "family", family.pk)
    client.force_login(cast["governance"])
    text = client.get(reverse("access-log"), {"family": str(family.pk)}).content.decode()
    assert ("Bilal Blackburn" in text, "Hettie Hyndburn" in text) == (True, False)
    text = client.get(reverse("access-log"), {"username": "hyndburn"}).content.decode()
    assert "Refused" in text
    assert client.get(reverse("access-log"), {"family": "not an id"}).status_code == 200
