"""The board: referrals that wait for a decision, oldest first, with their clocks and what to take note of."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from pairs.access import policy
from pairs.access.batch_query import PreparedBatch, Query
from pairs.access.prepared_queries import PreparedQuery
from pairs.access.requests import ScopedRequest
from pairs.access.scope import TemplateScope
from pairs.access.visible_records import annotate_family_id, get_prepared_page
from pairs.families.models import RiskAlert
from pairs.service.models import Place, Site
from referrals.bank_holidays import ENGLAND
from referrals.matching import find_possibly_known
from referrals.models import Consultation, MatchAnswer, Referral, ReferredCaregiver, ReferredInfant
from referrals.models.referral import ReferralQuerySet
from referrals.rules.choices import UNDECIDED_STATUSES, EntryPoint, PermissionBasis, ReferralState
from referrals.rules.reading_deadline import format_time_left, get_reading_deadline
from reporting.dashboards.returning_referrals import find_returns
from reporting.dashboards.triage.referral_header import describe_referrer, get_decision_wait

NEEDS_ME = "me"
MAX_FILTER_OPTIONS = 1000  # the slice keeps the order inside a union query
# What a row says, or asks the rules.
BOARD_FIELDS = (
    *("reference", "received_at", "status", "place_assumed", "entry_point", "asker_name", "permission"),
    *("patient_id", "read_by_time", "first_read_at", "site__name", "place__name"),
    *("referrer__display_name", "referrer__username", "team__name", "team__organisation"),
)


@policy.permission("triage_referrals")
def show_triage_board(request: ScopedRequest) -> HttpResponse:
    """Referrals that wait for a decision, oldest first; which of them stands in the address and survives a reload."""
    places, sites = _FILTER_BATCH.rows(request.scope)
    chosen, now = _read_filters(request, places), timezone.now()
    page = get_prepared_page(
        request, _BOARD_QUERY, *_get_query_choices(chosen), **_get_query_values(request, chosen)
    )
    held, returns = find_possibly_known(page.object_list), find_returns(page.object_list)
    context = {
        "page": page,
        "rows": [_build_board_row(referral, now, held, returns) for referral in page],
        "chosen": chosen,
        "filters": _present_filters(chosen, places, sites),
        "filtered": any(chosen.values()),
        "consultations": _OPEN_CONSULTATIONS.count(request.scope),
        "checks": _WAITING_CHECKS.count(request.scope),
        "supervises": request.scope.may("supervise"),
    }
    return render(request, "dashboards/triage.html", context)


_OPEN_CONSULTATIONS = PreparedQuery(lambda scope: Consultation.objects.visible_to(scope).open())
_WAITING_CHECKS = PreparedQuery(lambda scope: MatchAnswer.objects.visible_to(scope).waiting())
_FILTER_BATCH = PreparedBatch(
    lambda scope: [
        Query(Place.objects.order_by("name")[:MAX_FILTER_OPTIONS], {"id": "code", "name": "name"}),
        Query(
            Site.objects.filter(pk__in=scope.sites("triage_referrals"))[:MAX_FILTER_OPTIONS],
            {"id": "id", "name": "name"},
        ),
    ]
)


def _read_filters(request: ScopedRequest, places: list[dict[str, str]]) -> dict[str, str]:
    """The filters that the address asks for; what it does not know is left out."""
    known = {
        "needs": {NEEDS_ME},
        "site": {str(pk) for pk in request.scope.sites("triage_referrals")},
        "place": {place["id"] for place in places},
        "entry_point": set(EntryPoint.values),
        "status": set(UNDECIDED_STATUSES),
    }
    asked = {name: request.GET.get(name, "") for name in known}
    return {name: value if value in known[name] else "" for name, value in asked.items()}


def _get_query_choices(chosen: dict[str, str]) -> tuple[str, str, str]:
    """What changes the query: a filter by words of ours."""
    return chosen["place"], chosen["entry_point"], chosen["status"]


def _get_query_values(request: ScopedRequest, chosen: dict[str, str]) -> dict[str, UUID]:
    """Whose referrals and at which site, by id, where that was asked."""
    mine = {"me": request.user.pk} if chosen["needs"] else {}
    return mine | ({"site": UUID(chosen["site"])} if chosen["site"] else {})


def _query_board(
    scope: TemplateScope,
    place: str,
    entry_point: Any,
    status: str,
    me: UUID | None = None,
    site: UUID | None = None,
) -> ReferralQuerySet:
    words = {"place__code": place, "entry_point": entry_point, "status": status, "site": site}
    asked = {column: value for column, value in words.items() if value}
    referrals = annotate_family_id(Referral.objects.triaged_by(scope).filter(**asked))
    if me:
        referrals = referrals.filter(build_needs_me_filter(me))
    alerts = RiskAlert.objects.live().open().filter(about=OuterRef("reference"))
    shown = referrals.select_related("place", "site", "referrer", "team").only(*BOARD_FIELDS).with_news()
    return shown.annotate(worried=Exists(alerts), **_build_named_annotations()).order_by("received_at", "id")


def _build_named_annotations() -> dict[str, Exists]:
    """Who is named, as far as the board takes note of it."""
    infants = ReferredInfant.objects.live().filter(referral=OuterRef("pk"))
    carers = ReferredCaregiver.objects.live().filter(referral=OuterRef("pk"))
    unborn = infants.filter(birth_date=None, estimated_due_date__isnull=False)
    return {
        "named": Exists(infants),
        "unborn": Exists(unborn),
        "interpreter": Exists(carers.filter(needs_interpreter=True)),
    }


_BOARD_QUERY = PreparedQuery(_query_board)


def build_needs_me_filter(user: UUID) -> Q:
    """Filter: unread and mine to read (reader, deputy, or no reader named), or read first by me."""
    reader = (
        Q(site__first_reader=None) | Q(site__first_reader__reader=user) | Q(site__first_reader__deputy=user)
    )
    return Q(first_read_at=None) & reader | Q(first_read_by=user)


def _present_filters(
    chosen: dict[str, str], places: list[dict[str, str]], sites: list[dict[str, str]]
) -> list[tuple[str, str, list[tuple[str, str]], str]]:
    """[(name, label, options, what is chosen)] as the page draws them."""
    options = {
        "needs": ("Whose", [("", "Everybody's"), (NEEDS_ME, "What needs me")]),
        "site": ("Site", [("", "Every site"), *_list_options(sites)]),
        "place": ("District", [("", "Every district"), *_list_options(places)]),
        "entry_point": ("Came by", [("", "Any way"), *EntryPoint.choices]),
        "status": (
            "Status",
            [("", "Every status"), *((each.value, each.label) for each in UNDECIDED_STATUSES)],
        ),
    }
    return [(name, label, offered, chosen[name]) for name, (label, offered) in options.items()]


def _list_options(rows: list[dict[str, str]]) -> list[tuple[str, str]]:
    return [(row["id"], row["name"]) for row in rows]


def _build_board_row(referral: Any, now: datetime, held: set[UUID], returns: Any) -> dict[str, Any]:
    marks = (("Possible match", referral.pk in held), ("A return", referral.pk in returns))
    return {
        "id": referral.pk,
        "reference": referral.reference,
        "days": get_decision_wait(referral, timezone.localdate(now)).days,
        "status": referral.status,
        "place": "Not known" if referral.place_assumed else str(referral.place),
        "site": str(referral.site),
        "entry_point": referral.get_entry_point_display(),
        "by": describe_referrer(referral),
        "worried": referral.worried,
        "flags": [
            *list_flags(referral, referral.named, referral.unborn, referral.interpreter),
            *(words for words, holds in marks if holds),
        ],
        **describe_reading_deadline(referral, now),
    }


def describe_reading_deadline(referral: Referral, now: datetime) -> dict[str, Any]:
    """How long there is to read it, in words, and whether it is late; nothing once somebody has."""
    if referral.first_read_at or referral.status != ReferralState.RECEIVED:
        return {"read": "", "late": False}
    by = referral.read_by_time or get_reading_deadline(referral.received_at, ENGLAND)
    return {"read": format_time_left(now, by, ENGLAND), "late": now > by}


def list_referral_flags(referral: Referral) -> list[str]:
    """The flags of a referral that was fetched with its people."""
    infants, carers = referral.infants.all(), referral.caregivers.all()
    unborn = any(infant.birth_date is None and infant.estimated_due_date for infant in infants)
    return list_flags(referral, bool(infants), unborn, any(carer.needs_interpreter for carer in carers))


def list_flags(referral: Referral, named: bool, unborn: bool, interpreter: bool) -> list[str]:
    """What to take note of, in words. Is a baby named, is one unborn, does a carer need an interpreter?"""
    found = [
        ("Unborn", unborn),
        ("Nobody named yet", not named and not referral.patient_id),
        ("Interpreter", interpreter),
        ("A carer's own help", referral.patient_id is not None),
        ("Without the parent's agreement", referral.permission == PermissionBasis.LAWFUL_BASIS),
        ("Something was added", getattr(referral, "news_at", None)),
    ]
    return [text for text, holds in found if holds]
