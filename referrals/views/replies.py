"""A reply as it was sent; on paper, and its PDF."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from pairs.access import policy
from pairs.access.fetch import fetch
from pairs.families.banner import banner_of
from pairs.families.opened import family_of
from pairs.jobs.models import Job
from pairs.service.refusals import Refused
from referrals.actions.replies import ask_for_pdf
from referrals.models import Referral, Reply
from referrals.paper import paper_of

READERS = ("triage_referrals", "read_families", "govern_records")


def _reply(request, reply_id, **filters):
    """One in scope, with what its page shows; the file stays where it is."""
    rows = Reply.objects.select_related("referral__site", "written_by", "sent_by", "carer", "pdf")
    return fetch(request, rows.defer("pdf__file").filter(**filters), pk=reply_id)


def page(request, template, reply, **context):
    """A page about a reply: with the family's banner, once the referral has a family."""
    shared = {"reply": reply, "banner": _banner(request, reply.referral)}
    return render(request, f"referrals/{template}.html", shared | context)


def _banner(request, referral):
    try:
        return banner_of(family_of(request, referral.family_id)) if referral.family_id else None
    except Http404:  # the family is at another site by now
        return None


@policy.permission(*READERS)
def reply(request, reply_id):
    """To whom, in which way, and the words."""
    found = _reply(request, reply_id)
    may_print = request.scope.may("triage_referrals", "read_families", at=found.referral.site_id)
    return page(request, "reply", found, may_print=may_print)


@policy.permission(*READERS)
def reply_print(request, reply_id):
    """The letter on paper, and nothing around it."""
    found = _reply(request, reply_id, way="letter")
    return page(request, "reply_print", found, paper=paper_of(found))


@policy.permission(*READERS, POST="triage_referrals")
def reply_pdf(request, reply_id):
    """POST asks for the PDF (again); GET downloads it once it is made."""
    found = _reply(request, reply_id, way="letter")
    if request.method == "POST":
        fetch(request, Referral.objects.all(), pk=found.referral_id, may="triage_referrals")
        try:
            ask_for_pdf(reply=found)
        except Refused as refused:
            messages.warning(request, str(refused))
        return redirect("reply", found.pk)
    if found.pdf is None or found.pdf.status != Job.DONE or not found.pdf.file:
        raise Http404
    response = HttpResponse(bytes(found.pdf.file), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{found.referral.reference}-letter.pdf"'
    return response


@policy.permission(*READERS, background=True)
def reply_progress(request, reply_id):
    """Only how far the PDF is: asked every two seconds by the reply's page."""
    found = _reply(request, reply_id, way="letter", pdf__isnull=False)
    return page(request, "reply_progress", found)
