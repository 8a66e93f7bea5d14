"""How often a password may be tried: counted for one browser and one account, never for a whole address.

A hospital, a hub or a mobile network is one address, so a limit of an address would lock out everybody in it; a limit
of an account alone would let a stranger lock out a clinician by her name. Counted is the account together with the
network the tries come from. A browser in which the account has signed in before is counted by itself, so that not
even somebody in the same building can lock its owner out there.
"""

import time
import uuid
from dataclasses import dataclass
from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core import signing
from django.db.models import Q
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from pairs.access.client_networks import get_client_network
from pairs.access.models import RateCount
from pairs.access.rate_limits import increment_counter
from pairs.service.models import User

WINDOW_SECONDS = 300
BROWSER_DAYS = 180
PEOPLE_OF_A_BROWSER = 10  # a shared computer knows this many, the latest
SALT = "pairs.access.known-browser"


@dataclass(frozen=True)
class Try:
    """A try of a password: whose account, and whether it is over the limit."""

    user: User | None
    count: int

    @property
    def is_refused(self) -> bool:
        return self.count > settings.SIGN_IN_TRIES

    @property
    def is_first_refused(self) -> bool:
        return self.count == settings.SIGN_IN_TRIES + 1


def find_account(typed: str) -> User | None:
    """The account of this username or e-mail address; None when there is none, or several."""
    found = User.objects.filter(Q(username__iexact=typed) | Q(email__iexact=typed))[:2] if typed else []
    return found[0] if len(found) == 1 else None


def count_try(request: HttpRequest, typed: str) -> Try:
    """Count one try of a password for what was typed as a name, known or not."""
    user = find_account(typed)
    return Try(user, increment_counter(_build_key(request, user, typed)))


def forget_tries(request: HttpRequest, typed: str) -> None:
    """The password was right: what was tried before in the same place counts no more."""
    RateCount.objects.filter(pk=_build_key(request, find_account(typed), typed)).delete()


def _build_key(request: HttpRequest, user: User | None, typed: str) -> str:
    whose = str(user.pk) if user else typed.lower()
    place = _get_known_browser(request, user) or get_client_network(get_adapter().get_client_ip(request))
    window = int(time.time()) // WINDOW_SECONDS
    return salted_hmac("pairs.sign-in", f"{whose}|{place}|{window}", algorithm="sha256").hexdigest()


# ---------------------------------------------------------------- browsers that an account has signed in from
def remember_browser(request: HttpRequest, response: Any, user: User) -> None:
    """This browser has signed in as this account: a signed cookie says so, without naming anybody."""
    known = _read_cookie(request)
    mine = _build_mark(user)
    people = [mine, *(each for each in known.get("people", []) if each != mine)][:PEOPLE_OF_A_BROWSER]
    value = signing.dumps({"id": known.get("id") or uuid.uuid4().hex, "people": people}, salt=SALT)
    response.set_cookie(
        settings.KNOWN_BROWSER_COOKIE_NAME,
        value,
        max_age=BROWSER_DAYS * 24 * 3600,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _get_known_browser(request: HttpRequest, user: User | None) -> str:
    known = _read_cookie(request)
    return known["id"] if user and _build_mark(user) in known.get("people", []) else ""


def _read_cookie(request: HttpRequest) -> dict[str, Any]:
    text = request.COOKIES.get(settings.KNOWN_BROWSER_COOKIE_NAME, "")
    try:
        return signing.loads(text, salt=SALT, max_age=BROWSER_DAYS * 24 * 3600)
    except signing.BadSignature:
        return {}


def _build_mark(user: User) -> str:
    """Of this account while its keys stay as they are."""
    return salted_hmac(SALT, f"{user.pk}|{user.key_version}", algorithm="sha256").hexdigest()[:24]
