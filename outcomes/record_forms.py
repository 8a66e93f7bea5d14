"""What each form of outcomes is about and does, for pages and API alike."""

from functools import cached_property
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import Model

from interventions.episodes.models import Episode, Goal
from outcomes.actions.assessments import AssessmentInput, decline_assessment, rate_goal, record_assessment
from outcomes.dyad_choices import list_dyad_choices, sort_focus_first
from outcomes.forms import GoalRatingForm, MeasureForm, build_measure_form
from outcomes.measure_definitions import Measure
from outcomes.measures import get_catalogue, list_offered_measures
from outcomes.models import Assessment, GoalRating
from outcomes.rules import CompletionWay
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import get_visible_or_404
from pairs.families.models import Dyad, Family
from pairs.service.refusals import ActionRefused
from pairs.submissions.record_forms import RecordForm

CATALOGUE_EDITORS = ("supervise", "manage_accounts")
CATALOGUE_READERS = ("read_families", *CATALOGUE_EDITORS)


def get_episode(request: ScopedRequest, episode_id: UUID, may: Any = "write_records") -> Any:
    """The episode, by whoever may write in it."""
    episodes = Episode.objects.select_related("site").prefetch_related("focus")
    return get_visible_or_404(request, episodes, pk=episode_id, may=may)


class EpisodeForm(RecordForm):
    """A form about an episode or a record of one; the permission is asked at the episode's site."""

    model: ClassVar[type[Model] | None] = Episode
    may = "write_records"
    episode: Any
    family: Family

    def get_record(self, may: Any) -> Any:
        """The record; ``self.episode`` is set beside it and, for who may write, ``self.family`` with its people."""
        if self.model is Episode:
            record = self.episode = get_episode(self.request, self.record_id, may)
        else:
            record = get_visible_or_404(self.request, self.get_records(), pk=self.record_id)
            self.episode = get_episode(self.request, record.episode_id, may)
        if may:
            families = Family.objects.with_people()
            self.family = get_visible_or_404(self.request, families, pk=self.episode.family_id)
        return record

    @cached_property
    def dyads(self) -> list[tuple[Dyad, str]]:
        """[(Dyad, label)]: those in focus first; of a baby who has died nothing is asked."""
        return sort_focus_first(list_dyad_choices(self.family), self.episode)


class RecordAssessment(EpisodeForm):
    """A measure that was filled in, or that the family said no to: what is sent says which measure."""

    form_class = MeasureForm

    def get_form_class(self, data: Any) -> type[MeasureForm]:
        """The form of the measure that is named; an unknown one is refused by field."""
        return build_measure_form(get_named_measure(data))

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"dyads": self.dyads}

    def save(self, form: MeasureForm) -> Assessment:
        said = form.cleaned_data
        about = {name: said[name] for name in ("dyad", "measure", "timepoint", "completed_on")}
        about |= {"episode": self.episode, "form": said.get("form", ""), "by": self.request.user}
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
    )


class RateGoal(EpisodeForm):
    model, form_class = Goal, GoalRatingForm

    def get_records(self) -> Any:
        return Goal.objects.select_related("dyad__infant", "dyad__caregiver")

    def save(self, form: GoalRatingForm) -> GoalRating:
        return rate_goal(goal=self.record, by=self.request.user, **form.cleaned_data)
