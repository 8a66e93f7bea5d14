"""The dyad page: one infant and one caregiver, their relationship, its goals, measures and the work with both."""

from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from rest_framework import serializers

from interventions.episodes.models import CareContact, Episode, Participant
from interventions.episodes.models.contacts import CareContactQuerySet
from interventions.episodes.models.episodes import EpisodeQuerySet
from outcomes.dyad_choices import format_dyad
from outcomes.rules import Timepoint
from outcomes.summary import present_dyad_outcomes
from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import get_visible_or_404, get_visible_page, list_visible
from pairs.api.views import RecordApi
from pairs.families.banner import build_banner
from pairs.families.last_day import has_died
from pairs.families.models import Dyad, Family, RiskAlert
from pairs.families.models.people import DyadQuerySet
from pairs.web.formats import format_day
from reporting.dashboards.links import build_link
from reporting.dashboards.people import LIVING_TOGETHER_LABELS, RESPONSIBILITY_LABELS


@policy.permission("read_families", "govern_records")
def show_dyad(request: ScopedRequest, dyad_id: UUID) -> HttpResponse:
    """One relationship on one page, current or past."""
    dyad = get_visible_or_404(request, _query_dyads(), pk=dyad_id)
    family = get_visible_or_404(request, Family.objects.with_people(), pk=dyad.family_id)
    alerts = list_visible(request, RiskAlert.objects.open().filter(family=family))
    episodes = list_visible(request, _query_dyad_episodes(dyad))
    context = {
        "dyad": dyad,
        "label": format_dyad(dyad),
        "family": family,
        "banner": build_banner(family, alerts=alerts),
        "rows": _build_dyad_rows(dyad),
        "facts_link": build_link(
            request.scope, "Change what is recorded", "dyad-facts", dyad.pk, at=family.site_id
        ),
        "episodes": episodes,
        "episode": next((episode for episode in episodes if not episode.ended_on), None),
        "outcomes": present_dyad_outcomes(request.scope, dyad),
        "contacts": get_visible_page(request, _query_joint_contacts(dyad), per_page=20),
        "may_write": request.scope.may("write_records", at=family.site_id, of=family.pk),
        "lost": dyad.infant.lost_on,
        "gone": has_died(dyad),
        "grieving": bool(dyad.infant.lost_on) and not has_died(dyad.caregiver),
        "asks": [] if has_died(dyad) else [dyad.infant_id],
    }
    return render(request, "dashboards/dyad.html", context)


def _query_dyads() -> DyadQuerySet:
    return Dyad.objects.select_related("infant", "caregiver", "family")


def _query_dyad_episodes(dyad: Any) -> EpisodeQuerySet:
    """Those with this dyad in focus, the newest first."""
    return Episode.objects.filter(focus=dyad).select_related("lead").order_by("-opened_on", "id")


def _query_joint_contacts(dyad: Any) -> CareContactQuerySet:
    """Contacts where infant and caregiver were both seen."""
    seen = Participant.objects.live().attended().filter(care_contact=OuterRef("pk"))
    both = CareContact.objects.with_family().filter(
        Exists(seen.filter(infant=dyad.infant_id)), Exists(seen.filter(caregiver=dyad.caregiver_id))
    )
    return both.filter(episode__family=dyad.family_id).newest_first().with_people()


def _build_dyad_rows(dyad: Any) -> list[dict[str, str]]:
    past = dyad.until and dyad.until <= timezone.localdate()
    return [
        {"key": "Relationship", "value": dyad.get_relationship_display()},
        {"key": "Main carer", "value": "Yes" if dyad.main_carer else "No"},
        {"key": "Living", "value": LIVING_TOGETHER_LABELS[dyad.lives_with].capitalize()},
        {"key": "Responsibility", "value": RESPONSIBILITY_LABELS[dyad.parental_responsibility].capitalize()},
        {"key": "Restrictions", "value": dyad.restrictions, "missing": "None recorded"},
        {"key": "Since", "value": format_day(dyad.since)},
        *([{"key": "Until", "value": format_day(dyad.until)}] if past else []),
    ]


# ---------------------------------------------------------------- API


class DyadRatingOut(serializers.Serializer):
    """One rating of a goal."""

    score = serializers.IntegerField()
    rated_on = serializers.DateField()
    timepoint = serializers.ChoiceField(Timepoint.choices, source="time")


class DyadGoalOut(serializers.Serializer):
    """A goal of this relationship, with its ratings."""

    id = serializers.UUIDField()
    words = serializers.CharField()
    set_on = serializers.DateField()
    open = serializers.BooleanField()
    ratings = DyadRatingOut(many=True)


class DyadMeasureTimeOut(serializers.Serializer):
    """One time that a measure was asked."""

    id = serializers.UUIDField()
    timepoint = serializers.ChoiceField(Timepoint.choices, source="time")
    completed_on = serializers.DateField()
    status = serializers.ChoiceField(["declined", "complete", "incomplete"])
    scores = serializers.DictField(child=serializers.FloatField(allow_null=True), help_text="By scale.")


class DyadMeasureOut(serializers.Serializer):
    """A measure in one episode, with the times it was asked. ``id``: the measure's, of the catalogue."""

    id = serializers.CharField()
    name = serializers.CharField()
    paired = serializers.BooleanField()
    why_no_pair = serializers.CharField(help_text="Empty where there is a pair.")
    times = DyadMeasureTimeOut(many=True)


class DyadWorkOut(serializers.ModelSerializer):
    """One relationship, and the work with both."""

    goals = DyadGoalOut(many=True, source="work.goals")
    measures = DyadMeasureOut(many=True, source="work.measures")
    contacts_with_both = serializers.ListField(child=serializers.UUIDField(), source="work.contacts")

    class Meta:
        model = Dyad
        fields = [
            "id", "family", "infant", "caregiver", "relationship", "main_carer", "lives_with",
            "parental_responsibility", "restrictions", "since", "until", "goals", "measures",
            "contacts_with_both",
        ]  # fmt: skip


@policy.permission("read_families", "govern_records")
class DyadWorkDetail(RecordApi):
    """One relationship with its goals, measures and the ids of the contacts where both were seen."""

    serializer_class = DyadWorkOut

    def get_records(self) -> DyadQuerySet:
        return _query_dyads()

    def get_record(self, may: Any) -> Any:
        dyad = super().get_record(may)
        contacts = [each.pk for each in list_visible(self.request, _query_joint_contacts(dyad))]
        dyad.work = present_dyad_outcomes(self.request.scope, dyad) | {"contacts": contacts}
        return dyad
