"""Pages of the catalogue of interventions, maintained by supervisors and system administrators."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from interventions.episodes.models import Intervention
from interventions.episodes.rules import InterventionShape
from interventions.plans.actions import retire_intervention, save_intervention
from interventions.plans.forms import InterventionForm, build_intervention_initial
from interventions.plans.record_forms import CATALOGUE_EDITORS
from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import get_visible_or_404
from pairs.submissions.form_submission import FormSubmission
from referrals.rules.choices import ThriveGrouping


@policy.permission("read_families", *CATALOGUE_EDITORS)
def list_interventions(request: ScopedRequest) -> HttpResponse:
    """List all interventions, retired ones last."""
    found = Intervention.objects.visible_to(request.scope)
    context = {
        "offered": found.offered(),
        "retired": found.exclude(retired_on=None),
        "groupings": dict(ThriveGrouping.choices),
        "may_keep": request.scope.may(*CATALOGUE_EDITORS),
    }
    return render(request, "plans/interventions.html", context)


@policy.permission(*CATALOGUE_EDITORS)
def edit_intervention(request: ScopedRequest, way_id: str) -> HttpResponse:
    """Edit an intervention."""
    found = get_visible_or_404(request, Intervention.objects.all(), code=way_id)
    return _handle_intervention_form(
        request, "intervention", found, InterventionForm, initial=build_intervention_initial(found)
    )


@policy.permission(*CATALOGUE_EDITORS)
def add_intervention(request: ScopedRequest) -> HttpResponse:
    """Add an intervention of the service's own."""
    return _handle_intervention_form(
        request, "new-intervention", None, InterventionForm, initial={"shape": InterventionShape.SESSIONS}
    )


def _handle_intervention_form(
    request: ScopedRequest,
    kind: str,
    found: Any,
    form_class: type[InterventionForm],
    initial: dict[str, Any],
) -> HttpResponse:
    submission = FormSubmission(request, kind=kind)
    form = form_class(submission.data, initial=initial)
    done = submission.save_once(
        form,
        make=lambda: save_intervention(intervention=found, by=request.user, **form.cleaned_data),
        path_of=lambda made: reverse("interventions"),
    )
    if done:
        messages.success(request, f"{form.cleaned_data['name']} is saved.")
        return redirect(done)
    context = {"intervention": found, "form": form, "submission_token": submission.token}
    return render(request, "plans/intervention.html", context)


@policy.permission(*CATALOGUE_EDITORS)
def retire_intervention_page(request: ScopedRequest, way_id: str) -> HttpResponse:
    """Retire an intervention or offer it again, after a confirmation."""
    found = get_visible_or_404(request, Intervention.objects.all(), code=way_id)
    if request.method == "POST":
        retire_intervention(intervention=found, by=request.user)
        messages.success(request, f"{found} is {'retired' if found.retired_on else 'offered again'}.")
        return redirect("interventions")
    return render(request, "plans/retire_intervention.html", {"intervention": found})
