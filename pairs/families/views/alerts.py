"""An alert and its answer."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render

from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import get_visible_or_404
from pairs.families.actions import answer_risk_alert, raise_risk_alert
from pairs.families.banner import build_banner, get_family_path
from pairs.families.forms import AnswerAlertForm, NewAlertForm
from pairs.families.models import Family, RiskAlert, RiskAlertStep
from pairs.submissions.form_submission import FormSubmission


@policy.permission("read_families", "triage_referrals")
def show_alert(request: ScopedRequest, alert_id: UUID) -> HttpResponse:
    """One risk alert: what it is, what was done, and what you did."""
    alert = get_visible_or_404(
        request, RiskAlert.objects.select_related("site", "raised_by", "lead", "family"), pk=alert_id
    )
    if request.method == "POST" and request.scope.may_only_read(at=alert.site_id, of=alert.family_id):
        raise PermissionDenied  # whoever thinks with us may read it, and raise another
    submission = FormSubmission(request, kind="alert")
    form = AnswerAlertForm(submission.data)
    path = submission.save_once(
        form, make=lambda: _answer_alert(request, alert, form), path_of=lambda step: request.path
    )
    if path:
        return redirect(path)
    context = {
        "alert": alert,
        "steps": alert.steps.select_related("by"),
        "banner": _build_alert_banner(request, alert),
        "form": form,
        "submission_token": submission.token,
    }
    return render(request, "families/alert.html", context)


def _build_alert_banner(request: ScopedRequest, alert: Any) -> dict[str, Any] | None:
    """Whose record it is; None before there is a family."""
    if alert.family_id is None:
        return None
    return build_banner(get_visible_or_404(request, Family.objects.with_people(), pk=alert.family_id))


def _answer_alert(request: ScopedRequest, alert: Any, form: AnswerAlertForm) -> RiskAlertStep:
    answer, note = form.cleaned_data["answer"], form.cleaned_data["note"]
    return answer_risk_alert(alert=alert, kind=answer, note=note, by=request.user)


@policy.permission("write_records", "register_people")
def raise_alert(request: ScopedRequest, family_id: UUID) -> HttpResponse:
    """Raise an alert about a family: lead and duty hear at once."""
    family = get_visible_or_404(request, Family.objects.with_people().select_related("site"), pk=family_id)
    submission = FormSubmission(request, kind="new-alert")
    form = NewAlertForm(submission.data)
    if submission.is_valid(form):
        messages.success(request, "The alert is raised. The lead and duty have been told that it is there.")
        return redirect(
            submission.submit(
                make=lambda: _raise_family_alert(request, family, form),
                path_of=lambda made: get_family_path(family),
            )
        )
    context = {
        "form": form,
        "banner": build_banner(family),
        "family": family,
        "submission_token": submission.token,
    }
    return render(request, "families/new_alert.html", context)


def _raise_family_alert(request: ScopedRequest, family: Any, form: NewAlertForm) -> RiskAlert:
    return raise_risk_alert(site=family.site, family=family, what=form.cleaned_data["what"], by=request.user)
