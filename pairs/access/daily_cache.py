"""Results cached for one process, day and state of the settings."""

import functools
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.signals import setting_changed
from django.utils import timezone

# Shapes of scope (a dozen roles and their usual mixtures) times the choices of a page.
MAX_CACHED_RESULTS = 256


@functools.cache
def _compute_settings_key() -> int:
    """The same whenever every setting is what it was: a test that changed one leaves what was cached before it."""
    names = {name for name in dir(settings) if name.isupper()} - {
        "SETTINGS_MODULE"
    }  # None while one is changed
    return hash(tuple((name, repr(getattr(settings, name))) for name in sorted(names)))


setting_changed.connect(lambda **_: _compute_settings_key.cache_clear(), weak=False)


def cache_for_the_day(work_out: Callable[..., Any]) -> Callable[..., Any]:
    """Call ``work_out`` once for the same arguments, day and settings.

    Queries hold today's date in their text (relationships of today, a plan to look at by now), so that what was
    compiled yesterday must not be asked today.
    """
    kept = functools.lru_cache(maxsize=MAX_CACHED_RESULTS)(
        lambda day, state, *arguments: work_out(*arguments)
    )

    @functools.wraps(work_out)
    def call(*arguments: Any) -> Any:
        today = timezone.localdate(timezone=timezone.get_default_timezone())
        return kept(today, _compute_settings_key(), *arguments)

    call.forget = kept.cache_clear
    return call
