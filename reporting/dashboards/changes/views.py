"""Who changed what: a colleague's changes as a list, and a family's with each field before and after; and as CSV."""

from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from pairs.access import policy
from pairs.access.opening_reasons import ask_reason_for_records
from pairs.access.requests import ScopedRequest
from pairs.families.access import get_family
from pairs.families.models import Family
from pairs.families.record_pages import render_record_page
from pairs.web.csv_files import build_csv_response
from pairs.web.formats import format_day_and_time
from reporting.dashboards.changes.forms import ChangesForm
from reporting.dashboards.changes.histories import ChangesAsked, query_changes
from reporting.dashboards.changes.presenting import ShownChange, present_changes
from reporting.dashboards.changes.versions import load_changes, load_families
from reporting.dashboards.forms import LogFilterForm
from reporting.dashboards.log_search import (
    ANOTHER_SITES,
    find_filters,
    get_search_words,
    load_family_names,
    read_days,
    read_filter,
)

ON_A_PAGE, IN_A_LIST, MAX_CSV_ROWS = 25, 50, 5000
LIST_HEADERS = ("When", "Who", "Username", "Record", "Saved at", "Family", "What was changed")
FIELD_HEADERS = ("When", "Who", "Username", "Record", "Saved at", "What", "Before", "After")


@policy.permission("govern_records")
@never_cache
def list_record_changes(request: ScopedRequest) -> HttpResponse:
    """Changes by a colleague or since a day, the newest first. What they say of a family is on that family's page."""
    asked = read_filter(request, LogFilterForm)
    posted = request.POST if request.method == "POST" else None
    form = ChangesForm(posted, initial=asked | {"person": asked.get("username", "")})
    choices: dict[str, Any] = {}
    if form.is_bound and form.is_valid():
        filters, choices = find_filters(request, form)
        if filters is not None:
            return redirect(_build_path(filters))
    if "family" in asked:
        return redirect(_build_path(read_kept(request)))
    page = _get_page(request, asked, IN_A_LIST) if _is_asked(asked) else None
    context = {
        "form": form,
        "page": page,
        "rows": _build_list_rows(request, page) if page else [],
        "choices": choices,
        "csv_href": f"{reverse('record-changes-csv')}?{request.GET.urlencode()}",
    }
    return render(request, "dashboards/record_changes.html", context)


def read_kept(request: ScopedRequest) -> dict[str, str]:
    """What an address asks for, as another address says it."""
    return {name: str(value) for name, value in read_filter(request, LogFilterForm).items()}


def _build_path(filters: dict[str, str]) -> str:
    """Of the page that shows them: a family's own, where one is asked for."""
    rest = {name: value for name, value in filters.items() if name != "family"}
    page = (
        reverse("family-changes", args=[filters["family"]])
        if "family" in filters
        else reverse("record-changes")
    )
    return f"{page}?{urlencode(rest)}" if rest else page


def _is_asked(asked: dict[str, Any]) -> bool:
    return bool(asked.get("username") or asked.get("since"))


def _get_page(
    request: ScopedRequest, asked: dict[str, Any], size: int, family: UUID | None = None
) -> Page[Any]:
    return Paginator(_query(request, asked, family), size).get_page(request.GET.get("page"))


def _query(request: ScopedRequest, asked: dict[str, Any], family: UUID | None = None) -> Any:
    person = asked.get("username", "")
    return query_changes(request.scope, ChangesAsked(family=family, username=person, **read_days(asked)))


def _build_list_rows(request: ScopedRequest, found: Iterable[Any]) -> list[list[Any]]:
    return [
        [
            format_day_and_time(shown.at),
            _describe_person(shown),
            shown.title,
            name,
            _build_what(shown, family),
        ]
        for shown, family, name in _present_list(request, found)
    ]


def _describe_person(shown: ShownChange) -> str:
    return f"{shown.who} ({shown.roles})" if shown.roles else shown.who


def _present_list(request: ScopedRequest, found: Iterable[Any]) -> list[tuple[ShownChange, UUID | None, str]]:
    """(change, its family, the family's name) of each; families are noted as listed."""
    changes = load_changes(found)
    families = load_families(changes)
    names = load_family_names(request, list(set(families.values())))
    shown = present_changes(request.scope, changes)
    return [
        (each, families.get(place), names.get(families[place], ANOTHER_SITES) if place in families else "")
        for place, each in enumerate(shown)
    ]


def _build_what(shown: ShownChange, family: UUID | None) -> Any:
    """Of a family's record the names of the fields, with the page that shows what they say; else that itself."""
    if family is None:
        return _describe_fields(shown)
    day = timezone.localdate(shown.at).isoformat()
    asked = {"since": day, "until": day} | ({"username": shown.username} if shown.username else {})
    href = f"{reverse('family-changes', args=[family])}?{urlencode(asked)}"
    return {"text": shown.field_names, "hidden": "before and after", "href": href}


def _describe_fields(shown: ShownChange) -> str:
    """ "Name: “Preston”, before “Not stated”"."""
    said = (f"{each.label}: “{each.after}”, before “{each.before}”" for each in shown.fields)
    return "; ".join(said) or shown.field_names


@policy.permission("govern_records")
@never_cache
def download_record_changes(request: ScopedRequest) -> HttpResponse:
    """The same list as CSV, the newest 5,000."""
    asked = read_filter(request, LogFilterForm)
    found = _query(request, asked)[:MAX_CSV_ROWS] if _is_asked(asked) and "family" not in asked else []
    rows = (
        [*_build_csv_start(shown), name, shown.field_names if family else _describe_fields(shown)]
        for shown, family, name in _present_list(request, found)
    )
    return build_csv_response("changes.csv", LIST_HEADERS, rows)


def _build_csv_start(shown: ShownChange) -> list[str]:
    when = timezone.localtime(shown.at).isoformat(timespec="seconds")
    return [when, shown.who, shown.username, shown.title, shown.page]


@policy.permission("govern_records")
@never_cache
def show_family_changes(request: ScopedRequest, family_id: UUID) -> HttpResponse:
    """Every change of one family's record, the newest first: each field before and after. It asks why."""
    family, asked = _open_family(request, family_id), read_filter(request, LogFilterForm)
    page = _get_page(request, asked, ON_A_PAGE, family.pk)
    names = load_family_names(request, [family.pk])
    words = get_search_words(names.get(family.pk, ""))
    form = ChangesForm(initial=asked | {"person": asked.get("username", ""), "family": words})
    context = {
        "form": form,
        "page": page,
        "changes": present_changes(request.scope, load_changes(page)),
        "csv_href": f"{reverse('family-changes-csv', args=[family.pk])}?{request.GET.urlencode()}",
    }
    return render_record_page(request, "dashboards/family_changes.html", family, **context)


def _open_family(request: ScopedRequest, family_id: UUID) -> Family:
    """In scope, once the reader has said why: what was changed tells what stands in the record."""
    ask_reason_for_records(request)
    return get_family(request, family_id)


@policy.permission("govern_records")
@never_cache
def download_family_changes(request: ScopedRequest, family_id: UUID) -> HttpResponse:
    """The same changes as CSV: a line for each field, of the newest 5,000 changes."""
    family, asked = _open_family(request, family_id), read_filter(request, LogFilterForm)
    found = load_changes(_query(request, asked, family.pk)[:MAX_CSV_ROWS])
    rows = _list_field_rows(present_changes(request.scope, found))
    return build_csv_response("changes.csv", FIELD_HEADERS, rows)


def _list_field_rows(changes: Iterable[ShownChange]) -> Iterator[list[str]]:
    for shown in changes:
        for field in shown.fields:
            yield [*_build_csv_start(shown), field.label, field.before, field.after]
