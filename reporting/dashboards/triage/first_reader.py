"""Who reads new referrals first: marked as read by whom and when; reader and deputy of each site."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.service.models import Site
from pairs.service.refusals import ActionRefused
from pairs.submissions.form_submission import FormSubmission
from referrals.actions import mark_referral_read
from referrals.actions.first_reader import set_first_readers
from referrals.forms.first_reader import FirstReadersForm
from referrals.models import FirstReader, Referral
from referrals.rules.choices import ReferralState
from reporting.dashboards.triage.referral_header import get_triaged_referral


@policy.permission("triage_referrals")
def mark_referral_as_read(request: ScopedRequest, referral_id: UUID) -> HttpResponse:
    """Say that somebody has read it: who and when is kept."""
    referral = get_triaged_referral(request, referral_id)
    if request.method == "POST" and referral.status in (ReferralState.RECEIVED, ReferralState.MORE_ASKED):
        _mark_read_once(request, referral)
    return redirect("decide-referral", referral.pk)


def _mark_read_once(request: ScopedRequest, referral: Referral) -> None:
    """Two who click at once: the first one's name is kept, and the second is told so kindly."""
    try:
        mark_referral_read(referral=referral, by=request.user)
    except ActionRefused:
        messages.info(request, "Somebody else was here a moment before you; what they did is kept.")
    else:
        messages.success(request, "Marked as read, with your name and the time.")


@policy.permission("supervise")
def edit_first_readers(request: ScopedRequest) -> HttpResponse:
    """Reader and deputy of each site that one supervises, and the form that names them."""
    sites = Site.objects.filter(pk__in=request.scope.sites("supervise"))
    submission = FormSubmission(request, kind="first-readers")
    form = FirstReadersForm(submission.data, sites=sites)
    done = submission.save_once(
        form,
        make=lambda: set_first_readers(by=request.user, **form.cleaned_data),
        path_of=lambda named: reverse("first-readers"),
    )
    if done:
        messages.success(request, "Saved. New referrals of this site go to them from now on.")
        return redirect(done)
    named = {
        each.site_id: each
        for each in FirstReader.objects.visible_to(request.scope).select_related("reader", "deputy")
    }
    rows = [(site, named.get(site.pk)) for site in sites]
    context = {"form": form, "rows": rows, "submission_token": submission.token}
    return render(request, "dashboards/first_readers.html", context)
