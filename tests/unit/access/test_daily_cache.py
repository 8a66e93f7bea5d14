"""What is worked out once: for the same arguments, on the same day, with the same settings."""

from datetime import date

from pairs.access import daily_cache


def make_counted():
    """(a cached function, the list of what it was called with)."""
    calls = []
    return daily_cache.cache_for_the_day(lambda *asked: calls.append(asked) or len(calls)), calls


def test_the_same_is_worked_out_once():
    ask, calls = make_counted()
    assert [ask("a"), ask("b"), ask("a")] == [1, 2, 1]
    assert calls == [("a",), ("b",)]


def test_a_changed_setting_works_it_out_anew_and_as_it_was_it_is_still_known(settings):
    daily_cache._compute_settings_key.cache_clear()  # an earlier test may have changed one without a signal
    ask, calls = make_counted()
    before, kept = settings.LATE_ENTRY_HOURS, ask()
    settings.LATE_ENTRY_HOURS = before + 1
    assert ask() != kept
    settings.LATE_ENTRY_HOURS = before
    assert ask() == kept
    assert len(calls) == 2


def test_the_next_day_works_it_out_anew(monkeypatch):
    ask, calls = make_counted()
    for day in (1, 2, 2):
        monkeypatch.setattr(daily_cache.timezone, "localdate", lambda timezone, day=day: date(2026, 11, day))
        ask()
    assert len(calls) == 2
