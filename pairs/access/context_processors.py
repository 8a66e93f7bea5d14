"""The context processor of every page: the user and the navigation."""

from typing import Any

from django.conf import settings
from django.template.backends.utils import csrf_input
from django.utils.functional import SimpleLazyObject
from markupsafe import Markup

from pairs.access.language import get_language_tag
from pairs.access.page_author import build_author_input
from pairs.access.requests import ScopedRequest
from pairs.service.guides import find_help_path
from pairs.service.roles import get_role_name
from pairs.web.url_cache import reverse_cached

# (text, url name, permissions of which one suffices), in the order of the page. The first five that a person may
# open are the doors of the header; the rest is under "More".
NAVIGATION = (
    ("Home", "home", ()),
    ("Refer a family", "refer", ("make_referrals",)),
    ("My referrals", "my-referrals", ("make_referrals",)),
    ("Triage", "triage", ("triage_referrals",)),
    ("Caseload", "caseload", ("read_families",)),
    ("Diary", "diary", ("read_families",)),
    ("To do", "worklist", ("read_families", "triage_referrals")),
    ("Supervision", "supervision", ("write_records", "supervise")),
    ("Consultations", "consultations", ("make_referrals", "triage_referrals", "write_records")),
    ("Families", "supported-families", ("support_families",)),
    ("Reports", "reports", ("read_reports",)),
    ("Service reports", "service-reports", ("read_reports",)),
    ("The service today", "service-now", ("read_reports",)),
    ("Family feedback", "experience-results", ("read_reports", "supervise")),
    ("Access log", "access-log", ("govern_records",)),
    ("Record changes", "record-changes", ("govern_records",)),
    ("Restricted families", "restrictions", ("govern_records",)),
    ("Emergency access", "emergency-access-list", ("govern_records",)),
    ("Retention", "retention", ("govern_records",)),
    ("Subject access requests", "subject-access", ("govern_records",)),
    ("Accounts", "accounts", ("manage_accounts",)),
    ("Settings", "settings", ("manage_accounts",)),
    ("Waiting times", "waits", ("triage_referrals", "read_families")),
    ("Team figures", "team-figures", ("read_families", "supervise", "triage_referrals")),
    ("Groups", "groups", ("read_families",)),
    ("Absence and cover", "absences", ("write_records", "supervise")),
    ("Competencies", "competencies", ("write_records", "supervise")),
    ("Posts", "posts", ("manage_accounts", "read_reports", "supervise")),
    ("Hand over work", "hand-overs", ("supervise", "manage_accounts")),
    ("Recordings", "recordings", ("read_families", "govern_records")),
    ("Signposting directory", "destinations", ("triage_referrals",)),
    ("Gaps in records", "record-gaps", ("read_families",)),
    ("Possible duplicates", "duplicates", ("register_people",)),
)


def build_page_context(request: ScopedRequest) -> dict[str, Any]:
    """Context processor of every page, the signed-out and the broken ones included."""
    user = getattr(request, "user", None)
    signed_in = bool(user and user.is_authenticated)
    locked = signed_in and bool(request.session.get("locked"))
    scope = getattr(request, "scope", None)
    author = {"csrf_input": Markup(csrf_input(request)) + build_author_input(user)} if signed_in else {}
    return author | {
        "demo": settings.DEMO,
        "service_name": settings.SERVICE_NAME,
        "service_phone": settings.SERVICE_PHONE,
        "html_lang": get_language_tag(),
        "me": user if signed_in else None,
        "initials": make_initials(str(user)) if signed_in else "",
        "locked": locked,
        "nav": SimpleLazyObject(lambda: _build_navigation(request, scope))
        if signed_in and not locked
        else [],
        "help_href": SimpleLazyObject(lambda: find_help_path(scope.roles, _get_page_name(request)))
        if signed_in and not locked
        else "",
        "may_search": signed_in
        and not locked
        and scope.may("read_families")
        and not _is_current_page(request, "search"),
        "role_names": sorted(map(get_role_name, scope.roles)) if signed_in and not locked else [],
    }


def make_initials(name: str) -> str:
    """The first letters of the first and the last word: BB of Bilal Blackburn."""
    words = name.split()
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


def _is_current_page(request: ScopedRequest, name: str) -> bool:
    """The search page has a box of its own, and needs none in its header."""
    return _get_page_name(request) == name


def _get_page_name(request: ScopedRequest) -> str:
    return getattr(request.resolver_match, "url_name", None) or ""


def _build_navigation(request: ScopedRequest, scope: Any) -> list[dict[str, Any]]:
    current = _get_page_name(request)
    return [
        {
            "text": text,
            "href": reverse_cached(name),
            "current": name == current,
            "counted": name == "worklist",
        }
        for text, name, permissions in NAVIGATION
        if not permissions or scope.may(*permissions)
    ]
