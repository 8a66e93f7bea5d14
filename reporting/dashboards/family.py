"""The family page: who is who, what worries us, what is under way, what changed and what is due."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from interventions.collaboration.presenters import present_collaboration
from interventions.episodes.chronology import format_who_was_there
from interventions.episodes.models import format_contact_title
from outcomes.pairing import calculate_goal_change
from pairs.access import policy
from pairs.access.batch_query import parse_date, parse_datetime
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import get_visible_or_404
from pairs.families.access import get_family
from pairs.families.banner import build_banner, get_family_name
from pairs.families.models import Family, RiskAlert
from pairs.matching.actions import find_merge_target
from pairs.service.roles import GrantPurpose
from referrals.rules.choices import ReferralState
from reporting.dashboards.due_cache import list_due_for_families
from reporting.dashboards.family_facts import load_family_facts
from reporting.dashboards.links import build_family_links, present_gaps
from reporting.dashboards.people import present_carers, present_infants
from reporting.dashboards.worklist import present_due_item


@policy.permission("read_families", "govern_records")
def show_family(request: ScopedRequest, family_id: UUID) -> HttpResponse:
    """One family on one page, within twelve queries whatever its size."""
    try:
        family = get_family(request, family_id)
    except Http404:
        return _redirect_to_merged(request, family_id)
    on, scope = timezone.localdate(), request.scope
    facts = load_family_facts(family, on)
    alerts = [RiskAlert(pk=row["id"], what=row["what"]) for row in facts["alerts"]]
    context = {
        "family": family,
        "name": get_family_name(family),
        "banner": build_banner(family, alerts=alerts, above=facts["above"]),
        "infants": present_infants(family, scope, on),
        "carers": present_carers(family, facts["addresses"], facts["unrelated"], scope, on),
        "alerts": [_present_alert(row) for row in _sort_newest_first(facts["alerts"], "at")],
        "work": _present_work(facts, scope.may("write_records", at=family.site_id, of=family.pk)),
        "contacts": _present_contacts(facts["contacts"]),
        "visits": [
            _present_visit(row) for row in sorted(facts["visits"], key=lambda row: parse_datetime(row["at"]))
        ],
        "decisions": [
            row | {"do_by": parse_date(row["do_by"])} for row in _sort_newest_first(facts["decisions"], "at")
        ],
        "others": [_present_grant(row) for row in facts["grants"]],
        "collaboration": present_collaboration(facts["joint"], facts["asks"]),
        "due": [present_due_item(item, on) for item in list_due_for_families(scope, on, [family.pk])],
        "gaps": present_gaps(scope, facts["gaps"], family_id=family.pk, at=family.site_id),
        "links": build_family_links(scope, family),
    }
    return render(request, "dashboards/family.html", context)


def _redirect_to_merged(request: ScopedRequest, family_id: UUID) -> HttpResponse:
    """Redirect a merged family to the page of the family it was merged into; 404 if that is out of scope."""
    went_into = find_merge_target(family_id)
    if went_into is None:
        raise Http404
    return redirect("family", get_visible_or_404(request, Family.objects.all(), pk=went_into).pk)


def _sort_newest_first(rows: list[dict[str, Any]], name: str) -> list[dict[str, Any]]:
    """Newest first."""
    return sorted(rows, key=lambda row: row[name], reverse=True)


def _present_alert(row: dict[str, str | None]) -> dict[str, Any]:
    return {
        "what": row["what"],
        "href": reverse("alert", args=[row["id"]]),
        "at": parse_datetime(row["at"]),
        "by": row["by"],
        "state": "seen" if row["seen_at"] else "raised",
    }


def _present_work(facts: dict[str, list[dict[str, Any]]], may_write: bool) -> dict[str, list[dict[str, Any]]]:
    """Episodes, the newest first, each with its plan; and the referrals that brought the family here."""
    episodes = [
        _present_episode(row, facts["goals"], may_write)
        for row in _sort_newest_first(facts["episodes"], "opened_on")
    ]
    referrals = [_present_referral(row, may_write) for row in _sort_newest_first(facts["referrals"], "at")]
    return {"episodes": episodes, "referrals": referrals}


def _present_referral(row: dict[str, str | None], may_write: bool) -> dict[str, Any]:
    waits = row["status"] == ReferralState.ACCEPTED and not row["episode"] and may_write
    open_href = reverse("open-episode", args=[row["id"]]) if waits else None
    book_href = reverse("new-first-visit", args=[row["id"]]) if waits else None
    return row | {"at": parse_datetime(row["at"]), "open_href": open_href, "book_href": book_href}


def _present_episode(row: dict[str, Any], goals: list[dict[str, Any]], may_write: bool) -> dict[str, Any]:
    pk, mine = row["id"], (goal for goal in goals if goal["episode"] == row["id"])
    return {
        **row,
        **{name: parse_date(row[name]) for name in ("opened_on", "ended_on", "review_on")},
        "href": reverse("episode", args=[pk]),
        "contact_href": reverse("new-contact", args=[pk]) if may_write and not row["ended_on"] else None,
        "book_href": reverse("new-appointment", args=[pk]) if may_write and not row["ended_on"] else None,
        "knock_href": None if row["ended_on"] else reverse("before-you-knock", args=[pk]),
        "goals": [_present_family_goal(goal) for goal in sorted(mine, key=lambda goal: goal["created_at"])],
    }


def _present_family_goal(row: dict[str, Any]) -> dict[str, Any]:
    scores = [rating["score"] for rating in row["ratings"]]
    change = calculate_goal_change(scores)
    return {
        "words": row["words"],
        "whose": f"{row['infant'] or 'Baby not yet named'} and {row['carer'] or 'carer not yet named'}",
        "href": reverse("dyad", args=[row["dyad"]]),
        "change": change,
        "chart": [(parse_date(rating["on"]), rating["score"]) for rating in row["ratings"]],
    }


def _present_contacts(rows: list[Any]) -> dict[str, Any]:
    """The newest few, each with who came; which was the last."""
    rows = sorted(rows, key=lambda row: parse_datetime(row["at"]), reverse=True)
    contacts = [_present_contact(row) for row in rows]
    return {"all": contacts, "last": contacts[0] if contacts else None}


def _present_visit(row: dict[str, str]) -> dict[str, Any]:
    """One that is booked."""
    title = format_contact_title("family", row["how"], row["where"])
    return {
        "at": parse_datetime(row["at"]),
        "title": title,
        "by": row["by"],
        "href": reverse("appointment", args=[row["id"]]),
    }


def _present_contact(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "at": parse_datetime(row["at"]),
        "title": format_contact_title(row["kind"], row["how"], row["where"]),
        "href": reverse("care-contact", args=[row["id"]]),
        "by": row["by"],
        "came": format_who_was_there(row),
        "draft": not row["signed_at"],
    }


def _present_grant(row: dict[str, Any]) -> dict[str, Any]:
    purpose = GrantPurpose(row["purpose"]).label
    return {"who": row["who"], "purpose": purpose, "until": parse_datetime(row["until"]), "why": row["why"]}
