"""The clocks of a referral by hand-worked dates: one row a case, each counted on paper by the calendar."""

from datetime import date

import pytest

from referrals.rules.clocks import (
    BASELINE_TEXT,
    BIRTH_DATE_UNKNOWN,
    FIRST_CONTACT_TEXT,
    HELP_TEXT,
    NO_INFANT_NAMED,
    OVER_AGE_LIMIT,
    STARTED_BEFORE_BIRTH,
    BaselineMeasure,
    ClockEvents,
    CodedContact,
    CodedTreatment,
    ReferralPeriod,
    calculate_decision_wait,
    calculate_four_week_clock,
    count_days_between,
    is_return,
    list_wait_intervals,
)

BORN = date(2026, 1, 5)
GBO = "Goal Based Outcomes (GBO)"


def on(month, day, year=2026):
    return date(year, month, day)


def seen(day, mechanism="01", attendance="5"):
    return CodedContact(day, mechanism, attendance)


def rated(day, tool=GBO):
    return BaselineMeasure(day, tool)


RECEIVED = on(3, 2)


def run_clock(received=RECEIVED, *, ended=None, born=BORN, contacts=(), baselines=(), plans=(), **more):
    """The clock of one referral received on Monday 2 March 2026, unless said otherwise."""
    events = ClockEvents(
        request=ReferralPeriod(received, ended),
        born=born,
        contacts=tuple(contacts),
        baselines=tuple(baselines),
        plans=tuple(plans),
        **more,
    )
    return calculate_four_week_clock(events)


# (received, first contact, first rating, plan, day on which it stopped, days)
STOPPED_CASES = [
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


@pytest.mark.parametrize(
    ("received", "contact", "rating", "plan", "stopped", "days"),
    [row[1:] for row in STOPPED_CASES],
    ids=[row[0] for row in STOPPED_CASES],
)
def test_the_clock_stops_at_the_latest_of_three(received, contact, rating, plan, stopped, days):
    born = received.replace(year=received.year - 1, day=1)
    found = run_clock(received, born=born, contacts=[seen(contact)], baselines=[rated(rating)], plans=[plan])
    assert (found.stopped, found.days(on(6, 1, 2029)), found.missing) == (stopped, days, ())
    assert not found.is_running
    assert found.outside == ""


PLAN_DAY, BASELINE_EVENT, CONTACT_EVENT = on(3, 12), rated(on(3, 10)), seen(on(3, 9))
# What the events were, what is missing.
MISSING_CASES = [
    ("nothing yet", {}, [FIRST_CONTACT_TEXT, BASELINE_TEXT, HELP_TEXT]),
    ("a plan without a contact", {"plans": [PLAN_DAY]}, [FIRST_CONTACT_TEXT, BASELINE_TEXT]),
    ("a contact alone", {"contacts": [CONTACT_EVENT]}, [BASELINE_TEXT, HELP_TEXT]),
    ("a measure alone", {"baselines": [BASELINE_EVENT]}, [FIRST_CONTACT_TEXT, HELP_TEXT]),
    ("all but the plan", {"contacts": [CONTACT_EVENT], "baselines": [BASELINE_EVENT]}, [HELP_TEXT]),
    (
        "a text is no contact",
        {"contacts": [seen(on(3, 9), mechanism="09")]},
        [FIRST_CONTACT_TEXT, BASELINE_TEXT, HELP_TEXT],
    ),
    (
        "nor an e-mail",
        {"contacts": [seen(on(3, 9), mechanism="05")]},
        [FIRST_CONTACT_TEXT, BASELINE_TEXT, HELP_TEXT],
    ),
    (
        "nor another way",
        {"contacts": [seen(on(3, 9), mechanism="98")]},
        [FIRST_CONTACT_TEXT, BASELINE_TEXT, HELP_TEXT],
    ),
    (
        "not attended, or not brought",
        {"contacts": [seen(on(3, 9), attendance="3")]},
        [FIRST_CONTACT_TEXT, BASELINE_TEXT, HELP_TEXT],
    ),
    (
        "cancelled by the family",
        {"contacts": [seen(on(3, 9), attendance="2")]},
        [FIRST_CONTACT_TEXT, BASELINE_TEXT, HELP_TEXT],
    ),
    (
        "cancelled by us",
        {"contacts": [seen(on(3, 9), attendance="4")]},
        [FIRST_CONTACT_TEXT, BASELINE_TEXT, HELP_TEXT],
    ),
    (
        "too late to be seen",
        {"contacts": [seen(on(3, 9), attendance="7")]},
        [FIRST_CONTACT_TEXT, BASELINE_TEXT, HELP_TEXT],
    ),
    ("late, and seen", {"contacts": [seen(on(3, 9), attendance="6")]}, [BASELINE_TEXT, HELP_TEXT]),
    ("by telephone", {"contacts": [seen(on(3, 9), mechanism="02")]}, [BASELINE_TEXT, HELP_TEXT]),
    ("by video", {"contacts": [seen(on(3, 9), mechanism="11")]}, [BASELINE_TEXT, HELP_TEXT]),
    ("by talk type", {"contacts": [seen(on(3, 9), mechanism="04")]}, [BASELINE_TEXT, HELP_TEXT]),
    ("indirect activity", {"indirect": (on(3, 9),)}, [BASELINE_TEXT, HELP_TEXT]),
    (
        "a measure that is not on the list",
        {"baselines": [rated(on(3, 9), "")]},
        [FIRST_CONTACT_TEXT, BASELINE_TEXT, HELP_TEXT],
    ),
    (
        "Current View",
        {"baselines": [rated(on(3, 9), "Current View")]},
        [FIRST_CONTACT_TEXT, BASELINE_TEXT, HELP_TEXT],
    ),
    (
        "an intervention without a code",
        {"treatments": (CodedTreatment(on(3, 9), ""),)},
        [FIRST_CONTACT_TEXT, BASELINE_TEXT, HELP_TEXT],
    ),
    (
        "one with a code",
        {"treatments": (CodedTreatment(on(3, 9), "999999999"),)},
        [FIRST_CONTACT_TEXT, BASELINE_TEXT],
    ),
    (
        "consultation is no treatment",
        {"treatments": (CodedTreatment(on(3, 9), "11429006"),)},
        [FIRST_CONTACT_TEXT, BASELINE_TEXT, HELP_TEXT],
    ),
    (
        "nor is signposting",
        {"treatments": (CodedTreatment(on(3, 9), "975131000000104"),)},
        [FIRST_CONTACT_TEXT, BASELINE_TEXT, HELP_TEXT],
    ),
    (
        "a contact from before the referral",
        {"contacts": [seen(on(3, 1))]},
        [FIRST_CONTACT_TEXT, BASELINE_TEXT, HELP_TEXT],
    ),
    (
        "a plan from before the referral",
        {"plans": [on(3, 1)]},
        [FIRST_CONTACT_TEXT, BASELINE_TEXT, HELP_TEXT],
    ),
    (
        "the first contact that counts",
        {"contacts": [seen(on(3, 3), "09"), seen(on(3, 20))]},
        [BASELINE_TEXT, HELP_TEXT],
    ),
]


@pytest.mark.parametrize(
    ("events", "missing"), [row[1:] for row in MISSING_CASES], ids=[row[0] for row in MISSING_CASES]
)
def test_what_is_missing_is_named(events, missing):
    found = run_clock(**events)
    assert list(found.missing) == missing
    assert found.stopped is None
    assert found.is_running
    assert found.days(on(3, 23)) == 21
    assert found.speak_on == on(3, 23)


def test_it_is_the_first_of_each_that_counts():
    found = run_clock(
        contacts=[seen(on(4, 9)), CONTACT_EVENT],
        baselines=[rated(on(4, 1)), BASELINE_EVENT],
        plans=[on(5, 1), PLAN_DAY],
    )
    assert (found.contact, found.baseline, found.help) == (on(3, 9), on(3, 10), on(3, 12))


# The referral before: received and ended; this one received; where its clock starts.
SPELL_CASES = [
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


@pytest.mark.parametrize(("first", "ended", "received", "start"), [row[1:] for row in SPELL_CASES],
                         ids=[row[0] for row in SPELL_CASES])  # fmt: skip
def test_referrals_with_at_most_five_days_between_are_one_spell(first, ended, received, start):
    found = run_clock(received, born=on(1, 1, 2025), others=(ReferralPeriod(first, ended),))
    assert found.start == start


def test_a_spell_is_a_chain_and_ends_with_its_last():
    others = (ReferralPeriod(on(1, 5), on(1, 20)), ReferralPeriod(on(1, 24), on(2, 26)))
    found = run_clock(on(3, 2), ended=on(5, 1), born=on(1, 1, 2025), others=others, contacts=[seen(on(1, 9))])
    assert (found.start, found.ended, found.contact) == (on(1, 5), on(5, 1), on(1, 9))
    assert not found.is_running
    assert found.days(on(12, 1)) == 116  # 5 January to 1 May: 26 + 28 + 31 + 30 + 1


def test_a_later_spell_does_not_move_this_one():
    found = run_clock(on(3, 2), ended=on(4, 1), others=(ReferralPeriod(on(9, 1)),), contacts=[seen(on(9, 9))])
    assert (found.start, found.ended, found.contact) == (on(3, 2), on(4, 1), None)


# When the person was born (None: not yet), why the spell is outside the national measure.
OUTSIDE_CASES = [
    ("a baby", {"born": BORN}, ""),
    ("born on the day of the referral", {"born": on(3, 2)}, ""),
    ("unborn", {"born": None}, STARTED_BEFORE_BIRTH),
    ("born the day after, during the spell", {"born": on(3, 3)}, STARTED_BEFORE_BIRTH),
    ("nobody is named", {"born": None, "named": False}, NO_INFANT_NAMED),
    ("a carer whose birthday is not known", {"born": None, "unborn": False}, BIRTH_DATE_UNKNOWN),
    ("the day before their eighteenth birthday", {"born": on(3, 3, 2008)}, ""),
    ("their eighteenth birthday", {"born": on(3, 2, 2008)}, OVER_AGE_LIMIT),
    ("born on 29 February, eighteen on 1 March", {"born": on(2, 29, 2008)}, OVER_AGE_LIMIT),
]


@pytest.mark.parametrize(
    ("who", "outside"), [row[1:] for row in OUTSIDE_CASES], ids=[row[0] for row in OUTSIDE_CASES]
)
def test_who_is_outside_the_national_measure(who, outside):
    assert run_clock(**who).outside == outside


@pytest.mark.parametrize(("received", "outside"), [(on(2, 28), ""), (on(3, 1), OVER_AGE_LIMIT)])
def test_somebody_born_on_29_february_turns_eighteen_on_1_march(received, outside):
    assert run_clock(received, born=on(2, 29, 2008)).outside == outside


def test_one_clock_from_the_antenatal_referral_through_the_birth():
    """Referred on 2 March, born on 1 April: one count and one clock; it runs until somebody came and help began."""
    events = {"born": on(4, 1), "contacts": [seen(on(3, 20)), seen(on(4, 20))]}
    assert run_clock(**events).start == on(3, 2)
    assert run_clock(**events).contact == on(3, 20)
    assert run_clock(**events).is_running
    helped = run_clock(**events, plans=[on(4, 20)])
    assert not helped.is_running
    assert helped.outside == STARTED_BEFORE_BIRTH


# Born on 1 April, first referred on 2 March: the baby's own referral, the antenatal one's end, and where the national
# clock starts. A contact before the birth, then a rating and a plan on 20 April.
OWN_REFERRAL_CASES = [
    ("on the day of the birth", on(4, 1), None, on(4, 1)),
    ("while the antenatal one goes on", on(4, 9), None, on(4, 9)),
    ("five days after it ended", on(4, 9), on(4, 4), on(4, 9)),
]


@pytest.mark.parametrize(
    ("own", "ended", "start"),
    [row[1:] for row in OWN_REFERRAL_CASES],
    ids=[row[0] for row in OWN_REFERRAL_CASES],
)
def test_the_babys_own_referral_starts_the_national_spell_beside_the_local_clock(own, ended, start):
    antenatal = ReferralPeriod(on(3, 2), ended)
    events = {"born": on(4, 1), "others": (antenatal,), "contacts": [seen(on(3, 20))], "plans": [on(4, 20)]}
    found = run_clock(own, **events, baselines=[rated(on(4, 20))])
    assert (found.start, found.contact, found.outside) == (on(3, 2), on(3, 20), "")
    assert (found.national.start, found.national.outside) == (start, "")
    assert found.missing == found.national.missing == (FIRST_CONTACT_TEXT,)
    assert found.is_running
    again = run_clock(
        own, **events | {"contacts": [seen(on(3, 20)), seen(on(4, 21))]}, baselines=[rated(on(4, 20))]
    )
    assert (again.is_running, again.national.stopped) == (False, on(4, 21))


def test_the_antenatal_referral_shows_the_same_two_clocks():
    found = run_clock(on(3, 2), born=on(4, 1), others=(ReferralPeriod(on(4, 9)),))
    assert (found.start, found.national.start) == (on(3, 2), on(4, 9))
    assert (
        run_clock(on(3, 2), ended=on(4, 2), born=on(4, 1), others=(ReferralPeriod(on(4, 9)),)).national
        is None
    )


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
    steps = list_wait_intervals(
        start=on(3, 2), decided=on(3, 4), contact=on(3, 16), assessed=None, helped=None, on=on(3, 31)
    )
    assert [(step.name, step.days, step.reached) for step in steps] == [
        ("decision", 2, on(3, 4)),
        ("contact", 14, on(3, 16)),
        ("assessment", 29, None),
        ("help", 29, None),
    ]


def test_days_are_counted_by_the_calendar():
    assert count_days_between(on(3, 28), on(3, 29)) == 1  # 23 hours later
    assert count_days_between(on(10, 24), on(10, 25)) == 1
    assert calculate_decision_wait(received=on(3, 2), decided=None, on=on(3, 9)).days == 7
    assert calculate_decision_wait(
        received=on(3, 2), decided=on(3, 3), on=on(3, 9)
    ) == calculate_decision_wait(received=on(3, 2), decided=on(3, 3), on=on(3, 20))
