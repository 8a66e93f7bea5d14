"""The clocks of a referral by hand-worked dates: one row a case, each counted on paper by the calendar."""

from datetime import date

import pytest

from referrals.rules.clocks import (
    BASELINE,
    BEFORE_BIRTH,
    CONTACT,
    HELP,
    NO_BIRTHDAY,
    NOBODY_NAMED,
    TOO_OLD,
    Baseline,
    Contact,
    Events,
    Request,
    Treatment,
    days_between,
    four_week_clock,
    intervals,
    is_return,
    wait_for_decision,
)

BORN = date(2026, 1, 5)
GBO = "Goal Based Outcomes (GBO)"


def on(month, day, year=2026):
    return date(year, month, day)


def seen(day, mechanism="01", attendance="5"):
    return Contact(day, mechanism, attendance)


def rated(day, tool=GBO):
    return Baseline(day, tool)


RECEIVED = on(3, 2)


def clock(received=RECEIVED, *, ended=None, born=BORN, contacts=(), baselines=(), plans=(), **more):
    """The clock of one referral received on Monday 2 March 2026, unless said otherwise."""
    events = Events(
        request=Request(received, ended),
        born=born,
        contacts=tuple(contacts),
        baselines=tuple(baselines),
        plans=tuple(plans),
        **more,
    )
    return four_week_clock(events)


# (received, first contact, first rating, plan, day on which it stopped, days)
STOPPED = [
    ("all on one day", on(3, 2), on(3, 9), on(3, 9), on(3, 9), on(3, 9), 7),
    ("the contact last", on(3, 2), on(3, 30), on(3, 9), on(3, 10), on(3, 30), 28),
    ("the measure last", on(3, 2), on(3, 9), on(3, 31), on(3, 12), on(3, 31), 29),
    ("the contact after the assessment", on(3, 2), on(3, 20), on(3, 9), on(3, 12), on(3, 20), 18),
    ("the plan last", on(3, 2), on(3, 9), on(3, 10), on(4, 1), on(4, 1), 30),
    ("on the day of receipt", on(3, 2), on(3, 2), on(3, 2), on(3, 2), on(3, 2), 0),
    ("the end of a short month", on(1, 31), on(2, 28), on(2, 28), on(2, 28), on(2, 28), 28),
    ("from the last of one month to the first but one", on(1, 31), on(3, 1), on(3, 1), on(3, 1), on(3, 1), 29),
    ("29 February in between", on(2, 1, 2028), on(2, 29, 2028), on(2, 29, 2028), on(2, 29, 2028), on(2, 29, 2028), 28),
    ("from 29 February", on(2, 29, 2028), on(3, 28, 2028), on(3, 28, 2028), on(3, 28, 2028), on(3, 28, 2028), 28),
    ("the clocks go forward on 29 March", on(3, 28), on(3, 30), on(3, 30), on(3, 30), on(3, 30), 2),
    ("the clocks go back on 25 October", on(10, 24), on(10, 26), on(10, 26), on(10, 26), on(10, 26), 2),
    ("over the new year", on(12, 20), on(1, 17, 2027), on(1, 17, 2027), on(1, 17, 2027), on(1, 17, 2027), 28),
]  # fmt: skip


@pytest.mark.parametrize(("received", "contact", "rating", "plan", "stopped", "days"), [row[1:] for row in STOPPED],
                         ids=[row[0] for row in STOPPED])  # fmt: skip
def test_the_clock_stops_at_the_latest_of_three(received, contact, rating, plan, stopped, days):
    born = received.replace(year=received.year - 1, day=1)
    found = clock(received, born=born, contacts=[seen(contact)], baselines=[rated(rating)], plans=[plan])
    assert (found.stopped, found.days(on(6, 1, 2029)), found.missing) == (stopped, days, ())
    assert not found.runs
    assert found.outside == ""


PLAN, RATED, SEEN = on(3, 12), rated(on(3, 10)), seen(on(3, 9))
# What the events were, what is missing.
MISSING = [
    ("nothing yet", {}, [CONTACT, BASELINE, HELP]),
    ("a plan without a contact", {"plans": [PLAN]}, [CONTACT, BASELINE]),
    ("a contact alone", {"contacts": [SEEN]}, [BASELINE, HELP]),
    ("a measure alone", {"baselines": [RATED]}, [CONTACT, HELP]),
    ("all but the plan", {"contacts": [SEEN], "baselines": [RATED]}, [HELP]),
    ("a text is no contact", {"contacts": [seen(on(3, 9), mechanism="09")]}, [CONTACT, BASELINE, HELP]),
    ("nor an e-mail", {"contacts": [seen(on(3, 9), mechanism="05")]}, [CONTACT, BASELINE, HELP]),
    ("nor another way", {"contacts": [seen(on(3, 9), mechanism="98")]}, [CONTACT, BASELINE, HELP]),
    ("not attended, or not brought", {"contacts": [seen(on(3, 9), attendance="3")]}, [CONTACT, BASELINE, HELP]),
    ("cancelled by the family", {"contacts": [seen(on(3, 9), attendance="2")]}, [CONTACT, BASELINE, HELP]),
    ("cancelled by us", {"contacts": [seen(on(3, 9), attendance="4")]}, [CONTACT, BASELINE, HELP]),
    ("too late to be seen", {"contacts": [seen(on(3, 9), attendance="7")]}, [CONTACT, BASELINE, HELP]),
    ("late, and seen", {"contacts": [seen(on(3, 9), attendance="6")]}, [BASELINE, HELP]),
    ("by telephone", {"contacts": [seen(on(3, 9), mechanism="02")]}, [BASELINE, HELP]),
    ("by video", {"contacts": [seen(on(3, 9), mechanism="11")]}, [BASELINE, HELP]),
    ("by talk type", {"contacts": [seen(on(3, 9), mechanism="04")]}, [BASELINE, HELP]),
    ("indirect activity", {"indirect": (on(3, 9),)}, [BASELINE, HELP]),
    ("a measure that is not on the list", {"baselines": [rated(on(3, 9), "")]}, [CONTACT, BASELINE, HELP]),
    ("Current View", {"baselines": [rated(on(3, 9), "Current View")]}, [CONTACT, BASELINE, HELP]),
    ("a way of working without a code", {"treatments": (Treatment(on(3, 9), ""),)}, [CONTACT, BASELINE, HELP]),
    ("one with a code", {"treatments": (Treatment(on(3, 9), "999999999"),)}, [CONTACT, BASELINE]),
    ("consultation is no treatment", {"treatments": (Treatment(on(3, 9), "11429006"),)}, [CONTACT, BASELINE, HELP]),
    ("nor is signposting", {"treatments": (Treatment(on(3, 9), "975131000000104"),)}, [CONTACT, BASELINE, HELP]),
    ("a contact from before the referral", {"contacts": [seen(on(3, 1))]}, [CONTACT, BASELINE, HELP]),
    ("a plan from before the referral", {"plans": [on(3, 1)]}, [CONTACT, BASELINE, HELP]),
    ("the first contact that counts", {"contacts": [seen(on(3, 3), "09"), seen(on(3, 20))]}, [BASELINE, HELP]),
]  # fmt: skip


@pytest.mark.parametrize(("events", "missing"), [row[1:] for row in MISSING], ids=[row[0] for row in MISSING])
def test_what_is_missing_is_named(events, missing):
    found = clock(**events)
    assert list(found.missing) == missing
    assert found.stopped is None
    assert found.runs
    assert found.days(on(3, 23)) == 21
    assert found.speak_on == on(3, 23)


def test_it_is_the_first_of_each_that_counts():
    found = clock(contacts=[seen(on(4, 9)), SEEN], baselines=[rated(on(4, 1)), RATED], plans=[on(5, 1), PLAN])
    assert (found.contact, found.baseline, found.help) == (on(3, 9), on(3, 10), on(3, 12))


# The referral before: received and ended; this one received; where its clock starts.
SPELLS = [
    ("long before", on(1, 5), on(2, 1), on(3, 2), on(3, 2)),
    ("six days between", on(1, 5), on(2, 24), on(3, 2), on(3, 2)),
    ("five days between", on(1, 5), on(2, 25), on(3, 2), on(1, 5)),
    (
        "five days over the end of a leap February",
        on(1, 5, 2028),
        on(2, 26, 2028),
        on(3, 2, 2028),
        on(1, 5, 2028),
    ),
    ("six days over it", on(1, 5, 2028), on(2, 25, 2028), on(3, 2, 2028), on(3, 2, 2028)),
    ("the same day", on(1, 5), on(3, 2), on(3, 2), on(1, 5)),
    ("while the first goes on", on(1, 5), None, on(3, 2), on(1, 5)),
    ("ended after the next was received", on(1, 5), on(4, 1), on(3, 2), on(1, 5)),
]


@pytest.mark.parametrize(("first", "ended", "received", "start"), [row[1:] for row in SPELLS],
                         ids=[row[0] for row in SPELLS])  # fmt: skip
def test_referrals_with_at_most_five_days_between_are_one_spell(first, ended, received, start):
    found = clock(received, born=on(1, 1, 2025), others=(Request(first, ended),))
    assert found.start == start


def test_a_spell_is_a_chain_and_ends_with_its_last():
    others = (Request(on(1, 5), on(1, 20)), Request(on(1, 24), on(2, 26)))
    found = clock(on(3, 2), ended=on(5, 1), born=on(1, 1, 2025), others=others, contacts=[seen(on(1, 9))])
    assert (found.start, found.ended, found.contact) == (on(1, 5), on(5, 1), on(1, 9))
    assert not found.runs
    assert found.days(on(12, 1)) == 116  # 5 January to 1 May: 26 + 28 + 31 + 30 + 1


def test_a_later_spell_does_not_move_this_one():
    found = clock(on(3, 2), ended=on(4, 1), others=(Request(on(9, 1)),), contacts=[seen(on(9, 9))])
    assert (found.start, found.ended, found.contact) == (on(3, 2), on(4, 1), None)


# When the person was born (None: not yet), why the spell is outside the national measure.
OUTSIDE = [
    ("a baby", {"born": BORN}, ""),
    ("born on the day of the referral", {"born": on(3, 2)}, ""),
    ("unborn", {"born": None}, BEFORE_BIRTH),
    ("born the day after, during the spell", {"born": on(3, 3)}, BEFORE_BIRTH),
    ("nobody is named", {"born": None, "named": False}, NOBODY_NAMED),
    ("a carer whose birthday is not known", {"born": None, "unborn": False}, NO_BIRTHDAY),
    ("the day before their eighteenth birthday", {"born": on(3, 3, 2008)}, ""),
    ("their eighteenth birthday", {"born": on(3, 2, 2008)}, TOO_OLD),
    ("born on 29 February, eighteen on 1 March", {"born": on(2, 29, 2008)}, TOO_OLD),
]


@pytest.mark.parametrize(("who", "outside"), [row[1:] for row in OUTSIDE], ids=[row[0] for row in OUTSIDE])
def test_who_is_outside_the_national_measure(who, outside):
    assert clock(**who).outside == outside


@pytest.mark.parametrize(("received", "outside"), [(on(2, 28), ""), (on(3, 1), TOO_OLD)])
def test_somebody_of_29_february_grows_up_on_1_march(received, outside):
    assert clock(received, born=on(2, 29, 2008)).outside == outside


def test_one_clock_from_the_antenatal_referral_through_the_birth():
    """Referred on 2 March, born on 1 April: one count and one clock; it runs until somebody came and help began."""
    events = {"born": on(4, 1), "contacts": [seen(on(3, 20)), seen(on(4, 20))]}
    assert clock(**events).start == on(3, 2)
    assert clock(**events).contact == on(3, 20)
    assert clock(**events).runs
    helped = clock(**events, plans=[on(4, 20)])
    assert not helped.runs
    assert helped.outside == BEFORE_BIRTH


@pytest.mark.parametrize(
    ("ended", "received", "comes_back"),
    [
        (on(3, 2, 2025), on(3, 2), True),
        (on(3, 1, 2025), on(3, 2), False),
        (on(3, 2), on(3, 2), True),
        (on(3, 3), on(3, 2), False),  # it had not ended yet
        (on(2, 29, 2028), on(3, 1, 2029), True),
        (on(2, 29, 2028), on(3, 2, 2029), False),
    ],
)
def test_who_comes_back_within_twelve_months(ended, received, comes_back):
    assert is_return(ended=ended, received=received) == comes_back


def test_each_step_is_counted_from_the_start_and_goes_on_until_it_comes():
    steps = intervals(
        start=on(3, 2), decided=on(3, 4), contact=on(3, 16), assessed=None, helped=None, on=on(3, 31)
    )
    assert [(step.name, step.days, step.reached) for step in steps] == [
        ("decision", 2, on(3, 4)),
        ("contact", 14, on(3, 16)),
        ("assessment", 29, None),
        ("help", 29, None),
    ]


def test_days_are_counted_by_the_calendar():
    assert days_between(on(3, 28), on(3, 29)) == 1  # 23 hours later
    assert days_between(on(10, 24), on(10, 25)) == 1
    assert wait_for_decision(received=on(3, 2), decided=None, on=on(3, 9)).days == 7
    assert wait_for_decision(received=on(3, 2), decided=on(3, 3), on=on(3, 9)) == wait_for_decision(
        received=on(3, 2), decided=on(3, 3), on=on(3, 20)
    )
