"""The days on which script/prove calendar runs the suite."""

from datetime import date, datetime

import pytest

from script.local import other_days


@pytest.mark.parametrize(
    ("year", "forward", "back"), [(2026, 29, 25), (2027, 28, 31), (2028, 26, 29), (2030, 31, 27)]
)
def test_the_clocks_change_on_the_last_sunday(year, forward, back):
    assert other_days.find_last_sunday(year, 3) == date(year, 3, forward)
    assert other_days.find_last_sunday(year, 10) == date(year, 10, back)


def test_each_moment_is_the_next_of_its_kind():
    found = {what: moment for moment, what in other_days.list_moments(date(2027, 6, 29))}
    assert found == {
        "the clocks go forward": datetime(2028, 3, 26, 0, 50),
        "tomorrow in local time": datetime(2028, 6, 29, 23, 20),
        "the clocks go back": datetime(2027, 10, 31, 0, 50),
        "the year ends": datetime(2027, 12, 31, 23, 20),
        "a leap day": datetime(2028, 2, 29, 9),
    }


def test_without_the_library_one_line_says_what_to_install(monkeypatch, tmp_path):
    monkeypatch.setattr(other_days, "LIBRARIES", tmp_path)
    with pytest.raises(SystemExit, match="apt-get install"):
        other_days.find_library()


def test_what_is_left_out_is_there():
    for test in other_days.NOT_SHIFTED:
        path, _, name = test.partition("::")
        assert f"def {name}" in (other_days.ROOT / path).read_text()
