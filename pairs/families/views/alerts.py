"""An alert and its answer."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render

from pairs.access import policy
from pairs.access.fetch import fetch
from pairs.families.actions import answer_risk_alert, raise_risk_alert
from pairs.families.banner import banner_of, family_page
from pairs.families.forms import AnswerAlert, NewAlert
from pairs.families.models import Family, RiskAlert
from pairs.submissions.typed import Typed


@policy.permission("read_families", "triage_referrals")
def alert(request, alert_id):
    """One risk alert: what it is, what was done, and what you did."""
    alert = fetch(
        request, RiskAlert.objects.select_related("site", "raised_by", "lead", "family"), pk=alert_id
    )
    if request.method == "POST" and request.scope.only_reads(at=alert.site_id, of=alert.family_id):
        raise PermissionDenied  # whoever thinks with us may read it, and raise another
    typed = Typed(request, kind="alert")
    form = AnswerAlert(typed.data)
    path = typed.submitted(
        form, make=lambda: _answer(request, alert, form), path_of=lambda step: request.path
    )
    if path:
        return redirect(path)
    context = {
        "alert": alert,
        "steps": alert.steps.select_related("by"),
        "banner": _banner(request, alert),
        "form": form,
        "submission_token": typed.token,
    }
    return render(request, "families/alert.html", context)


def _banner(request, alert):
    """Whose record it is; None before there is a family."""
    if alert.family_id is None:
        return None
    return banner_of(fetch(request, Family.objects.with_people(), pk=alert.family_id))


def _answer(request, alert, form):
    answer, note = form.cleaned_data["answer"], form.cleaned_data["note"]
    return answer_risk_alert(alert=alert, kind=answer, note=note, by=request.user)


@policy.permission("write_records", "register_people")
def new_alert(request, family_id):
    """Raise an alert about a family: lead and duty hear at once."""
    family = fetch(request, Family.objects.with_people().select_related("site"), pk=family_id)
    typed = Typed(request, kind="new-alert")
    form = NewAlert(typed.data)
    if typed.ready(form):
        messages.success(request, "The alert is raised. The lead and duty have been told that it is there.")
        return redirect(
            typed.submit(make=lambda: _raise(request, family, form), path_of=lambda made: family_page(family))
        )
    context = {"form": form, "banner": banner_of(family), "family": family, "submission_token": typed.token}
    return render(request, "families/new_alert.html", context)


def _raise(request, family, form):
    return raise_risk_alert(site=family.site, family=family, what=form.cleaned_data["what"], by=request.user)
