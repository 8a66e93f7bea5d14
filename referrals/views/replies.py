"""A reply as it was sent; on paper, and its PDF."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import get_visible_or_404
from pairs.families.access import get_family
from pairs.families.banner import build_banner
from pairs.jobs.models import Job
from pairs.service.refusals import ActionRefused
from referrals.actions.replies import request_reply_pdf
from referrals.models import Referral, Reply
from referrals.reply_letter import build_reply_letter
from referrals.rules.choices import ReplyWay

REPLY_READERS = ("triage_referrals", "read_families", "govern_records")


def _get_reply(request: ScopedRequest, reply_id: UUID, **filters: Any) -> Any:
    """One in scope, with what its page shows; the file stays where it is."""
    rows = Reply.objects.select_related("referral__site", "written_by", "sent_by", "carer", "pdf")
    return get_visible_or_404(request, rows.defer("pdf__file").filter(**filters), pk=reply_id)


def render_reply_page(request: ScopedRequest, template: str, reply: Reply, **context: Any) -> HttpResponse:
    """A page about a reply: with the family's banner, once the referral has a family."""
    shared = {"reply": reply, "banner": _build_reply_banner(request, reply.referral)}
    return render(request, f"referrals/{template}.html", shared | context)


def _build_reply_banner(request: ScopedRequest, referral: Referral) -> dict[str, Any] | None:
    try:
        return build_banner(get_family(request, referral.family_id)) if referral.family_id else None
    except Http404:  # the family is at another site by now
        return None


@policy.permission(*REPLY_READERS)
def show_reply(request: ScopedRequest, reply_id: UUID) -> HttpResponse:
    """To whom, in which way, and the words."""
    found = _get_reply(request, reply_id)
    may_print = request.scope.may("triage_referrals", "read_families", at=found.referral.site_id)
    return render_reply_page(request, "reply", found, may_print=may_print)


@policy.permission(*REPLY_READERS)
def show_printable_reply(request: ScopedRequest, reply_id: UUID) -> HttpResponse:
    """The letter on paper, and nothing around it."""
    found = _get_reply(request, reply_id, way=ReplyWay.LETTER)
    return render_reply_page(request, "reply_print", found, paper=build_reply_letter(found))


@policy.permission(*REPLY_READERS, POST="triage_referrals")
def download_reply_pdf(request: ScopedRequest, reply_id: UUID) -> HttpResponse:
    """POST asks for the PDF (again); GET downloads it once it is made."""
    found = _get_reply(request, reply_id, way=ReplyWay.LETTER)
    if request.method == "POST":
        get_visible_or_404(request, Referral.objects.all(), pk=found.referral_id, may="triage_referrals")
        try:
            request_reply_pdf(reply=found)
        except ActionRefused as refused:
            messages.warning(request, str(refused))
        return redirect("reply", found.pk)
    if found.pdf is None or found.pdf.status != Job.DONE or not found.pdf.file:
        raise Http404
    response = HttpResponse(bytes(found.pdf.file), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{found.referral.reference}-letter.pdf"'
    return response


@policy.permission(*REPLY_READERS, background=True)
def show_reply_progress(request: ScopedRequest, reply_id: UUID) -> HttpResponse:
    """Only how far the PDF is: asked every two seconds by the reply's page."""
    found = _get_reply(request, reply_id, way=ReplyWay.LETTER, pdf__isnull=False)
    return render_reply_page(request, "reply_progress", found)
