"""The catalogue as a page: what each measure is, what may be done with it, and what the service chose."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from interventions.episodes.models import Intervention
from outcomes.measure_charts import list_cut_offs
from outcomes.measure_definitions import BIRTH_GROUP, FATHER_GROUP, PREGNANCY_GROUP, Measure, Scale
from outcomes.measure_settings import explain_why_never_core, save_measure_settings
from outcomes.measure_settings_form import MeasureSettingsForm
from outcomes.measures import get_catalogue
from outcomes.models import ChosenMeasure, ChosenMeasureQuerySet
from outcomes.presenters import DIRECTION_TEXTS, format_range
from outcomes.recommendations import describe_length
from outcomes.record_forms import CATALOGUE_EDITORS, CATALOGUE_READERS
from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.submissions.edits import EditForm
from pairs.submissions.form_page import FormPage, Link
from referrals.rules.choices import ThriveGrouping


@policy.permission(*CATALOGUE_READERS)
def list_measures(request: ScopedRequest) -> HttpResponse:
    """Those about the relationship, the core first; those about something else on a tab of their own."""
    chosen = {each.measure: each for each in _query_settings(request)}
    rows = [{"measure": each, "chosen": chosen.get(each.id)} for each in get_catalogue().values()]
    view = request.GET.get("view", RELATIONSHIP)
    view = view if view in GROUPS_BY_VIEW else RELATIONSHIP
    context = {
        "groups": _group_by_use(rows, view),
        "views": _present_views(rows, view),
        "length_of": describe_length,
    }
    return render(request, "outcomes/measures.html", context)


def _group_by_use(rows: list[dict[str, Any]], view: str) -> list[tuple[str, list[dict[str, Any]]]]:
    """[(title, rows)] of one tab."""
    return [(title, list(filter(belongs, rows))) for title, belongs in GROUPS_BY_VIEW[view]]


def _present_views(rows: list[dict[str, Any]], view: str) -> list[dict[str, Any]]:
    return [
        {
            "text": text,
            "href": f"?view={code}" if code else "?",
            "count": sum(len(found) for _, found in _group_by_use(rows, code)),
            "current": code == view,
        }
        for code, text in VIEWS
    ]


def _query_settings(request: ScopedRequest) -> ChosenMeasureQuerySet:
    return ChosenMeasure.objects.visible_to(request.scope).prefetch_related("interventions")


def _may_be_core(row: dict[str, Any]) -> bool:
    return row["measure"].may_be_core


def _is_about_relationship(row: dict[str, Any]) -> bool:
    return row["measure"].is_about_relationship


def _is_core(row: dict[str, Any]) -> bool:
    return bool(row["chosen"] and row["chosen"].core)


def _is_candidate(row: dict[str, Any]) -> bool:
    return _may_be_core(row) and not _is_core(row)


def _is_too_little_verified(row: dict[str, Any]) -> bool:
    return _is_about_relationship(row) and not _may_be_core(row)


def _is_about_something_else(row: dict[str, Any]) -> bool:
    return not _is_about_relationship(row)


RELATIONSHIP, OTHER = "", "other"
VIEWS = ((RELATIONSHIP, "About the relationship"), (OTHER, "About something else"))
GROUPS_BY_VIEW = {
    RELATIONSHIP: (
        ("The core set", _is_core),
        ("May be in the core set", _is_candidate),
        ("Too little verified for the core set", _is_too_little_verified),
    ),
    OTHER: (("Recorded, never core", _is_about_something_else),),
}


@policy.permission(*CATALOGUE_READERS)
def show_measure(request: ScopedRequest, measure_id: str) -> HttpResponse:
    """What its sheet says, with every source."""
    found = _get_measure_or_404(measure_id)
    chosen = _query_settings(request).filter(measure=found.id).first()
    context = {
        "measure": found,
        "length": describe_length(found),
        "scales": [_present_scale(scale) for scale in found.scales],
        "chosen": chosen,
        "why_never_core": explain_why_never_core(found),
        "groupings": [dict(ThriveGrouping.choices)[each] for each in chosen.thrive] if chosen else [],
        "may_keep": request.scope.may(*CATALOGUE_EDITORS),
    }
    return render(request, "outcomes/measure.html", context)


def _present_scale(scale: Scale) -> dict[str, Any]:
    """One score as its row of the table says it, with the published lines for each kind of person."""
    groups = dict.fromkeys(band.of for band in scale.bands)
    return {
        "scale": scale,
        "range": format_range(scale),
        "direction": DIRECTION_TEXTS[scale.better],
        "cut_offs": [(GROUP_TEXTS[group], line) for group in groups for line in list_cut_offs(scale, group)],
    }


GROUP_TEXTS = {
    "": "",
    BIRTH_GROUP: "Mothers, after the birth",
    PREGNANCY_GROUP: "In pregnancy",
    FATHER_GROUP: "Fathers",
}


@policy.permission(*CATALOGUE_EDITORS)
class MeasureSettingsPage(EditForm, FormPage):
    """Whether it is of the core, and with which work it is offered."""

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
        return {"core_for": chosen.core_for, "interventions": ways, "thrive": chosen.thrive}

    def lock_record(self) -> dict[str, Any]:
        """Its settings are the row; the measure itself is in a file."""
        _query_settings(self.request).filter(measure=self.record.id).select_for_update(of=("self",)).first()
        return self.get_initial()

    def save(self, form: MeasureSettingsForm) -> ChosenMeasure:
        return save_measure_settings(measure=self.record.id, by=self.request.user, **form.cleaned_data)

    def get_back_link(self) -> Link:
        return Link(reverse("measure", args=[self.record.id]), self.record.short_name)

    def get_title(self) -> str:
        return f"When {self.record.short_name} is offered"

    def get_text(self) -> Sequence[str]:
        why = explain_why_never_core(self.record)
        return (why,) if why else ()

    def get_message(self) -> str:
        return f"{self.record.short_name} is saved."


def _get_measure_or_404(measure_id: str) -> Measure:
    found = get_catalogue().get(measure_id)
    if found is None:
        raise Http404
    return found
