"""Results cached for one process and day, and cleared when a setting changes."""

import functools
from collections.abc import Callable
from typing import Any

from django.core.signals import setting_changed
from django.utils import timezone

# Shapes of scope (a dozen roles and their usual mixtures) times the choices of a page.
MAX_CACHED_RESULTS = 256


def cache_for_the_day(work_out: Callable[..., Any]) -> Callable[..., Any]:
    """Call ``work_out`` once for the same arguments and day.

    Queries hold today's date in their text (relationships of today, a plan to look at by now), so that what was
    compiled yesterday must not be asked today.
    """
    kept = functools.lru_cache(maxsize=MAX_CACHED_RESULTS)(lambda day, *arguments: work_out(*arguments))
    setting_changed.connect(lambda **_: kept.cache_clear(), weak=False)

    @functools.wraps(work_out)
    def call(*arguments: Any) -> Any:
        return kept(timezone.localdate(timezone=timezone.get_default_timezone()), *arguments)

    call.forget = kept.cache_clear
    return call
