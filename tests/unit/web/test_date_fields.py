"""Times of the clock on the wall that come never or twice."""

from datetime import datetime

import pytest

from pairs.web.date_fields import find_clock_change_error


@pytest.mark.parametrize(
    ("local", "words"),
    [
        (datetime(2027, 3, 28, 0, 59), ""),
        (datetime(2027, 3, 28, 1, 0), "does not exist"),
        (datetime(2027, 3, 28, 1, 30), "does not exist"),
        (datetime(2027, 3, 28, 2, 0), ""),
        (datetime(2026, 10, 25, 0, 59), ""),
        (datetime(2026, 10, 25, 1, 0), "this time happens twice"),
        (datetime(2026, 10, 25, 1, 30), "this time happens twice"),
        (datetime(2026, 10, 25, 2, 0), ""),
        (datetime(2026, 6, 1, 1, 30), ""),
        (datetime(1, 1, 1, 1, 30), ""),
        (datetime(9999, 12, 31, 1, 30), ""),
    ],
)
def test_a_time_that_comes_never_or_twice_is_asked_about(local, words):
    said = find_clock_change_error(local)
    assert (words in said) if words else said == ""
