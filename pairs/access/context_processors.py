"""The context processor of every page: the user and the navigation."""

from typing import Any

from django.conf import settings
from django.utils.functional import SimpleLazyObject

from pairs.access.language import get_language_tag
from pairs.access.requests import ScopedRequest
from pairs.service.roles import get_role_name
from pairs.web.url_cache import reverse_cached

# (text, url name, permissions of which one suffices). The order is the order on the page.
NAVIGATION = (
    ("Home", "home", ()),
    ("Refer a family", "refer", ("make_referrals",)),
    ("My referrals", "my-referrals", ("make_referrals",)),
    ("Triage", "triage", ("triage_referrals",)),
    ("Caseload", "caseload", ("read_families",)),
    ("Diary", "diary", ("read_families",)),
    ("Due", "worklist", ("read_families", "triage_referrals")),
    ("Supervision", "supervision", ("write_records", "supervise")),
    ("Families", "supported-families", ("support_families",)),
    ("Reports", "reports", ("read_reports",)),
    ("Who looked", "access-log", ("govern_records",)),
    ("Accounts", "accounts", ("manage_accounts",)),
)


def build_page_context(request: ScopedRequest) -> dict[str, Any]:
    """Context processor of every page, the signed-out and the broken ones included."""
    user = getattr(request, "user", None)
    signed_in = bool(user and user.is_authenticated)
    locked = signed_in and bool(request.session.get("locked"))
    scope = getattr(request, "scope", None)
    return {
        "demo": settings.DEMO,
        "service_name": settings.SERVICE_NAME,
        "service_phone": settings.SERVICE_PHONE,
        "html_lang": get_language_tag(),
        "me": user if signed_in else None,
        "locked": locked,
        "nav": SimpleLazyObject(lambda: _build_navigation(request, scope))
        if signed_in and not locked
        else [],
        "may_search": signed_in
        and not locked
        and scope.may("read_families")
        and not _is_current_page(request, "search"),
        "role_names": sorted(map(get_role_name, scope.roles)) if signed_in and not locked else [],
    }


def _is_current_page(request: ScopedRequest, name: str) -> bool:
    """The search page has a box of its own, and needs none in its header."""
    return bool(request.resolver_match) and request.resolver_match.url_name == name


def _build_navigation(request: ScopedRequest, scope: Any) -> list[dict[str, Any]]:
    current = getattr(request.resolver_match, "url_name", "")
    return [
        {"text": text, "href": reverse_cached(name), "current": name == current}
        for text, name, permissions in NAVIGATION
        if not permissions or scope.may(*permissions)
    ]
