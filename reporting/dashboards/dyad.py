"""The dyad page: one infant and one caregiver, their relationship, its goals, measures and the work with both."""

from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from interventions.episodes.models import CareContact, Episode, Participant
from interventions.episodes.models.contacts import CareContactQuerySet
from interventions.episodes.models.episodes import EpisodeQuerySet
from outcomes.dyad_choices import format_dyad
from outcomes.summary import present_dyad_outcomes
from pairs.access import policy
from pairs.access.api_descriptions import extend_schema
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import get_visible_or_404, get_visible_page, list_visible
from pairs.families.banner import build_banner
from pairs.families.models import Dyad, Family, RiskAlert
from pairs.families.models.people import DyadQuerySet
from pairs.web.jinja_environment import format_day
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
        "asks": [] if dyad.infant.lost_on else [dyad.infant_id],
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


class DyadOut(serializers.ModelSerializer):
    goals = serializers.SerializerMethodField()
    measures = serializers.SerializerMethodField()
    contacts_with_both = serializers.SerializerMethodField()

    class Meta:
        model = Dyad
        fields = [
            "id", "family", "infant", "caregiver", "relationship", "main_carer", "lives_with",
            "parental_responsibility", "restrictions", "since", "until", "goals", "measures",
            "contacts_with_both",
        ]  # fmt: skip

    def get_goals(self, dyad: Dyad) -> list[dict]:
        names = ("id", "words", "set_on", "open", "ratings")
        return [{name: goal[name] for name in names} for goal in self.context["outcomes"]["goals"]]

    def get_measures(self, dyad: Dyad) -> list[dict]:
        names = ("id", "name", "paired", "why_no_pair", "times")
        return [{name: each[name] for name in names} for each in self.context["outcomes"]["measures"]]

    def get_contacts_with_both(self, dyad: Dyad) -> list[str]:
        return self.context["contacts"]


@policy.permission("read_families", "govern_records")
@extend_schema(responses=DyadOut)
@api_view(["GET"])
def show_dyad_api(request: Request, dyad_id: UUID) -> Response:
    """One relationship with its goals, measures and the ids of the contacts where both were seen."""
    dyad = get_visible_or_404(request._request, _query_dyads(), pk=dyad_id)
    contacts = [str(each.pk) for each in list_visible(request._request, _query_joint_contacts(dyad))]
    known = {"outcomes": present_dyad_outcomes(request._request.scope, dyad), "contacts": contacts}
    return Response(DyadOut(dyad, context=known).data)
