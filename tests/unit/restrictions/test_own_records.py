"""A record whose carer has one's own name or e-mail address: asked about, shut where it is one's own, and reported."""

import pytest
from django.core import mail
from django.db import connection
from django.db.models.functions import Upper
from django.urls import reverse

from pairs.access.scope import load_scope
from pairs.families.models import Caregiver
from pairs.families.models.people import FULL_NAME_KEY
from pairs.restrictions.actions import answer_own_record, withdraw_own_record_answer
from pairs.restrictions.models import OwnRecordAnswer
from pairs.service.refusals import ActionRefused
from tests.form_client import FormClient
from tests.unit.families.factories import make_family

pytestmark = pytest.mark.django_db


@pytest.fixture
def family(cast):
    """A family at Blackburn, whose carer has the name of Blackburn's practitioner."""
    made = make_family()
    name_carer(made, *cast["blackburn"].display_name.split(" ", 1))
    return made


def name_carer(family, given_name, family_name, email=""):
    Caregiver.objects.filter(family=family).update(
        given_name=given_name, family_name=family_name, email=email
    )


def list_own(user):
    return set(load_scope(user).own_records)


@pytest.mark.parametrize(
    ("given_name", "family_name", "email", "asked"),
    [
        ("Bilal", "Blackburn", "", True),
        ("BILAL", "blackburn", "", True),
        ("Cora", "Carer", "Blackburn@PAIRS.example", True),
        ("Cora", "Blackburn", "cora@pairs.example", False),
        ("", "", "", False),
    ],
)
def test_who_is_asked(cast, family, given_name, family_name, email, asked):
    name_carer(family, given_name, family_name, email)
    assert (family.pk in list_own(cast["blackburn"])) is asked
    assert family.pk not in list_own(cast["supervisor"])


def test_a_carer_entered_in_error_is_nobody(cast, family):
    Caregiver.objects.get(family=family).enter_in_error(reason="Wrong record", by=cast["supervisor"])
    assert list_own(cast["blackburn"]) == set()


@pytest.mark.parametrize("answer", ["own", "known"])
def test_ones_own_stays_shut_and_governance_is_told(cast, family, client, answer):
    client.force_login(cast["blackburn"])
    page = reverse("own-record", args=[family.pk])
    assert client.get(reverse("family", args=[family.pk])).url == page
    assert client.get(reverse("api-family", args=[family.pk])).status_code == 403
    asked = client.get(page).content.decode()
    assert "your name or e-mail address" in asked
    assert "Baby1" not in asked
    assert "nhsuk-error-message" in client.post(page, {"answer": ""}).content.decode()
    sent = client.post(page, {"answer": answer}, follow=True)
    assert sent.redirect_chain[0][0] == reverse("home")
    assert "stays shut to you" in sent.content.decode()
    assert client.get(reverse("family", args=[family.pk])).url == page
    assert client.post(reverse("new-alert", args=[family.pk]), {"what": "x"}).url == page
    assert "stays shut to you" in client.get(page).content.decode()
    (told,) = mail.outbox
    assert "Bilal Blackburn wanted to open" in told.body
    assert "Baby1" not in told.subject + told.body


def test_somebody_elses_opens_and_is_not_asked_about_again(cast, family, client):
    client.force_login(cast["blackburn"])
    sent = client.post(reverse("own-record", args=[family.pk]), {"answer": "other"}, follow=True)
    assert sent.redirect_chain[0][0] == reverse("family", args=[family.pk])
    assert sent.status_code == 200
    assert "The record opened" in mail.outbox[0].body
    with pytest.raises(ActionRefused):
        answer_own_record(family=family, answer="own", by=cast["blackburn"])


def test_governance_sees_it_and_has_them_asked_again(cast, family):
    made = answer_own_record(family=family, answer="own", by=cast["blackburn"])
    governance = FormClient("governance")
    shown = governance.client.get(reverse("unusual-reading")).content.decode()
    for words in ("Bilal Blackburn", "my own, or my family", "Stayed shut"):
        assert words in shown
    governance.submit("withdraw-own-record-answer", made.pk, reason="They chose the wrong line")
    assert not OwnRecordAnswer.objects.live().exists()
    with pytest.raises(ActionRefused, match="already"):
        withdraw_own_record_answer(answer=made, reason="They chose the wrong line", by=cast["governance"])
    assert answer_own_record(family=family, answer="other", by=cast["blackburn"]).pk
    assert list_own(cast["blackburn"]) == set()


def test_only_governance_sees_the_answers(cast, family, client):
    made = answer_own_record(family=family, answer="own", by=cast["blackburn"])
    for who in ("blackburn", "supervisor", "manager", "administrator"):
        client.force_login(cast[who])
        assert client.get(reverse("unusual-reading")).status_code == 403
        assert client.get(reverse("withdraw-own-record-answer", args=[made.pk])).status_code == 403


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("key", "index"), [(Upper("email"), "caregivers_by_email"), (FULL_NAME_KEY, "caregivers_by_full_name")]
)
def test_no_carer_is_read_one_by_one_to_find_them(key, index):
    """Asked on each request, so by an index: of so few carers PostgreSQL would read them all if it might."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    assert index in Caregiver.objects.alias(key=key).filter(key="X").explain()
