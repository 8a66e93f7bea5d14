"""Who looked: the access log for information governance, with people, families and acts in words; and as CSV."""

from collections.abc import Iterable
from datetime import timedelta
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
from pairs.access.visible_records import get_visible_page, list_visible
from pairs.audit.models import AccessEntry, AccessEntryQuerySet
from pairs.families.banner import get_family_name
from pairs.families.models import FamilyGrant
from pairs.matching.query_parser import parse_query
from pairs.matching.search import find_families, query_families_by_id
from pairs.service.models import User
from pairs.submissions.actions import parse_token
from pairs.web.csv_files import build_csv_response
from pairs.web.formats import format_day_and_time
from pairs.web.local_days import get_start_of_day
from reporting.dashboards.colleague_search import find_colleagues
from reporting.dashboards.forms import AccessLogFilterForm, AccessLogForm
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
    asked = _read_filter(request)
    form = AccessLogForm(request.POST or None, initial=_build_initial(asked))
    choices: dict[str, Any] = {}
    if form.is_bound and form.is_valid():
        filters, choices = _find_filters(request, form)
        if filters is not None:
            return redirect(f"{request.path}?{urlencode(filters)}" if filters else request.path)
    page, family = get_visible_page(request, _query_entries(asked)), asked.get("family")
    names = _load_shown_names(request, page, family)
    if family in names:  # so that another day or colleague is asked for without typing it again
        form.initial["family"] = _get_search_words(names[family])
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


def _read_filter(request: ScopedRequest) -> dict[str, Any]:
    """What the address asks for; what it cannot mean is left out."""
    form = AccessLogFilterForm(request.GET)
    form.is_valid()
    return {name: value for name, value in form.cleaned_data.items() if value}


def _query_entries(asked: dict[str, Any]) -> AccessEntryQuerySet:
    entries = AccessEntry.objects.matching(
        username=asked.get("username", ""),
        family=asked.get("family"),
        since=get_start_of_day(asked["since"]) if "since" in asked else None,
        until=get_start_of_day(asked["until"] + timedelta(days=1)) if "until" in asked else None,
        act=asked.get("act", ""),
    )
    return entries.select_related("user").prefetch_related("user__groups__roleatsite").order_by("-at", "id")


def _find_filters(
    request: ScopedRequest, form: AccessLogForm
) -> tuple[dict[str, Any] | None, dict[str, Any]]:
    """(what the address is to ask for, or None while something is open; the people and families that may be meant)."""
    asked = form.cleaned_data
    filters = {name: asked[name].isoformat() for name in ("since", "until") if asked[name]}
    filters |= {"act": asked["act"]} if asked["act"] else {}
    people = find_colleagues(asked["person"]) if asked["person"] else []
    families = _find_families(request, asked["family"]) if asked["family"] else {}
    for name, found in (("person", people), ("family", families)):
        if asked[name] and not found:
            form.add_error(name, NOT_FOUND[name])
    if form.errors:
        return None, {}
    if len(people) > 1 or len(families) > 1:
        return None, _build_choices(request, filters, people, families)
    if people:
        filters["username"] = people[0].username
    if families:
        filters["family"] = str(next(iter(families)))
    return filters, {}


NOT_FOUND = {
    "person": "No colleague has this name or username. Check the spelling.",
    "family": "No family at your sites has this name or PI number. Check the spelling.",
}


def _find_families(request: ScopedRequest, words: str) -> dict[UUID, str]:
    """{id: name and PI numbers} of families that are meant; an id is taken as well."""
    known = parse_token(words.strip())
    matches = [] if known else find_families(parse_query(words), request.scope)
    return _load_names(request, [known] if known else [each.family for each in matches])


def _build_choices(
    request: ScopedRequest, filters: dict[str, Any], people: list[User], families: dict[UUID, str]
) -> dict[str, Any]:
    def link(text: str, **more: str) -> dict[str, str]:
        return {"text": text, "href": f"{request.path}?{urlencode(filters | more)}"}

    one = {"username": people[0].username} if len(people) == 1 else {}
    one |= {"family": str(next(iter(families)))} if len(families) == 1 else {}
    return {
        "people": [link(f"{each} ({each.username})", **one, username=each.username) for each in people]
        if len(people) > 1
        else [],
        "families": [link(name, **one, family=str(pk)) for pk, name in families.items()]
        if len(families) > 1
        else [],
    }


def _load_shown_names(
    request: ScopedRequest, entries: Iterable[AccessEntry], about: UUID | None
) -> dict[UUID, str]:
    """{family id: its name and PI numbers} of those that governance may know, of these entries and ``about``."""
    ids = {family for entry in entries for family in entry.opened[:MAX_NAMED]}
    ids |= {family for entry in entries if not entry.opened for family in entry.listed[:MAX_NAMED]}
    return _load_names(request, [*ids, *([about] if about else [])])


def _load_names(request: ScopedRequest, ids: list[UUID]) -> dict[UUID, str]:
    families = list_visible(request, query_families_by_id(ids)) if ids else []
    return {family.pk: _describe_family(family) for family in families}


def _describe_family(family: Any) -> str:
    numbers = ", ".join(each.reference for each in family.infants.all() if not each.is_hidden)
    return f"{get_family_name(family)} ({numbers})" if numbers else get_family_name(family)


def _get_search_words(described: str) -> str:
    """By what a family that `_describe_family` wrote is found again: its first PI number, or its name."""
    name, _, numbers = described.partition(" (")
    return numbers.rstrip(")").partition(", ")[0] or name


def _build_rows(
    request: ScopedRequest, entries: Iterable[AccessEntry], names: dict[UUID, str]
) -> list[list[str]]:
    days = load_record_days(request.scope, entries)
    return [build_row(entry, names, days) for entry in entries]


def build_row(entry: AccessEntry, names: dict[UUID, str], days: dict[UUID, str]) -> list[str]:
    """Cells of the table: when, who, what they did, whose records, why. ``days``: of the records, by id."""
    who = f"{entry.user} ({_describe_roles(entry.user)})" if entry.user else "Not signed in"
    return [
        format_day_and_time(entry.at),
        who,
        describe_entry(entry, days),
        _describe_families(entry, names),
        entry.reason,
    ]


def _describe_roles(user: User) -> str:
    roles = sorted({group.roleatsite.get_role_display() for group in user.groups.all()})
    return ", ".join(roles) or "no role now"


def _describe_families(entry: AccessEntry, names: dict[UUID, str]) -> str:
    ids = entry.opened or entry.listed
    if not ids:
        return ""
    known = [names.get(each, "a family of another site") for each in ids[:MAX_NAMED]]
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
        request, _query_entries(_read_filter(request)), per_page=MAX_CSV_ROWS
    ).object_list
    names = _load_names(request, list({pk for entry in entries for pk in [*entry.opened, *entry.listed]}))
    days = load_record_days(request.scope, entries)
    rows = (_build_csv_row(entry, names, days) for entry in entries)
    return build_csv_response("who-looked.csv", CSV_HEADERS, rows)


def _build_csv_row(entry: AccessEntry, names: dict[UUID, str], days: dict[UUID, str]) -> list[str]:
    user = entry.user
    return [
        timezone.localtime(entry.at).isoformat(timespec="seconds"),
        str(user) if user else "Not signed in",
        user.username if user else "",
        _describe_roles(user) if user else "",
        describe_entry(entry, days),
        *(
            "; ".join(names.get(pk, "a family of another site") for pk in ids)
            for ids in (entry.opened, entry.listed)
        ),
        entry.reason,
    ]
