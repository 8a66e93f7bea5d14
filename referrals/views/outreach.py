"""Outreach: the sessions of one's sites, each with the referrals that followed; and a referral's session."""

from typing import Any
from uuid import UUID

from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from pairs.access import policy
from pairs.access.records import live_q
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import get_visible_or_404, get_visible_page, list_visible
from pairs.families.record_pages import build_family_banner
from pairs.submissions.form_page import FormPage, PageOf
from referrals.documents import find_readable_family
from referrals.models import Referral
from referrals.outreach.models import RUNNERS, OutreachSession
from referrals.record_forms.outreach import LinkOutreach

READERS = (*RUNNERS, "read_reports")


def query_sessions() -> Any:
    """With the number of referrals that followed, whoever may open them."""
    followed = live_q("referrals__") & Q(referrals__isnull=False)
    return OutreachSession.objects.select_related("site", "place", "lead").annotate(
        followed=Count("referrals", filter=followed)
    )


@policy.permission(*READERS)
def list_outreach(request: ScopedRequest) -> HttpResponse:
    """Sessions of the user's sites, newest first."""
    page = get_visible_page(request, query_sessions().order_by("-starts_at", "pk"))
    return render(request, "outreach/sessions.html", {"page": page, "may_plan": request.scope.may(*RUNNERS)})


@policy.permission(*READERS)
def show_outreach(request: ScopedRequest, outreach_id: UUID) -> HttpResponse:
    """A session, and of the referrals that followed those that the reader may open."""
    session = get_visible_or_404(request, query_sessions(), pk=outreach_id)
    referrals = Referral.objects.filter(outreach_session=session).order_by("-received_at")
    may_run = request.scope.may(*RUNNERS, at=session.site_id)
    context = {
        "session": session,
        "referrals": list_visible(request, referrals),
        "may_change": may_run and not session.cancelled_at,
        "may_record": may_run and not session.cancelled_at and session.starts_at <= timezone.now(),
        "may_cancel": may_run and not session.cancelled_at and not session.recorded_on,
    }
    return render(request, "outreach/session.html", context)


@policy.permission("triage_referrals")
class LinkOutreachPage(LinkOutreach, FormPage):
    """From which outreach session a referral came."""

    title = "Outreach that led to this referral"
    message = "Outreach session saved."
    back = PageOf("referral", "record", "Referral")

    def get_context(self, form: Any) -> dict[str, Any]:
        """With the family's banner, where it has one that the reader may open."""
        family = find_readable_family(self.request, self.record)
        return {"banner": build_family_banner(self.request, family) if family else None}
