"""What managers and supervisors see: whole quarters, pooled until there are five, rounded, closed for good."""

import itertools
from datetime import date

import pytest
from django.utils import timezone

from outcomes.experience.models import ExperienceAnswer
from outcomes.experience.rules import QUESTIONS, add_calendar_months, get_quarter_start
from pairs.service.actions import assign_role
from pairs.service.models import Site, User
from reporting.evidence.experience import ANSWER_BANDS, list_published_periods, pool_quarters

PAGE_PATH, API_PATH = "/reports/experience/", "/api/v1/experience/results/"
Q1, Q2, Q3, Q4 = (date(2026, month, 1) for month in (1, 4, 7, 10))
NEXT_QUARTER = date(2027, 1, 1)


@pytest.mark.parametrize(
    ("quarters", "on", "periods"),
    [
        ({}, date(2026, 11, 1), []),
        ({Q1: 20}, date(2026, 4, 30), []),  # not closed yet
        ({Q1: 20}, date(2026, 5, 1), [(Q1, Q1)]),
        ({Q1: 19}, date(2026, 5, 1), []),
        ({Q1: 19, Q2: 1}, date(2026, 8, 1), [(Q1, Q2)]),
        ({Q1: 19, Q3: 1}, date(2026, 11, 1), [(Q1, Q3)]),
        ({Q1: 5}, date(2027, 1, 31), []),
        ({Q1: 5}, date(2027, 2, 1), [(Q1, Q4)]),  # a year is long enough to wait for twenty
        ({Q1: 4}, date(2027, 2, 1), []),
        ({Q1: 4, NEXT_QUARTER: 1}, date(2027, 5, 1), [(Q1, NEXT_QUARTER)]),
        (
            {Q1: 30, Q2: 4},
            date(2026, 8, 1),
            [(Q1, Q1)],
        ),  # the rest waits, and is never added to what was shown
        ({Q1: 30, Q2: 12, Q3: 12}, date(2026, 11, 1), [(Q1, Q1), (Q2, Q3)]),
    ],
)
def test_which_periods_are_shown(quarters, on, periods):
    assert pool_quarters(quarters, on) == periods


def test_a_period_that_was_shown_is_shown_again_and_no_other_way():
    """Whatever comes later, each look begins with the periods of the look before."""
    quarters = {Q1: 3, Q2: 27, Q3: 2, Q4: 6, NEXT_QUARTER: 5}
    looks = [pool_quarters(quarters, add_calendar_months(Q1, number)) for number in range(20)]
    for earlier, later in itertools.pairwise(looks):
        assert later[: len(earlier)] == earlier


def make_answer(site, month=Q1, **said):
    return ExperienceAnswer(site=site, month=month, way="link", **said)


@pytest.fixture
def blackpool(cast):
    return Site.objects.get(code="blackpool")


def test_counts_are_banded_rounded_and_small_ones_starred(blackpool):
    answers = [make_answer(blackpool, overall=1) for _ in range(8)]
    answers += [
        make_answer(blackpool, overall=2),
        make_answer(blackpool, overall=5),
        make_answer(blackpool, words="Hm"),
    ]
    (period,) = list_published_periods(blackpool, answers, date(2027, 2, 1))
    assert (period.name, period.total.text) == ("January to December 2026", "10")
    overall = dict(zip(ANSWER_BANDS, (each.text for each in period.answers["overall"]), strict=True))
    assert overall == {
        "Yes or mostly": "10",
        "Partly": "*",
        "Not much or no": "*",
        "Can’t say, or left out": "*",
    }
    assert period.words == ["Hm"]
    assert period.compute_bars("overall") == [10, None, None, None, 0]
    assert period.compute_bars("trust") == [None, None, None, 10, 0]


def test_what_is_too_few_to_show_stands_in_the_bar_as_what_is_left_of_the_total(blackpool):
    answers = [make_answer(blackpool, overall=value) for value in (1, 1, 1, 1, 3, 3, 3, 3, 5, 5, 5, 5)]
    (period,) = list_published_periods(blackpool, answers, date(2027, 2, 1))
    assert period.compute_bars("overall") == [None, None, None, None, 10]


def test_every_answer_is_in_one_band():
    values = [1, 2, 3, 4, 5, 0, None]
    assert [sum(value in band for band in ANSWER_BANDS.values()) for value in values] == [1] * 7


def get_past_quarter():
    return add_calendar_months(get_quarter_start(timezone.localdate()), -24)


@pytest.mark.parametrize("many", [0, 4])
def test_fewer_than_five_show_nothing_at_all(sign_in_as, blackpool, many):
    for _ in range(many):
        make_answer(blackpool, get_past_quarter(), trust=1, words="Only we would say so").save()
    client = sign_in_as("manager")
    page = client.get(f"{PAGE_PATH}?site=blackpool").content.decode()
    assert "Nothing to show yet" in page
    assert "Only we would say so" not in page + client.get(API_PATH).content.decode()


@pytest.fixture
def answered_site(blackpool):
    for number in range(12):
        make_answer(blackpool, get_past_quarter(), overall=1, trust=3, words=f"Words {number}").save()
    return blackpool


def test_page_and_api_show_the_same(sign_in_as, answered_site):
    client = sign_in_as("manager")
    page = client.get(f"{PAGE_PATH}?site=blackpool").content.decode()
    site = next(each for each in client.get(API_PATH).json()["results"] if each["site"] == "blackpool")
    (period,) = site["periods"]
    assert period["total"] == "10"
    assert period["answers"]["overall"]["Yes or mostly"] == "10"
    assert period["answers"]["trust"]["Partly"] == "10"
    assert period["name"] in page
    assert sorted(period["words"]) == sorted(f"Words {number}" for number in range(12))
    assert all(f"Words {number}" in page for number in range(12))
    assert all(str(words) in page for words in QUESTIONS.values())
    assert "not a published instrument" in page


def test_words_come_in_another_order_each_time(answered_site):
    rows = list(ExperienceAnswer.objects.all())
    orders = {
        tuple(list_published_periods(answered_site, rows, timezone.localdate())[0].words) for _ in range(20)
    }
    assert len(orders) > 1


def test_the_exact_number_is_shown_nowhere(sign_in_as, answered_site):
    page = sign_in_as("manager").get(f"{PAGE_PATH}?site=blackpool").content.decode()
    assert ">12<" not in page
    assert ": 12<" not in page


@pytest.mark.parametrize(
    ("username", "status"),
    [
        ("manager", 200),
        ("supervisor", 200),
        ("blackburn", 403),
        ("duty", 403),
        ("governance", 403),
        ("administrator", 403),
        ("healthvisitor", 403),
    ],
)
def test_who_may_read(sign_in_as, username, status):
    client = sign_in_as(username)
    assert client.get(PAGE_PATH).status_code == client.get(API_PATH).status_code == status


def test_another_sites_answers_are_not_included(client, answered_site):
    user = User.objects.create(username="local", display_name="Local")
    assign_role(user=user, role="manager", site=Site.objects.get(code="blackburn-with-darwen"))
    client.force_login(user)
    assert "Words" not in client.get(f"{PAGE_PATH}?site=blackpool").content.decode()
    assert [each["site"] for each in client.get(API_PATH).json()["results"]] == ["blackburn-with-darwen"]
