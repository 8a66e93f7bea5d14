"""The triage board: its groups, rows, views and filters, and what it costs."""

import re
import uuid
from datetime import timedelta
from unittest.mock import patch

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from pairs.families.actions import raise_risk_alert
from referrals.actions import decide_referral, mark_referral_read
from referrals.actions.additions import add_to_referral
from referrals.actions.first_reader import set_first_readers
from referrals.models import Referral
from tests.unit.families.factories import make_family
from tests.unit.referrals.factories import (
    BORN,
    CARER,
    INFANT,
    REPLIES,
    make_test_referral,
)

pytestmark = pytest.mark.django_db
CORA_NAMED = CARER | {"given_name": "Cora", "family_name": "Carer"}
BABY_NAMED = INFANT | {
    "given_name": "Baby1",
    "family_name": "Carer",
    "birth_date": BORN,
    "estimated_due_date": None,
}


def list_references_shown(text, referrals):
    return [each.reference for each in referrals if each.reference in text]


def list_rows_shown(text):
    """{group: references in the order of its rows}."""
    groups = re.split(r'<section class="pairs-triage pairs-triage--', text)[1:]
    return {group.split('"')[0]: re.findall(r"R-\d{4}-\d{5}", group) for group in groups}


def make_referral_of(moment, by):
    """A referral that came then: its clock and by when it has to be read follow."""
    with patch("django.utils.timezone.now", return_value=moment):
        return make_test_referral(by)


def test_the_board_groups_what_is_late_to_be_read_what_is_to_be_read_and_what_waits(cast, open_page):
    now, her = timezone.now(), cast["healthvisitor"]
    waiting, late, fresh = (make_referral_of(now - timedelta(days=days), her) for days in (30, 8, 0))
    assert list(list_rows_shown(open_page("duty", "triage")[1])) == ["overdue", "to_read"]
    mark_referral_read(referral=waiting, by=cast["duty"])
    _, text = open_page("duty", "triage")
    assert list_rows_shown(text) == {
        "overdue": [late.reference],
        "to_read": [fresh.reference],
        "waiting": [waiting.reference],
    }
    for words in ("3 referrals.", "1 is overdue to be read; 1 is still to be read.", "30 days, over 28"):
        assert words in text
    assert text.count("Read now") == 1


def test_a_row_says_who_it_is_what_worries_and_what_to_take_note_of(cast, open_page):
    held = make_family(born=BORN)
    one = make_test_referral(
        cast["healthvisitor"], infants=[BABY_NAMED], caregivers=[CORA_NAMED], noticed="word " * 40
    )
    two = make_test_referral(
        None,
        entry_point="self",
        infants=[],
        caregivers=[{"phone": "07700 900001", "may_call": False, "may_text": True}],
        place_assumed=True,
        noticed="I feel nothing when I hold him.\nMore.",
    )
    raise_risk_alert(site=two.site, about=two.reference, what="Alone tonight", by=cast["duty"])
    mark_referral_read(referral=one, by=cast["duty"])
    add_to_referral(referral=one, text="They moved", by=cast["healthvisitor"])
    _, text = open_page("duty", "triage")
    rows = {row.split(one.reference)[0]: row for row in text.split('<li class="pairs-triage__row">')}
    first, second = (next(row for row in rows.values() if each.reference in row) for each in (one, two))
    for words in (
        "Possible match",
        "Interpreter: Urdu",
        "New information",
        "Helen Visitor",
        "with Cora Carer",
    ):
        assert words in first
    concern = re.search(r'pairs-triage__concern">([^<]*)', first)[1]
    assert len(concern) <= 90
    assert concern.endswith("word…")
    for words in ("Risk alert", "Text only", "No one named yet", "Asked for help online", "assumed"):
        assert words in second
    assert "“I feel nothing when I hold him.”" in second
    assert str(held.pk) not in text


def test_who_is_reading_is_said_to_everybody_else(cast, open_page):
    referral = make_test_referral(cast["healthvisitor"])
    address = reverse("referral-read", args=[referral.pk])
    assert address in open_page("duty", "triage")[1]
    assert open_page("duty", "referral-read", referral.pk, post={})[0] == 302
    assert "is reading this" not in open_page("duty", "triage")[1]
    assert f"{cast['duty']} is reading this" in open_page("supervisor", "triage")[1]
    Referral.objects.update(first_read_at=timezone.now() - timedelta(hours=1))
    assert "is reading this" not in open_page("supervisor", "triage")[1]


def test_views_and_filters_stand_in_the_address_and_survive(cast, open_page):
    one = make_test_referral(cast["healthvisitor"])
    two = make_test_referral(None, entry_point="self", place="hyndburn", caregivers=[CARER], infants=[])
    three = make_test_referral(None, entry_point="self", caregivers=[CARER], infants=[], place_assumed=True)
    for referral in (two, three):
        mark_referral_read(referral=referral, by=cast["supervisor"])
    for asked, shown in (
        ({"entry_point": "self"}, [two, three]),
        ({"place": "hyndburn"}, [two]),
        ({"place": one.place.code}, [one]),
        ({"place": "not-stated"}, [three]),
        ({"view": str(two.site_id)}, [each for each in (one, two, three) if each.site_id == two.site_id]),
        ({"view": "mine"}, [one]),  # nobody is named to read there, and the others are the supervisor's
        ({"view": "mine", "entry_point": "self"}, []),
        ({"view": str(uuid.uuid4()), "entry_point": "nonsense", "place": "nowhere"}, [one, two, three]),
    ):
        _, text = open_page("duty", "triage", **asked)
        assert list_references_shown(text, [one, two, three]) == [each.reference for each in shown], asked
    _, text = open_page("duty", "triage", entry_point="self")
    assert '<option value="self" selected>' in text
    assert "Show all sources and districts" in text
    set_first_readers(site=one.site, reader=cast["supervisor"], deputy=cast["duty"], by=cast["supervisor"])
    assert list_references_shown(open_page("duty", "triage", view="mine")[1], [one, two]) == [one.reference]


def test_what_was_decided_of_late_is_a_view_of_its_own(cast, open_page):
    referral = make_test_referral(cast["healthvisitor"])
    assert "No referrals in this view" in open_page("duty", "triage", view="decided")[1]
    decide_referral(
        referral=referral, by=cast["duty"], response="direct", thrive="help", replies=REPLIES, lead=None
    )
    assert "No referrals are waiting" in open_page("duty", "triage")[1]
    _, text = open_page("duty", "triage", view="decided")
    assert list_rows_shown(text) == {"decided": [referral.reference]}
    assert "Direct work" in text


def test_the_board_is_taken_out_as_a_file_with_the_same_rows(cast, client):
    one = make_test_referral(cast["healthvisitor"], noticed="=1+1 is how it feels")
    make_test_referral(None, entry_point="self", caregivers=[CARER], infants=[])
    client.force_login(cast["duty"])
    answer = client.get(reverse("triage-csv"), {"entry_point": "professional"})
    header, row = answer.content.decode().splitlines()
    assert header.startswith("Family,Age,With,Concern,Referred by")
    assert one.reference in row
    assert "'=1+1 is how it feels" in row


def test_fifty_rows_cost_what_ten_do(cast, client):
    client.force_login(cast["duty"])

    def count_board_queries():
        with CaptureQueriesContext(connection) as asked:
            assert client.get(reverse("triage")).status_code == 200
        return len(asked)

    for _ in range(10):
        make_test_referral(cast["healthvisitor"])
    count_board_queries()
    at_ten = count_board_queries()
    for _ in range(40):
        make_test_referral(cast["healthvisitor"])
    assert count_board_queries() == at_ten == 10
