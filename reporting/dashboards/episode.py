"""The episode page: the plan, its goals, its contacts, and what can be done next."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render

from interventions.collaboration.presenters import query_current_joint_work
from interventions.diary.models import query_coming_visits_on_page
from interventions.endings.presenters import build_ending_queries, present_ending
from interventions.episodes.chronology import PER_PAGE, build_contacts_query
from interventions.episodes.due import assess_missed_contacts
from interventions.episodes.models import Episode
from interventions.episodes.rules import MAX_GOALS
from interventions.filming.presenters import query_films_on_page
from interventions.groups.roster import query_places_on_page
from interventions.plans.presenters import build_plan_queries, present_plans
from outcomes.experience.actions import may_be_asked
from outcomes.summary import build_outcome_parts, present_episode_outcomes
from pairs.access import policy
from pairs.access.prepared_queries import PreparedQuery
from pairs.access.prepared_records import PreparedRecords
from pairs.access.requests import ScopedRequest
from pairs.access.scope import TemplateScope
from pairs.access.visible_records import annotate_family_id, get_prepared_or_404, list_parts_of
from pairs.families.access import open_family
from pairs.families.banner import get_family_name
from pairs.families.models import Dyad
from pairs.families.models.people import NAME_FIELDS, DyadQuerySet


@policy.permission("read_families", "govern_records")
def show_episode(request: ScopedRequest, episode_id: UUID) -> HttpResponse:
    """One episode on one page: three queries of its own, whatever is in it."""
    episode = get_prepared_or_404(request, _EPISODE_QUERY, episode=episode_id)
    opened = open_family(request, episode.family_id)
    family = opened.family
    contacts = Paginator(range(episode.contacts_written), PER_PAGE).get_page(request.GET.get("page"))
    ids = {"episode": episode.pk, "family": family.pk}
    parts = list_parts_of(request, _PART_RECORDS, contacts.number, of=episode, **ids)
    contacts.object_list = parts["contacts"]
    context = {
        "episode": episode,
        "patient": episode.referral.patient,
        "family": family,
        "name": get_family_name(family),
        "banner": opened.build_family_banner(request),
        "focus": parts["focus"],
        "planned": present_plans(parts, episode),
        "outcomes": present_episode_outcomes(parts, episode),
        "visits": parts["visits"],
        "contacts": contacts,
        "films": parts["films"],
        "group_places": parts["group_places"],
        "joint": parts["joint"],
        "closing": present_ending(request, parts, episode),
        "thought": "" if episode.ended_on else assess_missed_contacts(episode.attendances)[0],
        "asks": [infant.pk for infant in family.infants.all() if not infant.lost_on],
    }
    return render(
        request, "dashboards/episode.html", context | _build_permissions(request, episode, parts["focus"])
    )


def _build_permissions(request: ScopedRequest, episode: Any, focus: list[Dyad]) -> dict[str, bool]:
    """What may be begun from here."""
    may_write = request.scope.may("write_records", at=episode.site_id, of=episode.family_id)
    goes_on = may_write and not episode.ended_on
    return {
        "may_write": goes_on,
        "may_ask_how_it_was": may_write and may_be_asked(episode),
        "may_film": goes_on and any(not dyad.infant.lost_on for dyad in focus),
        "may_set_goal": goes_on and episode.live_goals < MAX_GOALS,
    }


_EPISODE_QUERY = PreparedQuery(
    lambda scope, episode: annotate_family_id(Episode.objects.visible_to(scope).filter(pk=episode)).for_page()
)


def _build_part_queries(scope: TemplateScope, number: int, episode: UUID, family: UUID) -> dict[str, Any]:
    """By the ids of the episode and its family, which were fetched in scope: what belongs to them is in it as well."""
    return {
        "focus": _query_focus_dyads(episode),
        "visits": query_coming_visits_on_page(episode, family),
        "contacts": build_contacts_query(episode, number),
        "films": query_films_on_page(episode),
        "group_places": query_places_on_page(episode),
        "joint": query_current_joint_work(family),
        **build_plan_queries(episode),
        **build_outcome_parts(episode),
        **build_ending_queries(episode, family),
    }


def _query_focus_dyads(episode: UUID) -> DyadQuerySet:
    dyads = Dyad.objects.live().filter(episodes=episode).select_related("infant", "caregiver")
    names = [f"{person}__{name}" for person in ("infant", "caregiver") for name in NAME_FIELDS]
    return dyads.order_by("created_at").only("infant__lost_on", *names)


_PART_RECORDS = PreparedRecords(_build_part_queries)
