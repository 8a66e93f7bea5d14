"""The page of a referral: for the referrer, its progress; for staff, in full. It reads across apps."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import get_visible_or_404, list_visible
from referrals.models import Addition, Referral, Reply, SentEmail
from referrals.referral_lines import load_referral_lines
from referrals.referrer_progress import ReferrerView, load_referrer_views
from referrals.rules.choices import ReferralState
from referrals.rules.failed_emails import FAILED_EMAIL_PERMISSIONS
from referrals.rules.referrer_progress import APPOINTMENTS, Stage, WorkFacts
from referrals.rules.status_transitions import may_change_status
from referrals.summary import summarise_referral
from reporting.dashboards.my_referrals import present_for_referrer


@policy.permission("make_referrals", "triage_referrals", "read_families", "govern_records")
def show_referral(request: ScopedRequest, referral_id: UUID) -> HttpResponse:
    """A referral: whole for staff within their sites; to whoever made it, what they said and what comes next."""
    try:
        found = get_visible_or_404(
            request,
            Referral.objects.with_people()
            .with_withdrawal_request()
            .select_related("family", "outreach_session"),
            pk=referral_id,
        )
    except Http404:
        return _render_for_referrer(request, referral_id)
    may_triage = request.scope.may("triage_referrals", at=found.site_id)
    may_reopen = found.decided_at is not None and may_change_status(found.status, ReferralState.READ)
    context = {
        "referral": found,
        "said": summarise_referral(found),
        "steps": found.steps.select_related("by"),
        "replies": list_visible(request, Reply.objects.filter(referral=found).order_by("created_at")),
        "additions": list_visible(request, Addition.objects.filter(referral=found).select_related("by")),
        "may_decide": may_triage and found.decided_at is None,
        "may_reopen": may_triage and may_reopen,
        "failed_emails": _list_failed_emails(request, found),
        "may_link_outreach": may_triage,
    }
    return render(request, "referrals/referral.html", context)


def _list_failed_emails(request: ScopedRequest, referral: Referral) -> list[SentEmail]:
    """What did not arrive, for those who may send it again."""
    if not request.scope.may(*FAILED_EMAIL_PERMISSIONS, at=referral.site_id):
        return []
    rows = SentEmail.objects.failed().filter(referral=referral)
    return list_visible(request, rows.select_related("sent_by").order_by("created_at"))


def _render_for_referrer(request: ScopedRequest, referral_id: UUID) -> HttpResponse:
    found = get_visible_or_404(request, Referral.objects.with_people(), pk=referral_id, within="made_by")
    view = load_referrer_views(request.user, [found])[found.pk]
    known = present_for_referrer(request, found, view)
    line = load_referral_lines([found.pk], timezone.localdate(), as_named=True)[found.pk]
    context = {
        "known": known | {"line": line} | _build_shared_facts(found, view),
        "said": summarise_referral(found) if known["mine"] else None,
        **(_load_correspondence(request, found) if known["mine"] else {"told": [], "additions": []}),
    }
    return render(request, "referrals/my_referral.html", context)


def _load_correspondence(request: ScopedRequest, referral: Any) -> dict[str, list[Any]]:
    """What we told them, and what they and their colleagues added."""
    told = Reply.objects.filter(referral=referral).order_by("created_at")
    added = Addition.objects.filter(referral=referral).select_related("by").order_by("at")
    return {
        "told": list_visible(request, told, within="told_to"),
        "additions": list_visible(request, added, within="made_by"),
    }


def _build_shared_facts(referral: Any, view: ReferrerView) -> dict[str, Any]:
    """The dates, as far as the family has agreed."""
    shows_dates = APPOINTMENTS in (view.topics or ())
    return {
        "undecided": referral.decided_at is None,
        "may_withdraw": view.progress.stage != Stage.WITHDRAWAL_ASKED,
        "lead": view.contact,
        "shows_dates": shows_dates,
        "met_on": view.facts.meetings[-1] if shows_dates and view.facts.meetings else None,
        "meets_on": view.facts.booked if shows_dates else None,
        "first_visit": _get_first_visit(referral, view.facts) if view.shared else None,
    }


def _get_first_visit(referral: Referral, facts: WorkFacts) -> datetime | None:
    """When the first visit is that they come to, once they have been told of it and until it has been."""
    is_to_come = referral.first_visit_together and referral.referrer_told_at and not facts.meetings
    return facts.booked if is_to_come else None
