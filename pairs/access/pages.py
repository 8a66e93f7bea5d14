"""What every page knows: who is here, and where they can go."""

from django.conf import settings
from django.utils.functional import SimpleLazyObject

from pairs.access.language import language_tag
from pairs.service.addresses import address_of
from pairs.service.roles import role_name

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


def who_is_here(request):
    """Context processor of every page, the signed-out and the broken ones included."""
    user = getattr(request, "user", None)
    signed_in = bool(user and user.is_authenticated)
    locked = signed_in and bool(request.session.get("locked"))
    scope = getattr(request, "scope", None)
    return {
        "demo": settings.DEMO,
        "service_name": settings.SERVICE_NAME,
        "service_phone": settings.SERVICE_PHONE,
        "html_lang": language_tag(),
        "me": user if signed_in else None,
        "locked": locked,
        "nav": SimpleLazyObject(lambda: _navigation(request, scope)) if signed_in and not locked else [],
        "may_search": signed_in
        and not locked
        and scope.may("read_families")
        and not _is_at(request, "search"),
        "role_names": sorted(map(role_name, scope.roles)) if signed_in and not locked else [],
    }


def _is_at(request, name):
    """The search page has a box of its own, and needs none in its header."""
    return bool(request.resolver_match) and request.resolver_match.url_name == name


def _navigation(request, scope):
    current = getattr(request.resolver_match, "url_name", "")
    return [
        {"text": text, "href": address_of(name), "current": name == current}
        for text, name, permissions in NAVIGATION
        if not permissions or scope.may(*permissions)
    ]
