"""The rules of filming, a table each."""

from datetime import date

import pytest

from interventions.filming import rules
from interventions.filming.rules import Recording

ON = date(2026, 11, 20)
AGREED, FILMED, SEEN, KEPT = date(2026, 9, 1), date(2026, 9, 8), date(2026, 9, 15), date(2026, 12, 1)
BEGUN = Recording(AGREED)
MADE = Recording(AGREED, FILMED, delete_by=KEPT)
WATCHED = Recording(AGREED, FILMED, SEEN, KEPT)
WITHDRAWN = Recording(AGREED, FILMED, delete_by=KEPT, withdrawn_on=date(2026, 9, 20))
GONE = Recording(AGREED, FILMED, SEEN, KEPT, deleted_on=date(2026, 10, 1))
NEVER = Recording(AGREED, withdrawn_on=date(2026, 9, 3))


@pytest.mark.parametrize(
    ("film", "stage", "due"),
    [
        (BEGUN, "to_film", None),
        (MADE, "to_review", KEPT),
        (WATCHED, "to_delete", KEPT),
        (WITHDRAWN, "to_delete", date(2026, 9, 20)),  # at once, whatever had been agreed
        (GONE, "over", None),
        (NEVER, "over", None),
        (Recording(AGREED, FILMED, SEEN, KEPT, date(2026, 12, 9)), "to_delete", date(2026, 12, 9)),
    ],
)
def test_where_a_cycle_stands_and_when_its_recording_is_due(film, stage, due):
    assert (rules.stage_of(film), rules.recording_due(film)) == (stage, due)


@pytest.mark.parametrize(
    ("rule", "film", "day", "refused"),
    [
        (rules.why_not_filmed_on, BEGUN, AGREED, ""),
        (rules.why_not_filmed_on, BEGUN, date(2026, 8, 31), "before the family agreed"),
        (rules.why_not_filmed_on, BEGUN, date(2026, 11, 21), "still to come"),
        (rules.why_not_filmed_on, NEVER, date(2026, 9, 4), "withdrawn"),
        (rules.why_not_filmed_on, WATCHED, date(2026, 9, 16), "watched together before"),
        (rules.why_not_reviewed_on, BEGUN, ON, "Say first"),
        (rules.why_not_reviewed_on, MADE, FILMED, ""),
        (rules.why_not_reviewed_on, MADE, date(2026, 9, 7), "before the film"),
        (rules.why_not_reviewed_on, MADE, date(2026, 11, 21), "still to come"),
        (rules.why_not_reviewed_on, WITHDRAWN, date(2026, 9, 21), "withdrawn"),
        (rules.why_not_reviewed_on, WITHDRAWN, date(2026, 9, 19), ""),
        (rules.why_not_reviewed_on, GONE, date(2026, 10, 2), "deleted before"),
        (rules.why_not_withdrawn_on, MADE, ON, ""),
        (rules.why_not_withdrawn_on, WITHDRAWN, ON, "already"),
        (rules.why_not_withdrawn_on, MADE, date(2026, 8, 31), "before the family agreed"),
        (rules.why_not_deleted_on, BEGUN, ON, "no recording"),
        (rules.why_not_deleted_on, MADE, ON, ""),
        (rules.why_not_deleted_on, MADE, date(2026, 11, 21), "still to come"),
        (rules.why_not_deleted_on, WATCHED, date(2026, 9, 14), "before the film was made or watched"),
        (rules.why_not_deleted_on, GONE, ON, "already"),
    ],
)
def test_what_comes_before_what(rule, film, day, refused):
    said = rule(day=day, film=film, on=ON)
    assert refused in said
    assert bool(said) is bool(refused)


@pytest.mark.parametrize(("days", "suggested"), [(None, None), (90, date(2026, 12, 7))])
def test_a_day_is_suggested_only_by_a_local_rule(days, suggested):
    assert rules.suggested_deletion(FILMED, days) == suggested
