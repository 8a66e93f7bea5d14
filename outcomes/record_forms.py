"""What each form of outcomes is about and does, for pages and API alike."""

from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from interventions.episodes.record_forms.episodes import EpisodeForm
from interventions.plans.record_forms import GoalForm
from outcomes.actions.assessments import AssessmentInput, decline_assessment, rate_goal, record_assessment
from outcomes.dyad_choices import list_recordable_dyads
from outcomes.forms import GoalRatingForm, MeasureForm, build_measure_form
from outcomes.measure_definitions import Measure
from outcomes.measures import get_catalogue, list_offered_measures
from outcomes.models import Assessment, GoalRating
from outcomes.rules import CompletionWay
from pairs.families.models import Dyad
from pairs.service.refusals import ActionRefused

CATALOGUE_EDITORS = ("supervise", "manage_accounts")
CATALOGUE_READERS = ("read_families", *CATALOGUE_EDITORS)


class RecordAssessment(EpisodeForm):
    """A measure that was filled in, or that the family said no to: what is sent says which measure."""

    form_class = MeasureForm

    @cached_property
    def dyads(self) -> list[tuple[Dyad, str]]:
        """[(Dyad, label)]: those in focus first; after a loss of a parent's own measures alone."""
        return list_recordable_dyads(self.family, self.record, self.measure)

    measure: Measure | None = None

    def get_form_class(self, data: Any) -> type[MeasureForm]:
        """The form of the measure that is named; an unknown one is refused by field."""
        self.measure = get_named_measure(data)
        return build_measure_form(self.measure)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"dyads": self.dyads}

    def save(self, form: MeasureForm) -> Assessment:
        said = form.cleaned_data
        about = {name: said[name] for name in ("dyad", "measure", "timepoint", "completed_on")}
        about |= {"episode": self.record, "form": said.get("form", ""), "by": self.request.user}
        if said["declined"]:
            return decline_assessment(why=said["declined_why"], **about)
        return record_assessment(filled=_build_assessment_input(form), **about)


def get_named_measure(data: Any) -> Measure:
    """The measure that what is sent names. Raises ActionRefused, with the names there are, for any other."""
    named = data.get("measure") if hasattr(data, "get") else None
    measure = get_catalogue().get(named) if isinstance(named, str) else None
    if measure is None or not measure.offered:
        names = ", ".join(each.id for each in list_offered_measures())
        raise ActionRefused({"measure": f"Name a measure: {names}."})
    return measure


def _build_assessment_input(form: MeasureForm) -> AssessmentInput:
    said = form.cleaned_data
    return AssessmentInput(
        responses=form.responses,
        typed=form.typed,
        concern={"yes": True, "no": False}.get(said.get("concern", "")),
        way=said["way"] or CompletionWay.PAPER,
        rater_role=said.get("rater_role", ""),
        reliability=said.get("reliability", ""),
        confirmed=bool(said.get("confirmed")),
    )


class RateGoal(GoalForm):
    form_class = GoalRatingForm

    def get_records(self) -> QuerySet[Any]:
        return super().get_records().select_related("dyad__infant", "dyad__caregiver")

    def save(self, form: GoalRatingForm) -> GoalRating:
        return rate_goal(goal=self.record, by=self.request.user, **form.cleaned_data)
