"""A new referral is read in time: who is notified when, once each; who is to read; what is due to whom."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from pairs.access.scope import load_scope
from pairs.families.due import SAFETY
from pairs.service.models import Site
from pairs.service.refusals import ActionRefused
from referrals.actions import mark_referral_read
from referrals.actions.first_reader import notify_of_unread, set_first_readers
from referrals.bank_holidays import ENGLAND
from referrals.models import FirstReader, ReadingNotice
from referrals.rules.reading_deadline import (
    NoticeRole,
    get_deputy_notice_time,
    get_reading_deadline,
)
from referrals.tasks import notify_unread_referrals
from tests.app_due_items import make_due_items
from tests.unit.referrals.factories import make_test_referral

list_app_due_items = make_due_items("referrals")


@pytest.fixture
def first_readers(cast):
    site = Site.objects.get(code="blackburn-with-darwen")
    return set_first_readers(site=site, reader=cast["duty"], deputy=cast["supervisor"], by=cast["supervisor"])


def list_new_recipients():
    """Who was written to since the last time this was asked."""
    people = sorted(address.partition("@")[0] for each in mail.outbox for address in each.to)
    mail.outbox.clear()
    return people


def test_the_reader_is_notified_at_once_with_a_reference_and_a_link_alone(cast, first_readers):
    referral = make_test_referral(cast["healthvisitor"])
    referral.refresh_from_db()
    assert referral.read_by_time == get_reading_deadline(referral.received_at, ENGLAND)
    (letter,) = mail.outbox
    assert letter.to == ["duty@pairs.example"]
    assert referral.reference in letter.subject
    assert reverse("decide-referral", args=[referral.pk]) in letter.body
    for words in ("Mia", "Dan", "Baby kicks", "BB1"):
        assert words not in letter.subject + letter.body


def test_then_the_deputy_then_the_supervisors_each_once(cast, first_readers):
    referral = make_test_referral(cast["healthvisitor"])
    assert list_new_recipients() == ["duty"]
    late = get_reading_deadline(referral.received_at, ENGLAND) + timedelta(minutes=1)
    steps = [
        (referral.received_at, [], []),
        (get_deputy_notice_time(referral.received_at, ENGLAND), [NoticeRole.DEPUTY], ["supervisor"]),
        (late, [NoticeRole.SUPERVISORS], ["supervisor"]),
        (late + timedelta(days=9), [], []),
    ]
    for now, whom, people in steps:
        assert notify_of_unread(referral=referral, now=now) == whom
        assert list_new_recipients() == people
    assert set(ReadingNotice.objects.values_list("whom", flat=True)) == set(NoticeRole.values)


def test_nobody_is_notified_once_it_is_read_or_withdrawn(cast, first_readers):
    referral = make_test_referral(cast["healthvisitor"])
    mark_referral_read(referral=referral, by=cast["duty"])
    list_new_recipients()
    assert notify_of_unread(referral=referral, now=timezone.now() + timedelta(days=9)) == []
    assert list_new_recipients() == []


def test_where_nobody_is_named_everybody_who_triages_there_is_notified(cast):
    make_test_referral(cast["healthvisitor"])
    assert list_new_recipients() == ["duty", "supervisor"]
    FirstReader.objects.create(
        site=Site.objects.get(code="blackburn-with-darwen"), reader=cast["duty"], deputy=cast["supervisor"]
    )
    cast["duty"].is_active = False
    cast["duty"].save()
    make_test_referral(cast["healthvisitor"])
    assert list_new_recipients() == ["supervisor"]  # the reader has left: whoever is there


def test_the_timetable_notifies_of_all_that_wait_and_catches_up_missed_runs(cast, first_readers, monkeypatch):
    referrals = [make_test_referral(cast["healthvisitor"]) for _ in "ab"]
    list_new_recipients()
    assert notify_unread_referrals() == 0
    late = get_reading_deadline(referrals[1].received_at, ENGLAND) + timedelta(minutes=1)
    monkeypatch.setattr("referrals.actions.first_reader.timezone.now", lambda: late)
    assert [notify_unread_referrals(), notify_unread_referrals()] == [2, 0]
    assert list_new_recipients() == ["supervisor"] * 4  # of each: as the deputy, and as the supervisor


def test_an_unread_referral_is_a_safety_item_first_the_readers_then_everybodys(
    cast, first_readers, monkeypatch
):
    referral = make_test_referral(cast["healthvisitor"])
    scope, on = load_scope(cast["duty"]), timezone.localdate()

    def get_item_at(moment):
        monkeypatch.setattr("referrals.due.timezone.now", lambda: moment)
        return next(each for each in list_app_due_items(scope, on) if each.code == "unread_referral")

    first = get_item_at(referral.received_at)
    assert (first.kind, first.owner_id, first.who) == (SAFETY, cast["duty"].pk, referral.reference)
    assert first.why == "Read within 4 working hours"
    last = get_item_at(get_deputy_notice_time(referral.received_at, ENGLAND))
    assert (last.owner_id, last.why) == (None, "Read within 60 working minutes")
    assert get_item_at(
        get_reading_deadline(referral.received_at, ENGLAND) + timedelta(minutes=5)
    ).why.startswith("Overdue by")


@pytest.mark.parametrize(
    ("reader", "deputy", "field"),
    [("duty", "duty", "deputy"), ("blackburn", "duty", "reader"), ("duty", "hyndburn", "deputy")],
)
def test_readers_are_two_people_who_triage_there(cast, reader, deputy, field):
    site = Site.objects.get(code="blackburn-with-darwen")
    with pytest.raises(ActionRefused) as refused:
        set_first_readers(site=site, reader=cast[reader], deputy=cast[deputy], by=cast["supervisor"])
    assert field in refused.value.errors
    assert not FirstReader.objects.exists()


def test_supervisors_name_them_on_a_page(cast, client):
    client.force_login(cast["supervisor"])
    page = reverse("first-readers")
    assert "None named: everyone who triages there" in client.get(page).content.decode()
    posted = {"site": "hyndburn", "reader": cast["duty"].pk, "deputy": cast["supervisor"].pk}
    assert "must be someone else" in client.post(page, posted | {"deputy": cast["duty"].pk}).content.decode()
    assert client.post(page, posted).url == page
    assert (
        client.post(page, posted | {"reader": cast["supervisor"].pk, "deputy": cast["duty"].pk}).url == page
    )
    named = FirstReader.objects.get()
    assert (named.site.code, named.reader, named.deputy) == ("hyndburn", cast["supervisor"], cast["duty"])
    for who in ("duty", "blackburn", "governance"):
        client.force_login(cast[who])
        assert client.get(page).status_code == 403
