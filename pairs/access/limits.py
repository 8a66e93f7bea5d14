"""How much may come in through doors that need no account: counted in PostgreSQL, without a puzzle for anybody.

A count is one statement, so that twenty at once are counted as twenty. What is counted is kept without the address
it came from: only a keyed digest of it, and only for the hour.
"""

import ipaddress
import time
from datetime import timedelta

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.db import connection
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from pairs.access.models import Tally

HOUR = 3600
# One household's IPv6 network, whichever of its addresses it uses today.
IPV6_HOUSEHOLD = 64
ADD_ONE = """
INSERT INTO access_tally (id, started_at, count) VALUES (%s, %s, 1)
ON CONFLICT (id) DO UPDATE SET count = access_tally.count + 1 RETURNING count
"""


class TooMany(Exception):
    """This door has let in as much as it may for now; nothing was stored. ``which`` limit: its name in settings."""

    def __init__(self, which: str):
        self.which = which
        super().__init__(which)


def is_full(request: HttpRequest, door: str, **others: str) -> str:
    """The name of a limit of PUBLIC_LIMITS[door] that is reached; '' while there is room. Counts nothing."""
    keys = {_key(door, name, who): name for name, who in _whose(request, door, others).items()}
    counted = Tally.objects.filter(pk__in=keys).values_list("pk", "count")
    limits = settings.PUBLIC_LIMITS[door]
    return next((keys[key] for key, count in counted if count >= limits[keys[key]]), "")


def count(request: HttpRequest, door: str, **others: str) -> None:
    """Count one more; TooMany when that is one too many. Inside the transaction of what is counted, both or neither.

    ``others``: further things the door counts by, such as whom an e-mail goes to.
    """
    for name, who in _whose(request, door, others).items():
        if _one_more(_key(door, name, who)) > settings.PUBLIC_LIMITS[door][name]:
            raise TooMany(name)


def _whose(request, door, others):
    """{limit: what it counts by}, in one order for everybody, so that two requests never wait for each other."""
    known = {"from_one": network_of(get_adapter().get_client_ip(request)), "in_all": ""} | others
    return {name: known[name] for name in sorted(settings.PUBLIC_LIMITS[door]) if name in known}


def network_of(address: str) -> str:
    """The address as it is counted by: IPv6 by household."""
    found = ipaddress.ip_address(address)
    if found.version == 4:
        return str(found)
    return str(ipaddress.ip_network(f"{found}/{IPV6_HOUSEHOLD}", strict=False))


def _key(door, name, who):
    this_hour = int(time.time()) // HOUR
    return salted_hmac("pairs.limits", f"{door}|{name}|{who}|{this_hour}", algorithm="sha256").hexdigest()


def _one_more(key):
    with connection.cursor() as cursor:
        cursor.execute(ADD_ONE, [key, timezone.now()])
        (counted,) = cursor.fetchone()
    if counted == 1:  # the first of an hour clears away what is long over
        Tally.objects.filter(started_at__lt=timezone.now() - timedelta(seconds=2 * HOUR)).delete()
    return counted
