"""A worry about a referral, before there is a family: lead and duty hear at once."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.families.actions import raise_risk_alert
from pairs.families.forms import NewAlertForm
from pairs.submissions.form_submission import FormSubmission
from reporting.dashboards.triage.referral_header import get_triaged_referral


@policy.permission("triage_referrals")
def raise_referral_alert(request: ScopedRequest, referral_id: UUID) -> HttpResponse:
    """Raise a risk alert about a referral, before there is a family: lead and duty hear at once."""
    referral = get_triaged_referral(request, referral_id)
    submission = FormSubmission(request, kind="referral-alert")
    form = NewAlertForm(submission.data, prefix="alert")
    done = submission.save_once(
        form,
        make=lambda: raise_risk_alert(
            site=referral.site,
            family=referral.family,
            about=referral.reference,
            what=form.cleaned_data["what"],
            by=request.user,
        ),
        path_of=lambda alert: reverse("alert", args=[alert.pk]),
    )
    if done:
        return redirect(done)
    context = {"referral": referral, "form": form, "submission_token": submission.token}
    return render(request, "dashboards/referral_alert.html", context)
