"""Pages of a measure: choose one, fill it in, read it."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from interventions.episodes.models import Episode, InterventionUse
from interventions.episodes.record_forms.episodes import get_episode
from interventions.episodes.views.record_pages import EpisodeFormPage
from outcomes.dyad_choices import format_dyad, list_dyad_choices, sort_focus_first
from outcomes.forms import MeasureForm, build_measure_form
from outcomes.measure_definitions import Measure
from outcomes.measures import get_catalogue, list_offered_measures
from outcomes.models import Assessment, ChosenMeasure, MeasureLink
from outcomes.presenters import present_assessment
from outcomes.recommendations import DyadContext, recommend_measures
from outcomes.record_forms import RecordAssessment
from outcomes.rules import CompletionWay, RaterRole, Reliability, Timepoint
from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import get_visible_or_404, list_visible
from pairs.families.banner import build_banner
from pairs.families.models import Dyad, Family, RiskAlert


def get_family_and_dyads(request: ScopedRequest, episode: Episode) -> tuple[Any, ...]:
    """(family, [(Dyad, label)]): those in focus first; of a baby who has died nothing is asked."""
    family = get_visible_or_404(request, Family.objects.with_people(), pk=episode.family_id)
    return family, sort_focus_first(list_dyad_choices(family), episode)


@policy.permission("write_records")
def choose_measure(request: ScopedRequest, episode_id: UUID) -> HttpResponse:
    """What suits each dyad today, first what was used before, then the core."""
    episode = get_episode(request, episode_id, may="write_records")
    family, dyads = get_family_and_dyads(request, episode)
    links = MeasureLink.objects.usable().filter(episode=episode).order_by("expires_at")
    context = {
        "episode": episode,
        "dyads": _list_recommendations(request, episode, dyads),
        "links": [
            _present_open_link(each) for each in list_visible(request, links.select_related(*_LINK_RELATIONS))
        ],
        "banner": build_banner(family),
    }
    return render(request, "outcomes/choose_measure.html", context)


_LINK_RELATIONS = ("dyad__infant", "dyad__caregiver")


def _present_open_link(link: MeasureLink) -> dict[str, Any]:
    return {"link": link, "name": get_catalogue()[link.measure].short_name, "whose": format_dyad(link.dyad)}


def _list_recommendations(
    request: ScopedRequest, episode: Episode, dyads: list[tuple[Dyad, str]]
) -> list[dict[str, Any]]:
    """[{dyad, label, now, later}] for each dyad."""
    done = list_visible(request, Assessment.objects.filter(episode=episode).in_time_order())
    chosen = list(ChosenMeasure.objects.visible_to(request.scope).prefetch_related("interventions"))
    rows = InterventionUse.objects.visible_to(request.scope).filter(episode=episode, ended_on=None)
    ways = set(rows.values_list("intervention_id", flat=True))
    found = []
    for dyad, label in dyads:
        dyad_context = _build_dyad_context(
            episode, dyad, [each for each in done if each.dyad_id == dyad.pk], chosen, ways
        )
        made = recommend_measures(list_offered_measures(), dyad_context, timezone.localdate())
        now, later = [each for each in made if not each.why_not], [each for each in made if each.why_not]
        found.append({"dyad": dyad, "label": label, "now": now, "later": later})
    return found


def _build_dyad_context(
    episode: Episode, dyad: Dyad, done: list[Any], chosen: list[ChosenMeasure], ways: set[Any]
) -> DyadContext:
    used, declined = {}, {}
    for each in done:
        if each.declined:
            declined[each.measure] = each.completed_on
        else:
            used.setdefault(each.measure, each.completed_on)
            declined.pop(each.measure, None)
    return DyadContext(
        born=dyad.infant.birth_date,
        relationship=dyad.relationship,
        used=used,
        declined=declined,
        core={each.measure for each in chosen if each.core},
        fitting={each.measure for each in chosen if {way.pk for way in each.interventions.all()} & ways},
        review_on=episode.review_on,
    )


@policy.permission("write_records")
class CreateAssessmentPage(RecordAssessment, EpisodeFormPage):
    """Fill in a measure in the room or from paper, or record that they said no."""

    kind = "new-assessment"
    template_name = "outcomes/new_assessment.html"
    autosaves = True
    measure: Measure

    def get(self, request: ScopedRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        measure = get_chosen_measure(request, self.submission.data or {})
        if measure is None:
            return redirect("choose-measure", self.record.pk)
        self.measure = measure
        return super().get(request, *args, **kwargs)

    post = get

    def get_form_class(self, data: Any) -> type[MeasureForm]:
        return build_measure_form(self.measure)

    def get_initial(self) -> dict[str, Any]:
        """Today, the dyad that was chosen, and start unless a start is there already."""
        wanted = self.request.GET.get("dyad")
        ids = [str(dyad.pk) for dyad, _ in self.dyads]
        dyad = wanted if wanted in ids else next(iter(ids), None)
        return {
            "measure": self.measure.id,
            "dyad": dyad,
            "timepoint": Timepoint.END if self._has_begun(dyad) else Timepoint.START,
            "completed_on": timezone.localdate(),
            "way": CompletionWay.PAPER,
            "rater_role": RaterRole.PRACTITIONER,
            "reliability": Reliability.UNKNOWN,
        }

    def _has_begun(self, dyad: str | None) -> bool:
        starts = Assessment.objects.filter(
            episode=self.record, measure=self.measure.id, timepoint=Timepoint.START, declined=False
        )
        return bool(dyad) and starts.visible_to(self.request.scope).filter(dyad=dyad).exists()

    def get_title(self) -> str:
        return self.measure.name

    def get_button(self) -> str:
        return f"Save {self.measure.short_name}"

    def get_message(self) -> str:
        return f"{self.measure.short_name} is saved."

    def get_success_path(self, made: Assessment) -> str:
        return reverse("assessment", args=[made.pk])

    def get_context(self, form: Any) -> dict[str, Any]:
        return super().get_context(form) | {"measure": self.measure, "has_dyads": bool(self.dyads)}


def get_chosen_measure(request: ScopedRequest, written: dict[str, Any]) -> Measure | None:
    """The measure that was written in, or asked for; None where there is none of that name to record."""
    wanted = written.get("measure") or request.GET.get("measure") or _get_default_measure(request)
    measure = get_catalogue().get(wanted)
    return measure if measure and measure.offered else None


def _get_default_measure(request: ScopedRequest) -> Any:
    """The service's own first, where none was named."""
    core = ChosenMeasure.objects.visible_to(request.scope).filter(core=True)
    return core.values_list("measure", flat=True).first()


@policy.permission("read_families")
def show_assessment(request: ScopedRequest, assessment_id: UUID) -> HttpResponse:
    """One measure: its scores in words, beside the first one."""
    found = get_visible_or_404(
        request, Assessment.objects.select_related(*_ASSESSMENT_RELATIONS), pk=assessment_id
    )
    family = get_visible_or_404(request, Family.objects.with_people(), pk=found.episode.family_id)
    same = Assessment.objects.filter(
        episode=found.episode_id, measure=found.measure, dyad=found.dyad_id, declined=False
    )
    link = getattr(found, "link", None)
    context = {
        "assessment": found,
        "measure": get_catalogue()[found.measure],
        "whose": format_dyad(found.dyad),
        "reading": present_assessment(found, list_visible(request, same.in_time_order())),
        "may_write": request.scope.may("write_records", at=found.episode.site_id, of=found.episode.family_id),
        "to_read": link if link and link.read_at is None else None,
        "banner": build_banner(
            family, alerts=list_visible(request, RiskAlert.objects.open().filter(family=family))
        ),
    }
    return render(request, "outcomes/assessment.html", context)


_ASSESSMENT_RELATIONS = (
    "episode",
    "dyad__infant",
    "dyad__caregiver",
    "rater",
    "rated_by_staff",
    "recorded_by",
    "link",
)
