"""Rate limits of public pages: what is counted, by whom, and that twenty at once are counted as twenty."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connections, transaction
from django.test import RequestFactory
from django.utils import timezone

from pairs.access import rate_limits
from pairs.access.models import RateCount

ENTRY_POINT = "ask-for-help"


@pytest.fixture(autouse=True)
def low_limits(settings):
    settings.PUBLIC_LIMITS = {ENTRY_POINT: {"from_one": 3, "in_all": 5}, "link": {"from_one": 9, "to_one": 1}}


def make_request(address="198.51.100.7", **headers):
    return RequestFactory().post("/", REMOTE_ADDR=address, headers=headers)


def count_request(request, entry_point=ENTRY_POINT, **others):
    try:
        with transaction.atomic():
            rate_limits.count_hit(request, entry_point, **others)
    except rate_limits.RateLimited as full:
        return full.which
    return ""


@pytest.mark.django_db
def test_one_address_has_its_own_limit_and_all_have_one_together():
    assert [count_request(make_request()) for _ in range(4)] == ["", "", "", "from_one"]
    others = [count_request(make_request("198.51.100.8")) for _ in range(3)]
    assert others == ["", "", "in_all"]
    assert rate_limits.find_reached_limit(make_request("198.51.100.9"), ENTRY_POINT) == "in_all"


@pytest.mark.django_db
def test_what_is_refused_is_not_counted():
    for _ in range(9):
        count_request(make_request())
    assert sorted(RateCount.objects.values_list("count", flat=True)) == [3, 3]


@pytest.mark.django_db
def test_asking_whether_it_is_full_counts_nothing(django_assert_num_queries):
    with django_assert_num_queries(1):
        assert rate_limits.find_reached_limit(make_request(), ENTRY_POINT) == ""
    assert not RateCount.objects.exists()


@pytest.mark.django_db
def test_it_also_counts_by_recipient():
    assert count_request(make_request(), "link", to_one="a@example.org") == ""
    assert count_request(make_request(), "link", to_one="a@example.org") == "to_one"
    assert count_request(make_request(), "link", to_one="b@example.org") == ""


@pytest.mark.django_db
def test_no_address_is_stored_and_old_counts_are_deleted():
    count_request(make_request())
    assert "198.51.100.7" not in str(list(RateCount.objects.values()))
    RateCount.objects.update(started_at=timezone.now() - timedelta(hours=3))
    count_request(make_request("203.0.113.1"))
    assert RateCount.objects.filter(started_at__lt=timezone.now() - timedelta(hours=2)).count() == 0


@pytest.mark.django_db
def test_the_next_hour_begins_anew(monkeypatch):
    for _ in range(3):
        count_request(make_request())
    later = rate_limits.time.time() + rate_limits.HOUR_SECONDS
    monkeypatch.setattr(rate_limits.time, "time", lambda: later)
    assert count_request(make_request()) == ""


@pytest.mark.parametrize(
    ("proxies", "header", "counted"),
    [
        (0, "203.0.113.9", "198.51.100.7"),  # a header that anybody can write is no address
        (1, "203.0.113.9", "203.0.113.9"),
        (
            1,
            "192.0.2.1, 203.0.113.9",
            "203.0.113.9",
        ),  # what the client wrote stands before what the proxy did
        (2, "192.0.2.1, 203.0.113.9, 203.0.113.10", "203.0.113.9"),
    ],
)
@pytest.mark.django_db
def test_whose_address_it_is_behind_a_proxy(settings, monkeypatch, proxies, header, counted):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    seen = []
    monkeypatch.setattr(rate_limits, "get_client_network", lambda address: seen.append(address) or address)
    rate_limits.find_reached_limit(make_request(**{"X-Forwarded-For": header}), ENTRY_POINT)
    assert [each.strip() for each in seen] == [counted]


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("198.51.100.7", "198.51.100.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
    ],
)
def test_one_household_is_one_network(address, network):
    assert rate_limits.get_client_network(address) == network


@pytest.mark.parametrize("cloned_database", ["prepared"], indirect=True)
def test_twenty_at_once_are_counted_as_twenty(cloned_database, django_db_blocker, settings):
    """Each in a connection of its own: exactly as many get in as may."""
    settings.PUBLIC_LIMITS = {ENTRY_POINT: {"from_one": 12, "in_all": 100}}

    def count_one(_):
        with django_db_blocker.unblock():
            try:
                return count_request(make_request())
            finally:
                connections.close_all()

    with ThreadPoolExecutor(20) as crowd:
        answers = list(crowd.map(count_one, range(20)))
    assert sorted(answers) == [""] * 12 + ["from_one"] * 8
