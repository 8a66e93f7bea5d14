"""The catalogue as a page: what each measure is, what may be done with it, and what the service chose."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from interventions.episodes.models import Intervention
from outcomes.measure_definitions import Measure
from outcomes.measure_settings import save_measure_settings
from outcomes.measure_settings_form import MeasureSettingsForm
from outcomes.measures import get_catalogue
from outcomes.models import ChosenMeasure, ChosenMeasureQuerySet
from outcomes.presenters import DIRECTION_TEXTS, format_range
from outcomes.recommendations import describe_length
from outcomes.record_forms import CATALOGUE_EDITORS, CATALOGUE_READERS
from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.submissions.form_submission import FormSubmission
from referrals.rules.choices import ThriveGrouping


@policy.permission(*CATALOGUE_READERS)
def list_measures(request: ScopedRequest) -> HttpResponse:
    """All of them: the core, then those about the relationship, then the others."""
    chosen = {each.measure: each for each in _query_settings(request)}
    rows = [{"measure": each, "chosen": chosen.get(each.id)} for each in get_catalogue().values()]
    groups = [
        ("The core set", [row for row in rows if row["chosen"] and row["chosen"].core]),
        ("About the relationship", [row for row in rows if _may_be_core(row) and not _is_core(row)]),
        ("About something else: recorded, never core", [row for row in rows if not _may_be_core(row)]),
    ]
    context = {
        "groups": groups,
        "may_keep": request.scope.may(*CATALOGUE_EDITORS),
        "length_of": describe_length,
    }
    return render(request, "outcomes/measures.html", context)


def _query_settings(request: ScopedRequest) -> ChosenMeasureQuerySet:
    return ChosenMeasure.objects.visible_to(request.scope).prefetch_related("interventions")


def _may_be_core(row: dict[str, Any]) -> bool:
    return row["measure"].may_be_core


def _is_core(row: dict[str, Any]) -> bool:
    return bool(row["chosen"] and row["chosen"].core)


@policy.permission(*CATALOGUE_READERS)
def show_measure(request: ScopedRequest, measure_id: str) -> HttpResponse:
    """What its sheet says, with every source."""
    found = _get_measure_or_404(measure_id)
    chosen = _query_settings(request).filter(measure=found.id).first()
    context = {
        "measure": found,
        "length": describe_length(found),
        "scales": [(scale, format_range(scale), DIRECTION_TEXTS[scale.better]) for scale in found.scales],
        "chosen": chosen,
        "groupings": [dict(ThriveGrouping.choices)[each] for each in chosen.thrive] if chosen else [],
        "may_keep": request.scope.may(*CATALOGUE_EDITORS),
    }
    return render(request, "outcomes/measure.html", context)


@policy.permission(*CATALOGUE_EDITORS)
def edit_measure_settings(request: ScopedRequest, measure_id: str) -> HttpResponse:
    """Whether it is of the core, and with which work it is offered."""
    found = _get_measure_or_404(measure_id)
    now = _query_settings(request).filter(measure=found.id).first()
    submission = FormSubmission(request, kind="measure-choice")
    ways = Intervention.objects.visible_to(request.scope).offered()
    form = MeasureSettingsForm(submission.data, sheet=found, ways=ways, initial=_build_settings_initial(now))
    done = submission.save_once(
        form,
        make=lambda: save_measure_settings(measure=found.id, by=request.user, **form.cleaned_data),
        path_of=lambda made: reverse("measure", args=[found.id]),
    )
    if done:
        messages.success(request, f"{found.short_name} is saved.")
        return redirect(done)
    context = {"measure": found, "form": form, "submission_token": submission.token}
    return render(request, "outcomes/measure_choice.html", context)


def _get_measure_or_404(measure_id: str) -> Measure:
    found = get_catalogue().get(measure_id)
    if found is None:
        raise Http404
    return found


def _build_settings_initial(chosen: ChosenMeasure | None) -> dict[str, Any]:
    if chosen is None:
        return {}
    ways = [way.pk for way in chosen.interventions.all()]
    return {"core": chosen.core, "interventions": ways, "thrive": chosen.thrive}
