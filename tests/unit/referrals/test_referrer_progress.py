"""Where a referral stands for whoever made it, a row each: worked out from today, and never more than was agreed."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest

from referrals.rules.referrer_progress import WorkFacts, describe_progress, read_facts

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
WORK, DATES = frozenset({"involved"}), frozenset({"involved", "appointments"})
SEEN, BOOKED = NOW - timedelta(days=9), NOW + timedelta(days=6)


def make_referral(status, *, days=3, decided=2, read=True, read_by=None):
    return SimpleNamespace(
        status=status,
        received_at=NOW - timedelta(days=days),
        decided_at=NOW - timedelta(days=decided),
        first_read_at=NOW if read else None,
        read_by_time=read_by,
    )


def describe(status, facts=None, *, shared=True, agreed=None, **referral):
    made = make_referral(status, **referral)
    return describe_progress(made, facts or WorkFacts(), shared=shared, agreed=agreed, now=NOW)


@pytest.mark.parametrize(
    ("facts", "agreed", "words", "day"),
    [
        (WorkFacts(), DATES, "Accepted", None),
        (WorkFacts(booked=BOOKED), DATES, "First appointment offered", BOOKED.date()),
        (WorkFacts(opened=True, meetings=(SEEN,)), DATES, "Seen", SEEN.date()),
        (WorkFacts(opened=True, meetings=(SEEN, SEEN), booked=BOOKED), DATES, "In work", SEEN.date()),
        (WorkFacts(opened=True, ended_on=date(2026, 11, 1)), DATES, "Work ended", date(2026, 11, 1)),
        # Without an agreement about appointments no day is told, nor that there was one.
        (WorkFacts(booked=BOOKED), WORK, "Accepted", None),
        (WorkFacts(opened=True, meetings=(SEEN,), booked=BOOKED), WORK, "In work", None),
        (WorkFacts(opened=True, meetings=(SEEN,), booked=BOOKED), None, "In work", None),
        (WorkFacts(opened=True, ended_on=date(2026, 11, 1)), None, "Work ended", None),
    ],
)
def test_the_status_goes_on_after_acceptance_as_far_as_the_family_agreed(facts, agreed, words, day):
    found = describe("accepted", facts, agreed=agreed)
    assert (found.words, found.day) == (words, day)
    dates = [each for each in ("18 November", "3 Dec", "1 November") if each in found.next_step]
    assert bool(dates) == (day is not None)


@pytest.mark.parametrize("status", ["received", "read", "more_asked", "accepted", "consultation"])
@pytest.mark.parametrize("shared", [True, False])
def test_a_year_later_nothing_is_promised_any_more(status, shared):
    old = {"days": 365, "decided": 360, "read": False, "read_by": NOW - timedelta(days=364)}
    for agreed in (None, WORK, DATES):
        said = describe(status, shared=shared, agreed=agreed, **old).next_step
        for promise in ("will contact", "will read it", "will arrange", "this week", "tomorrow"):
            assert promise not in said


@pytest.mark.parametrize(
    ("status", "facts", "words"),
    [
        ("consultation", {}, "will arrange a time"),
        ("consultation", {"consultation": "arranged", "arranged_for": BOOKED}, "is booked for 3 Dec 2026"),
        ("consultation", {"consultation": "arranged", "arranged_for": SEEN}, "was booked for 18 Nov 2026"),
        ("consultation", {"consultation": "held", "held_on": SEEN.date()}, "was held on 18 November 2026"),
        ("not_accepted", {}, "where the family can turn"),
        ("withdrawn", {}, "Nothing more will happen"),
        ("more_asked", {}, "the answer to our question"),
        ("read", {}, "It has been read"),
    ],
)
def test_what_comes_next_by_status(status, facts, words):
    assert words in describe(status, WorkFacts(**facts)).next_step


def test_a_reading_that_is_late_is_called_late():
    soon, gone = NOW + timedelta(hours=2), NOW - timedelta(hours=2)
    assert "will read it by 27 Nov 2026" in describe("received", read=False, read_by=soon).next_step
    assert "is late" in describe("received", read=False, read_by=gone).next_step


@pytest.mark.parametrize(
    ("status", "words"), [("accepted", "Decided"), ("not_accepted", "Decided"), ("read", "Received")]
)
def test_without_the_familys_agreement_only_received_and_decided(status, words):
    facts = WorkFacts(opened=True, meetings=(SEEN,), booked=BOOKED, ended_on=SEEN.date())
    found = describe(status, facts, shared=False, agreed=DATES)
    assert (found.words, found.day) == (words, None)
    assert "2026" not in found.next_step


# ---------------------------------------------------------------- a question of ours, and a withdrawal asked for
ASKED, LATER = NOW - timedelta(days=2), NOW - timedelta(hours=3)


@pytest.mark.parametrize("shared", [True, False])
def test_a_question_waits_for_whoever_was_asked_until_they_have_added_something(shared):
    before = WorkFacts(question="Who is at home?", asked_at=ASKED, added_at=ASKED - timedelta(hours=1))
    found = describe("more_asked", before, shared=shared)
    assert (found.words, found.question) == ("More information requested", "Who is at home?")
    after = WorkFacts(question="Who is at home?", asked_at=ASKED, added_at=LATER)
    found = describe("more_asked", after, shared=shared)
    assert (found.words, found.question, found.day) == ("Answered", "", LATER.date())
    assert "reading it" in found.next_step
    assert "when we have the answer" not in found.next_step


def test_a_colleague_hears_of_a_question_only_where_progress_may_be_told():
    asked, answered = WorkFacts(asked_at=ASKED), WorkFacts(asked_at=ASKED, added_at=LATER)
    assert [describe("more_asked", each).words for each in (asked, answered)] == [
        "More information requested",
        "Answered",
    ]
    unshared = [describe("more_asked", each, shared=False) for each in (asked, answered)]
    assert [(each.words, each.question) for each in unshared] == [("Received", "")] * 2


def test_what_the_family_was_asked_is_not_answered_by_whoever_referred():
    found = describe("more_asked", WorkFacts(added_at=LATER))
    assert (found.words, found.question) == ("More information requested", "")


@pytest.mark.parametrize("status", ["received", "read", "more_asked"])
@pytest.mark.parametrize("shared", [True, False])
def test_a_withdrawal_that_waits_for_the_family_is_the_status(status, shared):
    facts = WorkFacts(question="Who?", asked_at=ASKED, withdrawal_asked_at=LATER)
    found = describe(status, facts, shared=shared)
    assert (found.words, found.day, found.question) == ("Withdrawal requested", LATER.date(), "")
    assert "tell the family first" in found.next_step
    assert not found.is_finished


def test_what_they_were_told_already_is_not_denied():
    told, untold = (
        describe("accepted", WorkFacts(told=each), shared=False).next_step for each in (True, False)
    )
    assert "we cannot say more than we have told you;" in told
    assert "we cannot say more;" in untold


def test_rows_that_each_know_a_part_make_the_facts():
    rows = [{"opened": True, "meetings": (SEEN,)}, {"booked": BOOKED}]
    assert read_facts(rows) == WorkFacts(opened=True, meetings=(SEEN,), booked=BOOKED)
