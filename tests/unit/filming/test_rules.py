"""The rules of filming, a table each."""

from datetime import date

import pytest

from interventions.filming import rules
from interventions.filming.rules import Recording

ON = date(2026, 11, 20)
AGREED, FILMED, REVIEWED, DELETE_BY = date(2026, 9, 1), date(2026, 9, 8), date(2026, 9, 15), date(2026, 12, 1)
FILM_AGREED = Recording(AGREED)
FILM_MADE = Recording(AGREED, FILMED, delete_by=DELETE_BY)
FILM_REVIEWED = Recording(AGREED, FILMED, REVIEWED, DELETE_BY)
FILM_WITHDRAWN = Recording(AGREED, FILMED, delete_by=DELETE_BY, withdrawn_on=date(2026, 9, 20))
FILM_DELETED = Recording(AGREED, FILMED, REVIEWED, DELETE_BY, deleted_on=date(2026, 10, 1))
NEVER_FILMED = Recording(AGREED, withdrawn_on=date(2026, 9, 3))


@pytest.mark.parametrize(
    ("film", "stage", "due"),
    [
        (FILM_AGREED, "to_film", None),
        (FILM_MADE, "to_review", DELETE_BY),
        (FILM_REVIEWED, "to_delete", DELETE_BY),
        (FILM_WITHDRAWN, "to_delete", date(2026, 9, 20)),  # at once, whatever had been agreed
        (FILM_DELETED, "over", None),
        (NEVER_FILMED, "over", None),
        (Recording(AGREED, FILMED, REVIEWED, DELETE_BY, date(2026, 12, 9)), "to_delete", date(2026, 12, 9)),
    ],
)
def test_the_stage_of_a_cycle_and_when_its_recording_is_due(film, stage, due):
    assert (rules.get_film_stage(film), rules.get_deletion_due_date(film)) == (stage, due)


@pytest.mark.parametrize(
    ("rule", "film", "day", "refused"),
    [
        (rules.find_filming_date_error, FILM_AGREED, AGREED, ""),
        (rules.find_filming_date_error, FILM_AGREED, date(2026, 8, 31), "before the family agreed"),
        (rules.find_filming_date_error, FILM_AGREED, date(2026, 11, 21), "This date is in the future."),
        (rules.find_filming_date_error, NEVER_FILMED, date(2026, 9, 4), "withdrawn"),
        (rules.find_filming_date_error, FILM_REVIEWED, date(2026, 9, 16), "watched together before"),
        (rules.find_shared_review_date_error, FILM_AGREED, ON, "First enter"),
        (rules.find_shared_review_date_error, FILM_MADE, FILMED, ""),
        (rules.find_shared_review_date_error, FILM_MADE, date(2026, 9, 7), "before the film"),
        (rules.find_shared_review_date_error, FILM_MADE, date(2026, 11, 21), "This date is in the future."),
        (rules.find_shared_review_date_error, FILM_WITHDRAWN, date(2026, 9, 21), "withdrawn"),
        (rules.find_shared_review_date_error, FILM_WITHDRAWN, date(2026, 9, 19), ""),
        (rules.find_shared_review_date_error, FILM_DELETED, date(2026, 10, 2), "deleted before"),
        (rules.find_withdrawal_date_error, FILM_MADE, ON, ""),
        (rules.find_withdrawal_date_error, FILM_WITHDRAWN, ON, "already"),
        (rules.find_withdrawal_date_error, FILM_MADE, date(2026, 8, 31), "before the family agreed"),
        (rules.find_deletion_date_error, FILM_AGREED, ON, "no recording"),
        (rules.find_deletion_date_error, FILM_MADE, ON, ""),
        (rules.find_deletion_date_error, FILM_MADE, date(2026, 11, 21), "This date is in the future."),
        (
            rules.find_deletion_date_error,
            FILM_REVIEWED,
            date(2026, 9, 14),
            "before the film was made or watched",
        ),
        (rules.find_deletion_date_error, FILM_DELETED, ON, "already"),
    ],
)
def test_the_order_of_film_steps(rule, film, day, refused):
    said = rule(day=day, film=film, on=ON)
    assert refused in said
    assert bool(said) is bool(refused)


@pytest.mark.parametrize(("days", "suggested"), [(None, None), (90, date(2026, 12, 7))])
def test_a_day_is_suggested_only_by_a_local_rule(days, suggested):
    assert rules.suggest_deletion_date(FILMED, days) == suggested
