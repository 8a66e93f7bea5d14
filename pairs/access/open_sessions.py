"""Where an account is signed in: its open sessions, told apart by device, and the end of one of them.

A session says itself whose it is and what it was opened with, so no second table can differ from it. Sessions are not
indexed by person: all that have not run out are read, some hundreds in a service.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.dateparse import parse_datetime

from pairs.access.account_actions import record_account_event
from pairs.access.client_networks import get_masked_network
from pairs.access.devices import UNKNOWN_DEVICE, describe_device
from pairs.access.sessions import SessionStore
from pairs.audit.models import AccountEventKind
from pairs.service.models import User
from pairs.service.refusals import ActionRefused

DEVICE_KEY = "signed_in_with"


@dataclass(frozen=True)
class OpenSession:
    """One browser in which an account is signed in. ``mark`` stands for its key, which nobody else learns."""

    mark: str
    device: str
    network: str
    signed_in_at: datetime | None
    is_this: bool


def remember_device(request: HttpRequest) -> None:
    """Keep in the session what it was opened with, in words."""
    request.session[DEVICE_KEY] = {
        "device": describe_device(request.headers.get("User-Agent", "")),
        "network": get_masked_network(request),
        "at": timezone.now().isoformat(),
    }


def list_open_sessions(*, user: User, current_key: str | None = None) -> list[OpenSession]:
    """This account's sessions that still work, this browser's first and then the newest."""
    found = [_build_open_session(key, data, current_key) for key, data in _read_sessions_of(user)]
    newest = sorted(found, key=lambda each: each.signed_in_at or timezone.now(), reverse=True)
    return sorted(newest, key=lambda each: not each.is_this)


@transaction.atomic
def end_session(*, user: User, mark: str, request: Any) -> OpenSession:
    """Sign this account out in that browser. Raises ActionRefused when it is this one, or there is none."""
    for key, data in _read_sessions_of(user):
        found = _build_open_session(key, data, request.session.session_key)
        if constant_time_compare(found.mark, mark):
            if found.is_this:
                raise ActionRefused("This is the browser you are using. Use “Sign out” instead.")
            Session.objects.filter(session_key=key).delete()
            record_account_event(AccountEventKind.SESSION_ENDED, user=user, request=request)
            return found
    raise ActionRefused("This account is no longer signed in there.")


def _read_sessions_of(user: User) -> Iterator[tuple[str, dict[str, Any]]]:
    """(key, values) of sessions of this account that have neither run out nor been ended by a new password."""
    store, now_valid = SessionStore(), user.get_session_auth_hash()
    open_rows = Session.objects.filter(expire_date__gt=timezone.now()).values_list(
        "session_key", "session_data"
    )
    for key, packed in open_rows.iterator():
        data = store.decode(packed)
        if data.get(SESSION_KEY) == str(user.pk) and data.get(HASH_SESSION_KEY) == now_valid:
            yield key, data


def _build_open_session(key: str, data: dict[str, Any], current_key: str | None) -> OpenSession:
    with_what = data.get(DEVICE_KEY) or {}
    return OpenSession(
        mark=salted_hmac("pairs.access.open-session", key).hexdigest(),
        device=with_what.get("device", UNKNOWN_DEVICE),
        network=with_what.get("network", ""),
        signed_in_at=parse_datetime(with_what.get("at", "")),
        is_this=key == current_key,
    )
