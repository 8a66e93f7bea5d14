"""The number beside To do: about safety, overdue or due today; the same in the header, on the page and when asked."""

import re
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from pairs.families.actions import raise_risk_alert
from pairs.families.due import CLINICAL, DATA_QUALITY, SAFETY, DueItem
from reporting.dashboards.due_cache import PER_PAGE, DueLists
from reporting.dashboards.urgent_count import (
    UrgentCount,
    count_urgent,
    count_urgent_items,
    describe_urgent,
    format_urgent_count,
)
from tests.unit.families.factories import make_family

TODAY = date(2026, 11, 30)


def build_item(code, days, kind=CLINICAL):
    return DueItem(
        code=code, kind=kind, title="To do", subject_id=uuid4(), href="/", due_on=TODAY + timedelta(days=days)
    )


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        ([], UrgentCount()),
        ([build_item("risk_alert", 5, SAFETY)], UrgentCount(safety=1)),
        ([build_item("plan_review", -1)], UrgentCount(overdue=1)),
        ([build_item("plan_review", 0)], UrgentCount(today=1)),
        ([build_item("plan_review", 1)], UrgentCount()),
        ([build_item("unsigned_contact", -400)], UrgentCount()),  # it waits since then: no day was set
        ([build_item("unsigned_contact", 0)], UrgentCount()),
        ([build_item("nhs_number_trace", -9, DATA_QUALITY)], UrgentCount()),
    ],
)
def test_what_is_urgent(items, expected):
    assert count_urgent_items(items, TODAY) == expected


@pytest.mark.parametrize(
    ("clinical", "goes_on", "last_days", "text"),
    [
        (0, (), -1, ""),
        (3, (), -1, "3"),
        (PER_PAGE, (), -1, "50"),
        (PER_PAGE, (CLINICAL,), -1, "50+"),
        (PER_PAGE, (CLINICAL,), 2, "49"),
        (3, (SAFETY,), 2, "2+"),
    ],
)
def test_a_list_that_goes_on_says_so_only_while_its_end_is_urgent(clinical, goes_on, last_days, text):
    items = [build_item("plan_review", -2) for _ in range(clinical)]
    items[-1:] = [build_item("plan_review", last_days)] if items else []
    found = DueLists({SAFETY: [], CLINICAL: items}, {}, frozenset(goes_on))
    assert format_urgent_count(count_urgent(found, TODAY)) == text


def test_the_parts_in_words_leave_out_what_there_is_none_of():
    assert describe_urgent(UrgentCount(safety=1, today=2)) == "1 about safety, 2 due today"


# ---------------------------------------------------------------- on the pages
@pytest.fixture
def urgent_family(cast):
    family = make_family(born=date(2026, 1, 1))
    raise_risk_alert(site=family.site, family=family, what="Afraid", by=cast["blackburn"])
    return family


def read_header_counts(page):
    return set(re.findall(r'data-count="[^"]*">(\w*\+?)<', page.content.decode()))


@pytest.mark.django_db
@pytest.mark.parametrize("username", ["blackburn", "duty", "supervisor"])
def test_header_page_and_answer_say_the_same(client, cast, urgent_family, username):
    client.force_login(cast[username])
    answer = client.get(reverse("to-do-count"))
    count = answer.json()["text"]
    assert int(count) >= 1
    assert answer["Cache-Control"] == "no-store"
    page = client.get(reverse("worklist"))
    assert f"For today {count}: 1 about safety" in page.content.decode()
    assert read_header_counts(page) == read_header_counts(client.get(reverse("home"))) == {count}


@pytest.mark.django_db
def test_without_anything_urgent_there_is_no_number(client, cast):
    client.force_login(cast["blackburn"])
    assert client.get(reverse("to-do-count")).json() == {"text": ""}
    assert 'data-count="/due/count/"></span>' in client.get(reverse("home")).content.decode()


@pytest.mark.django_db
def test_another_page_asks_nothing_of_the_list(client, cast, urgent_family):
    """It comes without the number, which its script asks for beside it."""
    client.force_login(cast["blackburn"])
    assert 'data-count="/due/count/"></span>' in client.get(reverse("my-account")).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(("username", "status"), [("manager", 403), ("healthvisitor", 403), ("peer", 403)])
def test_who_has_no_list_has_no_number(client, cast, username, status):
    client.force_login(cast[username])
    assert client.get(reverse("to-do-count")).status_code == status
    assert "data-count" not in client.get(reverse("home")).content.decode()


@pytest.mark.django_db
def test_another_sites_alert_is_not_counted(client, cast, urgent_family):
    client.force_login(cast["hyndburn"])
    assert client.get(reverse("to-do-count")).json() == {"text": ""}
