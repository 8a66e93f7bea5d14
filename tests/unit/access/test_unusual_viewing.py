"""Opening very many families within an hour is reported, and then refused; what is open for work stays open."""

import pytest
from django.core import mail
from django.urls import reverse

from pairs.audit.models import AccessEntry, AccountEvent, AccountEventKind
from tests.unit.families.factories import make_family


@pytest.fixture
def families(cast, settings):
    settings.FAMILIES_OPENED_AN_HOUR, settings.FAMILIES_OPENED_REPORTED = 3, 2
    return [make_family(reference=f"R-{number}") for number in range(5)]


def open_family(client, family, name="api-family"):
    return client.get(reverse(name, args=[family.pk])).status_code


def test_one_too_many_is_refused_and_those_before_stay_open(client, cast, families):
    client.force_login(cast["blackburn"])
    assert [open_family(client, each) for each in families] == [200, 200, 200, 429, 429]
    assert [open_family(client, each) for each in families] == [200, 200, 200, 429, 429]
    assert AccessEntry.objects.filter(status=429).count() == 4  # the log says what was tried


def test_a_page_says_why(client, cast, families):
    client.force_login(cast["blackburn"])
    for family in families[:3]:
        open_family(client, family)
    answer = client.get(reverse("family", args=[families[3].pk]))
    assert answer.status_code == 429
    assert "Too many records opened" in answer.content.decode()
    assert str(families[3].pk) not in answer.content.decode()


def test_another_person_is_not_concerned(client, cast, families):
    client.force_login(cast["blackburn"])
    for family in families:
        open_family(client, family)
    client.force_login(cast["supervisor"])
    assert open_family(client, families[4]) == 200


def test_it_is_reported_once_and_names_no_family(client, cast, families):
    client.force_login(cast["blackburn"])
    open_family(client, families[0])
    assert mail.outbox == []
    for family in families:
        open_family(client, family)
    (letter,) = mail.outbox
    assert letter.to == ["governance@pairs.example"]
    assert "who-looked/?username=blackburn" in letter.body
    assert not any(str(each.pk) in letter.body for each in families)
    assert AccountEvent.objects.get().kind == AccountEventKind.MANY_OPENED


def test_a_service_can_turn_it_off(client, cast, families, settings, monkeypatch):
    settings.FAMILIES_OPENED_AN_HOUR = settings.FAMILIES_OPENED_REPORTED = 0
    client.force_login(cast["blackburn"])
    monkeypatch.setattr(
        "pairs.access.access_entries._build_judged_statement", None
    )  # nothing is counted then
    assert {open_family(client, each) for each in families} == {200}
    assert AccessEntry.objects.filter(status=200).exclude(opened=[]).count() == len(families)
    assert mail.outbox == []
