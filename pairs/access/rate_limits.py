"""Rate limits for pages that need no account: counted in PostgreSQL, without a CAPTCHA.

A count is one statement, so that twenty at once are counted as twenty. What is counted is kept without the address
it came from: only a keyed digest of it, and only for the hour.
"""

import time
from datetime import timedelta

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.db import connection
from django.utils import timezone
from django.utils.crypto import salted_hmac

from pairs.access.client_networks import get_client_network
from pairs.access.models import RateCount
from pairs.access.requests import ScopedRequest

HOUR_SECONDS = 3600
INCREMENT_SQL = """
INSERT INTO access_ratecount (id, started_at, count) VALUES (%s, %s, 1)
ON CONFLICT (id) DO UPDATE SET count = access_ratecount.count + 1 RETURNING count
"""


class RateLimited(Exception):
    """A rate limit was reached; nothing was stored. ``which``: the limit's name in settings.PUBLIC_LIMITS."""

    def __init__(self, which: str) -> None:
        self.which = which
        super().__init__(which)


def find_reached_limit(request: ScopedRequest, entry_point: str, **others: str) -> str:
    """The name of a limit of PUBLIC_LIMITS[entry_point] that is reached; '' while none is. Counts nothing."""
    keys = {
        _build_counter_key(entry_point, name, who): name
        for name, who in _list_counted_sources(request, entry_point, others).items()
    }
    counted = RateCount.objects.filter(pk__in=keys).values_list("pk", "count")
    limits = settings.PUBLIC_LIMITS[entry_point]
    return next((keys[key] for key, count in counted if count >= limits[keys[key]]), "")


def count_hit(request: ScopedRequest, entry_point: str, **others: str) -> None:
    """Count one request; raises RateLimited beyond the limit. Call it in the transaction of what is counted.

    ``others``: further keys to count by, such as the recipient of an e-mail.
    """
    for name, who in _list_counted_sources(request, entry_point, others).items():
        if (
            increment_counter(_build_counter_key(entry_point, name, who))
            > settings.PUBLIC_LIMITS[entry_point][name]
        ):
            raise RateLimited(name)


def count_quietly(entry_point: str, **others: str) -> bool:
    """Count one request by these keys; returns whether it is still within the limits. Nobody is told."""
    limits = settings.PUBLIC_LIMITS[entry_point]
    counted = {
        name: increment_counter(_build_counter_key(entry_point, name, who))
        for name, who in sorted(others.items())
    }
    return all(count <= limits[name] for name, count in counted.items())


def _list_counted_sources(request, entry_point, others):
    """{limit: what it counts by}, always in the same order, so that two requests cannot deadlock."""
    known = {"from_one": get_client_network(get_adapter().get_client_ip(request)), "in_all": ""} | others
    return {name: known[name] for name in sorted(settings.PUBLIC_LIMITS[entry_point]) if name in known}


def _build_counter_key(entry_point, name, who):
    this_hour = int(time.time()) // HOUR_SECONDS
    return salted_hmac(
        "pairs.limits", f"{entry_point}|{name}|{who}|{this_hour}", algorithm="sha256"
    ).hexdigest()


def increment_counter(key: str) -> int:
    """Count one more of this key, an hour's or a shorter time's; returns how many there are now."""
    with connection.cursor() as cursor:
        cursor.execute(INCREMENT_SQL, [key, timezone.now()])
        (counted,) = cursor.fetchone()
    if counted == 1:  # the first of an hour clears away what is long over
        RateCount.objects.filter(started_at__lt=timezone.now() - timedelta(seconds=2 * HOUR_SECONDS)).delete()
    return counted
