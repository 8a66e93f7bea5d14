"""A reply as it was sent."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import get_visible_or_404
from pairs.documents.document import find_current_job
from pairs.families.banner import build_banner
from referrals.documents import REPLY, REPLY_READERS, find_readable_family
from referrals.models import Reply
from referrals.rules.choices import ReplyWay


@policy.permission(*REPLY_READERS)
def show_reply(request: ScopedRequest, reply_id: UUID) -> HttpResponse:
    """To whom, in which way, and the words; of a letter also its paper, or why it may not go out."""
    rows = Reply.objects.select_related(
        "referral__site", "referral__family", "written_by", "sent_by", "carer", "job"
    )
    found = get_visible_or_404(request, rows.defer("job__file"), pk=reply_id)
    family = find_readable_family(request, found.referral)
    context = {"reply": found, "banner": build_banner(family) if family else None}
    context["may_print"] = request.scope.may("triage_referrals", "read_families", at=found.referral.site_id)
    context["may_make"] = request.scope.may("triage_referrals", at=found.referral.site_id)
    if found.way == ReplyWay.LETTER and found.sent_at:
        paper = REPLY.build_paper(found, timezone.localdate())
        context["problem"] = paper["stopped"]
        context["job"] = find_current_job(REPLY, found, paper)
    return render(request, "referrals/reply.html", context)
