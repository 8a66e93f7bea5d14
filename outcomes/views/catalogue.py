"""The catalogue as a page: what each measure is, what may be done with it, and what the service chose."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
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
from pairs.submissions.form_page import FormPage, Link
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
class MeasureSettingsPage(FormPage):
    """Whether it is of the core, and with which work it is offered."""

    kind = "measure-choice"
    form_class = MeasureSettingsForm

    def get_record(self, may: Any) -> Measure:
        return _get_measure_or_404(self.kwargs["measure_id"])

    def get_form_kwargs(self) -> dict[str, Any]:
        ways = Intervention.objects.visible_to(self.request.scope).offered()
        return {"sheet": self.record, "ways": ways}

    def get_initial(self) -> dict[str, Any]:
        chosen = _query_settings(self.request).filter(measure=self.record.id).first()
        if chosen is None:
            return {}
        ways = [way.pk for way in chosen.interventions.all()]
        return {"core": chosen.core, "interventions": ways, "thrive": chosen.thrive}

    def save(self, form: MeasureSettingsForm) -> ChosenMeasure:
        return save_measure_settings(measure=self.record.id, by=self.request.user, **form.cleaned_data)

    def get_back_link(self) -> Link:
        return Link(reverse("measure", args=[self.record.id]), self.record.short_name)

    def get_title(self) -> str:
        return f"When {self.record.short_name} is offered"

    def get_text(self) -> Sequence[str]:
        if self.record.may_be_core:
            return ()
        return ("It is not about the relationship, so it is never in the core set.",)

    def get_message(self) -> str:
        return f"{self.record.short_name} is saved."


def _get_measure_or_404(measure_id: str) -> Measure:
    found = get_catalogue().get(measure_id)
    if found is None:
        raise Http404
    return found
