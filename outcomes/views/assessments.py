"""Pages of a measure: choose one, fill it in, read it."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from interventions.episodes.models import Episode, InterventionUse
from interventions.episodes.record_forms.episodes import get_episode
from interventions.episodes.views.record_pages import EpisodeFormPage
from outcomes.core_set import get_age_band
from outcomes.dyad_choices import format_dyad, list_carer_choices, list_dyad_choices, sort_focus_first
from outcomes.forms import MeasureForm, build_measure_form
from outcomes.measure_definitions import Measure
from outcomes.measures import get_catalogue, list_offered_measures
from outcomes.models import Assessment, ChosenMeasure, MeasureLink
from outcomes.presenters import present_assessment
from outcomes.recommendations import DyadContext, recommend_measures
from outcomes.record_forms import RecordAssessment
from outcomes.rules import CompletionWay, RaterRole, Reliability, Timepoint, list_age_warnings
from outcomes.summary import annotate_contact_days, present_scores
from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import get_visible_or_404, list_visible
from pairs.families.ages import format_ages, get_birth
from pairs.families.banner import build_banner
from pairs.families.last_day import has_died
from pairs.families.models import Dyad, Family, RiskAlert
from pairs.submissions.form_page import PageOf


def get_family_and_dyads(request: ScopedRequest, episode: Episode) -> tuple[Any, ...]:
    """(family, [(Dyad, label)]): those in focus first; of a baby who has died nothing is asked."""
    family = get_visible_or_404(request, Family.objects.with_people(), pk=episode.family_id)
    return family, sort_focus_first(list_dyad_choices(family), episode)


@policy.permission("write_records")
def choose_measure(request: ScopedRequest, episode_id: UUID) -> HttpResponse:
    """What suits each dyad today, first what was used before, then the core."""
    episode = get_episode(request, episode_id, may="write_records")
    family, dyads = get_family_and_dyads(request, episode)
    grieving = [each for each in list_carer_choices(family) if has_died(each[0])]
    links = MeasureLink.objects.usable().filter(episode=episode).order_by("expires_at")
    context = {
        "episode": episode,
        "dyads": _list_recommendations(request, episode, dyads + grieving),
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
    """[{dyad, label, age, now, later, after_loss}]: after a loss only what asks a parent about themselves."""
    done = list_visible(request, Assessment.objects.filter(episode=episode).in_time_order())
    chosen = list(ChosenMeasure.objects.visible_to(request.scope).prefetch_related("interventions"))
    rows = InterventionUse.objects.visible_to(request.scope).filter(episode=episode, ended_on=None)
    ways = set(rows.values_list("intervention_id", flat=True))
    found = []
    for dyad, label in dyads:
        after_loss = has_died(dyad)
        measures = [each for each in list_offered_measures() if each.is_about_carer or not after_loss]
        dyad_context = _build_dyad_context(
            episode, dyad, [each for each in done if each.dyad_id == dyad.pk], chosen, ways
        )
        made = recommend_measures(measures, dyad_context, timezone.localdate())
        now, later = [each for each in made if not each.why_not], [each for each in made if each.why_not]
        age = format_ages(get_birth(dyad.infant), timezone.localdate())
        found.append(
            {"dyad": dyad, "label": label, "age": age, "now": now, "later": later, "after_loss": after_loss}
        )
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
        birth=get_birth(dyad.infant),
        relationship=dyad.relationship,
        used=used,
        declined=declined,
        core={
            each.measure
            for each in chosen
            if get_age_band(dyad.infant.birth_date, timezone.localdate()) in each.core_for
        },
        fitting={each.measure for each in chosen if {way.pk for way in each.interventions.all()} & ways},
        review_on=episode.review_on,
    )


@policy.permission("write_records")
class CreateAssessmentPage(RecordAssessment, EpisodeFormPage):
    """Fill in a measure in the room or from paper, or record that they said no."""

    template_name = "outcomes/new_assessment.html"
    autosaves = True
    measure: Measure
    leads_to = PageOf("assessment", "made")

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

    def get_context(self, form: Any) -> dict[str, Any]:
        return super().get_context(form) | {
            "measure": self.measure,
            "has_dyads": bool(self.dyads),
            "warnings": self._list_warnings(),
        }

    def _list_warnings(self) -> list[str]:
        """About the age of each baby it may be of, once a baby."""
        babies = {dyad.infant_id: dyad.infant for dyad, _ in self.dyads}
        return [
            f"{infant.shown_name or 'The baby'}: {words}" if len(babies) > 1 else words
            for infant in babies.values()
            for words in list_age_warnings(
                name=self.measure.short_name, window=self.measure.window, birth=get_birth(infant),
                on=timezone.localdate(),
            )
        ]  # fmt: skip


def get_chosen_measure(request: ScopedRequest, written: dict[str, Any]) -> Measure | None:
    """The measure that was written in, or asked for; None where there is none of that name to record."""
    wanted = written.get("measure") or request.GET.get("measure") or _get_default_measure(request)
    measure = get_catalogue().get(wanted)
    return measure if measure and measure.offered else None


def _get_default_measure(request: ScopedRequest) -> Any:
    """The service's own first, where none was named."""
    core = ChosenMeasure.objects.visible_to(request.scope).core()
    return core.values_list("measure", flat=True).first()


@policy.permission("read_families")
def show_assessment(request: ScopedRequest, assessment_id: UUID) -> HttpResponse:
    """One measure: its scores in words, beside the first one."""
    found = get_visible_or_404(
        request, Assessment.objects.select_related(*_ASSESSMENT_RELATIONS), pk=assessment_id
    )
    family = get_visible_or_404(request, Family.objects.with_people(), pk=found.episode.family_id)
    same = _list_same_measure(request, found)
    link = getattr(found, "link", None)
    context = {
        "assessment": found,
        "measure": get_catalogue()[found.measure],
        "whose": format_dyad(found.dyad),
        "warnings": _list_age_warnings(found),
        "reading": present_assessment(found, same),
        "scores": present_scores(same),
        "may_write": request.scope.may("write_records", at=found.episode.site_id, of=found.episode.family_id),
        "to_read": link if link and link.read_at is None else None,
        "banner": build_banner(
            family, alerts=list_visible(request, RiskAlert.objects.open().filter(family=family))
        ),
    }
    return render(request, "outcomes/assessment.html", context)


def _list_same_measure(request: ScopedRequest, assessment: Assessment) -> list[Assessment]:
    """Every time that this measure was answered in the episode about this baby and carer, in time order."""
    rows = Assessment.objects.filter(
        episode=assessment.episode_id, measure=assessment.measure, dyad=assessment.dyad_id, declined=False
    )
    return list_visible(request, annotate_contact_days(rows).select_related(*_LINK_RELATIONS).in_time_order())


def _list_age_warnings(assessment: Assessment) -> list[str]:
    """About the age on the day when it was completed."""
    measure = get_catalogue()[assessment.measure]
    return list_age_warnings(
        name=measure.short_name, window=measure.window, birth=get_birth(assessment.dyad.infant),
        on=assessment.completed_on,
    )  # fmt: skip


_ASSESSMENT_RELATIONS = (
    "episode",
    "dyad__infant",
    "dyad__caregiver",
    "rater",
    "rated_by_staff",
    "recorded_by",
    "link",
)
