"""The board: referrals to be read, and those that wait for a decision, with their clocks and what to take note of."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import BooleanField, Case, Exists, ExpressionWrapper, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import JSONObject, Now
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from pairs.access import policy
from pairs.access.batch_query import PreparedBatch, Query, parse_datetime
from pairs.access.prepared_queries import PreparedQuery
from pairs.access.requests import ScopedRequest
from pairs.access.scope import TemplateScope
from pairs.access.visible_records import annotate_family_id, get_prepared_page, list_prepared
from pairs.families.models import RiskAlert
from pairs.service.models import Place, Site
from pairs.web.csv_files import build_csv_response
from referrals.matching import find_possibly_known
from referrals.models import (
    Concern,
    Consultation,
    MatchAnswer,
    Referral,
    ReferralStatus,
    ReferredCaregiver,
    ReferredInfant,
)
from referrals.models.referral import ReferralQuerySet
from referrals.referral_lines import load_referral_lines
from referrals.rules.choices import DECIDED_STATUSES, DISTRICT_NOT_STATED, EntryPoint, ReferralState
from reporting.dashboards.returning_referrals import find_returns
from reporting.dashboards.triage.board_rows import (
    CSV_HEADERS,
    OVERDUE,
    TO_READ,
    WAITING,
    build_board_row,
    build_csv_row,
    get_deadline,
    group_rows,
    is_unread,
    summarise_board,
)

ALL, MINE, DECIDED = "", "mine", "decided"
NOT_STATED = "not-stated"  # in the address: referrals whose district nobody said
MAX_FILTER_OPTIONS = 1000  # the slice keeps the order inside a union query
MAX_COUNTED, MAX_ROWS_ON_PAPER = 2000, 1000
RECENTLY = timedelta(days=7)
# What a row says, or asks the rules.
BOARD_FIELDS = (
    *("reference", "received_at", "status", "place_assumed", "entry_point", "asker_name", "asker_role"),
    *("patient_id", "read_by_time", "first_read_at", "permission", "response", "decided_at"),
    *("noticed", "parent_says", "hopes", "site__name", "place__name", "team__name", "team__organisation"),
    *(f"{who}__{name}" for who in ("referrer", "first_read_by") for name in ("display_name", "username")),
    "referrer__profession",
)


@policy.permission("triage_referrals")
def show_triage_board(request: ScopedRequest) -> HttpResponse:
    """What is late to be read, what is to be read, what waits for a decision; which of them stands in the address."""
    known, now = _load_known(request), timezone.now()
    chosen = _read_choices(request, known)
    choices, values = _build_query_choices(chosen)
    page = get_prepared_page(request, _BOARD_QUERY, *choices, **values)
    totals = _count_groups(known["counted"], chosen, now)
    if chosen["view"] == DECIDED:
        totals = {DECIDED: page.paginator.count}
    context = {
        "page": page,
        "groups": group_rows(_build_rows(request, page.object_list, now), totals),
        "summary": "" if chosen["view"] == DECIDED else summarise_board(totals),
        "chosen": chosen,
        "views": _present_views(chosen, known),
        "filters": _present_filters(chosen, known["places"]),
        "filtered": bool(chosen["place"] or chosen["entry_point"]),
        "consultations": _OPEN_CONSULTATIONS.count(request.scope),
        "checks": _WAITING_CHECKS.count(request.scope),
        "supervises": request.scope.may("supervise"),
    }
    return render(request, "dashboards/triage.html", context)


@policy.permission("triage_referrals")
def download_triage_board(request: ScopedRequest) -> HttpResponse:
    """The same referrals as a CSV file, with the line in the access log that the page has."""
    known, now = _load_known(request), timezone.now()
    choices, values = _build_query_choices(_read_choices(request, known))
    found = list_prepared(request, _BOARD_QUERY, *choices, **values)[:MAX_ROWS_ON_PAPER]
    by_id = {referral.pk: referral for referral in found}
    rows = (build_csv_row(row, by_id[row["id"]]) for row in _build_rows(request, found, now))
    return build_csv_response(f"triage-{timezone.localdate(now):%Y-%m-%d}.csv", CSV_HEADERS, rows)


def _build_rows(request: ScopedRequest, referrals: Sequence[Any], now: datetime) -> list[dict[str, Any]]:
    held, returns = find_possibly_known(referrals), find_returns(referrals)
    lines = load_referral_lines((referral.pk for referral in referrals), timezone.localdate(now))
    return [
        build_board_row(
            referral,
            lines[referral.pk],
            now,
            request.user.pk,
            known=referral.pk in held,
            returning=referral.pk in returns,
        )
        for referral in referrals
    ]


_OPEN_CONSULTATIONS = PreparedQuery(lambda scope: Consultation.objects.visible_to(scope).open())
_WAITING_CHECKS = PreparedQuery(lambda scope: MatchAnswer.objects.visible_to(scope).waiting())


# ---------------------------------------------------------------- what is counted and offered
def _load_known(request: ScopedRequest) -> dict[str, list[dict[str, Any]]]:
    """Districts, sites, and a short row for each referral that waits or was decided of late: one query."""
    names = ("places", "sites", "counted", "decided")
    return dict(zip(names, _KNOWN_BATCH.rows(request.scope), strict=True))


def _build_known_queries(scope: TemplateScope) -> list[Query]:
    sites = Site.objects.filter(pk__in=scope.sites("triage_referrals")).order_by("name")
    mine = ExpressionWrapper(build_needs_me_filter(scope.user_id), output_field=BooleanField())
    waiting = Referral.objects.triaged_by(scope).order_by("pk")[:MAX_COUNTED]
    columns = ("status", "received_at", "read_by_time", "first_read_at", "place_assumed", "entry_point")
    counted = {name: name for name in columns} | {"site": "site_id", "place": "place__code", "mine": mine}
    return [
        Query(Place.objects.order_by("name")[:MAX_FILTER_OPTIONS], {"id": "code", "name": "name"}),
        Query(sites[:MAX_FILTER_OPTIONS], {"id": "id", "name": "name"}),
        Query(waiting, counted),
        Query(_query_decided(scope).order_by("pk")[:MAX_COUNTED], {"site": "site_id"}),
    ]


def build_needs_me_filter(user: Any) -> Q:
    """Filter: unread and mine to read (reader, deputy, or no reader named), or read first by me."""
    reader = (
        Q(site__first_reader=None) | Q(site__first_reader__reader=user) | Q(site__first_reader__deputy=user)
    )
    return Q(first_read_at=None) & reader | Q(first_read_by=user)


def _query_decided(scope: TemplateScope) -> ReferralQuerySet:
    """Those that were decided within the last days at the sites where the scope triages."""
    here = Referral.objects.visible_to(scope).filter(site__in=scope.sites("triage_referrals"))
    return here.filter(status__in=sorted(DECIDED_STATUSES), decided_at__gte=Now() - RECENTLY)


_KNOWN_BATCH = PreparedBatch(_build_known_queries)


def _read_choices(request: ScopedRequest, known: dict[str, list[dict[str, Any]]]) -> dict[str, str]:
    """View and filters that the address asks for; what it does not know is left out."""
    offered = {
        "view": {MINE, DECIDED, *(site["id"] for site in known["sites"])},
        "place": {NOT_STATED, *(place["id"] for place in known["places"])},
        "entry_point": set(EntryPoint.values),
    }
    asked = {name: request.GET.get(name, "") for name in offered}
    return {name: value if value in offered[name] else "" for name, value in asked.items()}


def _build_query_choices(chosen: dict[str, str]) -> tuple[tuple[str, ...], dict[str, UUID]]:
    """What changes the query, as words of ours; and the site, by id, where one was asked for."""
    is_site = chosen["view"] not in (ALL, MINE, DECIDED)
    view = ALL if is_site else chosen["view"]
    return (view, chosen["place"], chosen["entry_point"]), ({"site": UUID(chosen["view"])} if is_site else {})


def _count_groups(counted: list[dict[str, Any]], chosen: dict[str, str], now: datetime) -> dict[str, int]:
    return dict(Counter(_choose_group(row, now) for row in counted if _is_shown(row, chosen)))


def _choose_group(row: dict[str, Any], now: datetime) -> str:
    """As ``board_rows.choose_group``, of a row that is only counted."""
    if not is_unread(row["status"], row["first_read_at"]):
        return WAITING
    received = parse_datetime(row["received_at"])
    late = received and get_deadline(received, parse_datetime(row["read_by_time"]), now).late
    return OVERDUE if late else TO_READ


def _is_shown(row: dict[str, Any], chosen: dict[str, str]) -> bool:
    view, place, entry_point = chosen["view"], chosen["place"], chosen["entry_point"]
    in_view = row["mine"] if view == MINE else view in (ALL, DECIDED, row["site"])
    said = NOT_STATED if row["place_assumed"] else row["place"]
    return in_view and place in ("", said) and entry_point in ("", row["entry_point"])


def _present_views(chosen: dict[str, str], known: dict[str, list[dict[str, Any]]]) -> list[dict[str, Any]]:
    """The tabs with their counts: all sites, each site of those who have several, mine, decided of late."""
    of_site = Counter(row["site"] for row in known["counted"])
    sites = known["sites"] if len(known["sites"]) > 1 else []
    tabs = [
        (ALL, "All sites" if sites else "All referrals", len(known["counted"])),
        *((site["id"], site["name"], of_site[site["id"]]) for site in sites if of_site[site["id"]]),
        (MINE, "Assigned to me", sum(bool(row["mine"]) for row in known["counted"])),
        (DECIDED, "Decided in the last 7 days", len(known["decided"])),
    ]
    return [
        {
            "text": text,
            "count": count,
            "href": f"?{urlencode({'view': view})}" if view else "?",
            "current": view == chosen["view"],
        }
        for view, text, count in tabs
    ]


def _present_filters(
    chosen: dict[str, str], places: list[dict[str, str]]
) -> list[tuple[str, str, list[tuple[str, str]], str]]:
    """[(name, label, options, what is chosen)] as the page draws them."""
    districts = [(row["id"], row["name"]) for row in places]
    options = {
        "entry_point": ("Referral source", [("", "All sources"), *EntryPoint.choices]),
        "place": ("District", [("", "All districts"), *districts, (NOT_STATED, DISTRICT_NOT_STATED)]),
    }
    return [(name, label, offered, chosen[name]) for name, (label, offered) in options.items()]


# ---------------------------------------------------------------- the rows
def _query_board(
    scope: TemplateScope, view: str, place: str, entry_point: Any, site: UUID | None = None
) -> ReferralQuerySet:
    referrals = _query_decided(scope) if view == DECIDED else Referral.objects.triaged_by(scope)
    words = {"entry_point": entry_point, "site": site}
    asked = {name: value for name, value in words.items() if value}
    referrals = annotate_family_id(referrals.filter(_build_place_q(place), **asked))
    if view == MINE:
        referrals = referrals.filter(build_needs_me_filter(scope.user_id))
    related = ("place", "site", "referrer", "team", "first_read_by")
    shown = referrals.select_related(*related).only(*BOARD_FIELDS).with_news()
    shown = shown.with_withdrawal_request()
    shown = shown.annotate(**_build_named_annotations(), **_build_step_annotations())
    return (
        shown.order_by("-decided_at", "id")
        if view == DECIDED
        else shown.order_by("group", "received_at", "id")
    )


def _build_place_q(place: str) -> Q:
    """Of this district as somebody said it; of none; '' for all."""
    if not place:
        return Q()
    return Q(place_assumed=True) if place == NOT_STATED else Q(place_assumed=False, place__code=place)


def _build_named_annotations() -> dict[str, Any]:
    """Who is named, as far as the board takes note of it."""
    infants = ReferredInfant.objects.live().filter(referral=OuterRef("pk"))
    carers = ReferredCaregiver.objects.live().filter(referral=OuterRef("pk"))
    unborn = infants.filter(birth_date=None, estimated_due_date__isnull=False, lost_on=None)
    main = carers.order_by("-main_carer", "order")
    ways = ("may_call", "may_text", "may_email", "may_post")
    return {
        "named": Exists(infants),
        "unborn": Exists(unborn),
        "interpreter": Subquery(carers.filter(needs_interpreter=True).values("language")[:1]),
        "safe_answers": Subquery(main.values(row=JSONObject(**{name: name for name in ways}))[:1]),
    }


def _build_step_annotations() -> dict[str, Any]:
    """Where it stands: to be read first, its newest step, an open alert, the first concern that was chosen."""
    unread = Q(first_read_at=None, status=ReferralState.RECEIVED)
    steps = ReferralStatus.objects.filter(referral=OuterRef("pk")).order_by("-at")
    alerts = RiskAlert.objects.live().open().filter(about=OuterRef("reference"))
    return {
        "group": Case(When(unread, then=Value(0)), default=Value(1)),
        "stepped_at": Subquery(steps.values("at")[:1]),
        "worried": Exists(alerts),
        "first_concern": Subquery(
            Concern.objects.filter(referrals=OuterRef("pk")).values("professional_voice")[:1]
        ),
    }


_BOARD_QUERY = PreparedQuery(_query_board)
