"""A worry about a referral, before there is a family: lead and duty hear at once."""

from django.shortcuts import redirect, render
from django.urls import reverse

from pairs.access import policy
from pairs.families.actions import raise_risk_alert
from pairs.families.forms import NewAlert
from pairs.submissions.typed import Typed
from reporting.desk.triage.fetched import referral_of


@policy.permission("triage_referrals")
def referral_alert(request, referral_id):
    """Raise a risk alert about a referral, before there is a family: lead and duty hear at once."""
    referral = referral_of(request, referral_id)
    typed = Typed(request, kind="referral-alert")
    form = NewAlert(typed.data, prefix="alert")
    done = typed.submitted(
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
    context = {"referral": referral, "form": form, "submission_token": typed.token}
    return render(request, "desk/referral_alert.html", context)
