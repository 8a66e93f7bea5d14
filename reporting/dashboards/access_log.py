"""Who looked: the access log for information governance, with people, families and acts in words; and as CSV."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.access.scope import Scope
from pairs.access.visible_records import get_visible_page
from pairs.audit.models import AccessEntry, AccessEntryQuerySet
from pairs.families.models import FamilyGrant
from pairs.web.csv_files import build_csv_response
from pairs.web.formats import format_day_and_time
from reporting.dashboards.forms import AccessLogFilterForm, AccessLogForm
from reporting.dashboards.log_search import (
    ANOTHER_SITES,
    describe_roles,
    find_filters,
    get_search_words,
    load_family_names,
    read_days,
    read_filter,
)
from reporting.dashboards.logged_records import describe_entry, load_record_days

MAX_NAMED = 3  # families of one entry that are named in its row
MAX_CSV_ROWS = 5000
CSV_HEADERS = (
    "When",
    "Who",
    "Username",
    "Roles",
    "What they did",
    "Families opened",
    "Families listed",
    "Reason",
)


@policy.permission("govern_records")
@never_cache
def show_access_log(request: ScopedRequest) -> HttpResponse:
    """The access log, newest first; of one person, one family, some days. A family is looked for by POST alone."""
    asked = read_filter(request, AccessLogFilterForm)
    form = AccessLogForm(request.POST or None, initial=_build_initial(asked))
    choices: dict[str, Any] = {}
    if form.is_bound and form.is_valid():
        act = form.cleaned_data["act"]
        filters, choices = find_filters(request, form, **({"act": act} if act else {}))
        if filters is not None:
            return redirect(f"{request.path}?{urlencode(filters)}" if filters else request.path)
    page, family = get_visible_page(request, _query_entries(asked)), asked.get("family")
    names = _load_shown_names(request, page, family)
    if family in names:  # so that another day or colleague is asked for without typing it again
        form.initial["family"] = get_search_words(names[family])
    context = {
        "form": form,
        "page": page,
        "rows": _build_rows(request, page, names),
        "choices": choices,
        "about": names.get(family, "a family of another site, or none") if family else "",
        "csv_href": f"{reverse('access-log-csv')}?{request.GET.urlencode()}",
        "grants": _list_grant_rows(request.scope, family) if family else None,
    }
    return render(request, "dashboards/access_log.html", context)


def _build_initial(asked: dict[str, Any]) -> dict[str, Any]:
    return {"person": asked.get("username", "")} | {
        name: asked.get(name) for name in ("since", "until", "act")
    }


def _query_entries(asked: dict[str, Any]) -> AccessEntryQuerySet:
    entries = AccessEntry.objects.matching(
        username=asked.get("username", ""),
        family=asked.get("family"),
        act=asked.get("act", ""),
        **read_days(asked),
    )
    return entries.select_related("user").prefetch_related("user__groups__roleatsite").order_by("-at", "id")


def _load_shown_names(
    request: ScopedRequest, entries: Iterable[AccessEntry], about: UUID | None
) -> dict[UUID, str]:
    """{family id: its name and PI numbers} of those that governance may know, of these entries and ``about``."""
    ids = {family for entry in entries for family in entry.opened[:MAX_NAMED]}
    ids |= {family for entry in entries if not entry.opened for family in entry.listed[:MAX_NAMED]}
    return load_family_names(request, [*ids, *([about] if about else [])])


def _build_rows(
    request: ScopedRequest, entries: Iterable[AccessEntry], names: dict[UUID, str]
) -> list[list[str]]:
    days = load_record_days(request.scope, entries)
    return [build_row(entry, names, days) for entry in entries]


def build_row(entry: AccessEntry, names: dict[UUID, str], days: dict[UUID, str]) -> list[str]:
    """Cells of the table: when, who, what they did, whose records, why. ``days``: of the records, by id."""
    who = f"{entry.user} ({describe_roles(entry.user)})" if entry.user else "Not signed in"
    return [
        format_day_and_time(entry.at),
        who,
        describe_entry(entry, days),
        _describe_families(entry, names),
        entry.reason,
    ]


def _describe_families(entry: AccessEntry, names: dict[UUID, str]) -> str:
    ids = entry.opened or entry.listed
    if not ids:
        return ""
    known = [names.get(each, ANOTHER_SITES) for each in ids[:MAX_NAMED]]
    more = f" and {len(ids) - MAX_NAMED} more" if len(ids) > MAX_NAMED else ""
    return f"{'' if entry.opened else 'In a list: '}{'; '.join(known)}{more}"


def _list_grant_rows(scope: Scope, family_id: UUID) -> list[list[str]]:
    """Everybody who was ever given access to this family beyond their sites, by whom, why and until when."""
    grants = FamilyGrant.objects.visible_to(scope).filter(family=family_id).with_names()
    return [
        [
            str(grant.user),
            grant.get_purpose_display(),
            grant.reason,
            f"{format_day_and_time(grant.created_at)}, {grant.granted_by}",
            format_day_and_time(grant.expires_at) if grant.expires_at else "No end",
        ]
        for grant in grants
    ]


@policy.permission("govern_records")
@never_cache
def download_access_log(request: ScopedRequest) -> HttpResponse:
    """The same entries as CSV, the newest 5,000."""
    entries = get_visible_page(
        request, _query_entries(read_filter(request, AccessLogFilterForm)), per_page=MAX_CSV_ROWS
    ).object_list
    names = load_family_names(
        request, list({pk for entry in entries for pk in [*entry.opened, *entry.listed]})
    )
    days = load_record_days(request.scope, entries)
    rows = (_build_csv_row(entry, names, days) for entry in entries)
    return build_csv_response("who-looked.csv", CSV_HEADERS, rows)


def _build_csv_row(entry: AccessEntry, names: dict[UUID, str], days: dict[UUID, str]) -> list[str]:
    user = entry.user
    return [
        timezone.localtime(entry.at).isoformat(timespec="seconds"),
        str(user) if user else "Not signed in",
        user.username if user else "",
        describe_roles(user) if user else "",
        describe_entry(entry, days),
        *("; ".join(names.get(pk, ANOTHER_SITES) for pk in ids) for ids in (entry.opened, entry.listed)),
        entry.reason,
    ]
