"""The plan and goals of a family, and its measures: tabs of its record, each about one episode at a time."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse

from interventions.collaboration.presenters import (
    build_collaboration_queries,
    present_collaboration,
    query_current_joint_work,
)
from interventions.diary.models import query_coming_visits_on_page
from interventions.endings.presenters import build_ending_queries, present_ending
from interventions.episodes.due import assess_missed_contacts
from interventions.episodes.models import Episode
from interventions.episodes.rules import MAX_GOALS
from interventions.filming.presenters import query_films_on_page
from interventions.groups.roster import query_places_on_page
from interventions.plans.presenters import build_plan_queries, present_plans
from outcomes.experience.actions import may_be_asked
from outcomes.summary import build_goal_parts, build_measure_parts, present_episode_outcomes
from pairs.access import policy
from pairs.access.batch_query import Query, parse_datetime
from pairs.access.prepared_queries import PreparedQuery
from pairs.access.prepared_records import PreparedRecords
from pairs.access.requests import ScopedRequest
from pairs.access.scope import OpenFamilyScope, TemplateScope
from pairs.access.visible_records import (
    annotate_family_id,
    get_prepared_or_404,
    list_parts_of,
)
from pairs.families.access import get_family_with, prepare_with_family
from pairs.families.family_lines import describe_family
from pairs.families.last_day import list_living
from pairs.families.models import Dyad, Family
from pairs.families.models.people import NAME_FIELDS, DyadQuerySet
from pairs.families.record_pages import render_family_tab
from referrals.models import Referral
from reporting.dashboards.family_header import choose_current_episode, list_other_episodes
from reporting.dashboards.family_header_facts import build_header_parts, read_header_facts


@policy.permission("read_families", "govern_records")
def show_family_plan(request: ScopedRequest, family_id: UUID) -> HttpResponse:
    """The plan and goals of the family's current episode, or of its last; without one, how it came to us."""
    family, parts = get_family_with(request, _PLAN_AND_HEADER, family_id)
    current = _get_current_episode(request, read_header_facts(family, parts))
    return _render_plan(request, family, parts, current)


@policy.permission("read_families", "govern_records")
def show_episode(request: ScopedRequest, episode_id: UUID) -> HttpResponse:
    """The same tab, of this episode."""
    episode = get_prepared_or_404(request, _EPISODE_QUERY, episode=episode_id)
    family, parts = get_family_with(request, _PLAN_AND_HEADER, episode.family_id)
    return _render_plan(request, family, parts, episode)


@policy.permission("read_families", "govern_records")
def show_family_measures(request: ScopedRequest, family_id: UUID) -> HttpResponse:
    """The measures of the family's current episode, or of its last, with their pairs."""
    family, parts = get_family_with(request, _HEADER, family_id)
    current = _get_current_episode(request, read_header_facts(family, parts))
    return _render_measures(request, family, parts, current)


@policy.permission("read_families", "govern_records")
def show_episode_measures(request: ScopedRequest, episode_id: UUID) -> HttpResponse:
    """The same tab, of this episode."""
    episode = get_prepared_or_404(request, _EPISODE_QUERY, episode=episode_id)
    family, parts = get_family_with(request, _HEADER, episode.family_id)
    return _render_measures(request, family, parts, episode)


def _get_current_episode(request: ScopedRequest, facts: dict[str, Any]) -> Any:
    current = choose_current_episode(facts["episodes"])
    return current and get_prepared_or_404(request, _EPISODE_QUERY, episode=UUID(current["id"]))


def _render_plan(request: ScopedRequest, family: Any, parts: dict[str, Any], episode: Any) -> HttpResponse:
    facts = read_header_facts(family, parts)
    shown = {
        "episode": episode,
        "others": list_other_episodes(facts["episodes"], episode and episode.pk),
        **_present_family_parts(*parts["beside"]),
        "header_facts": facts,
        **(_present_episode(request, family, episode) if episode else {}),
    }
    return render_family_tab(request, "dashboards/episode.html", family, "plan", **shown)


def _present_episode(request: ScopedRequest, family: Any, episode: Any) -> dict[str, Any]:
    ids = {"episode": episode.pk, "family": family.pk}
    parts = list_parts_of(request, _PLAN_RECORDS, of=episode, **ids)
    return {
        "patient": episode.referral.patient,
        "focus": parts["focus"],
        "planned": present_plans(parts, episode),
        "outcomes": present_episode_outcomes(parts, episode),
        "visits": parts["visits"],
        "films": parts["films"],
        "group_places": parts["group_places"],
        "joint": parts["joint"],
        "closing": present_ending(request, parts, episode),
        "thought": "" if episode.ended_on else assess_missed_contacts(episode.attendances)[0],
        **_build_permissions(request, episode, parts["focus"]),
        **_list_asks(family),
    }


def _render_measures(
    request: ScopedRequest, family: Any, parts: dict[str, Any], episode: Any
) -> HttpResponse:
    facts = read_header_facts(family, parts)
    shown = {
        "episode": episode,
        "others": list_other_episodes(facts["episodes"], episode and episode.pk),
        "header_facts": facts,
        **_list_asks(family),
    }
    if episode:
        parts = list_parts_of(request, _MEASURE_RECORDS, of=episode, episode=episode.pk)
        shown |= _build_permissions(request, episode, [])
        shown["outcomes"] = present_episode_outcomes(parts, episode)
    return render_family_tab(request, "dashboards/measures.html", family, "measures", **shown)


def _list_asks(family: Any) -> dict[str, Any]:
    """Babies about whom one may be asked (nobody grieves over a form); and whether there is none."""
    line = describe_family(family)
    asks = [infant.pk for infant in family.infants.all() if not infant.lost_on]
    return {"asks": asks, "lost": line.lost, "grieving": line.lost, "line": line}


def _build_permissions(request: ScopedRequest, episode: Any, focus: list[Dyad]) -> dict[str, bool]:
    """What may be begun from here."""
    may_write = request.scope.may("write_records", at=episode.site_id, of=episode.family_id)
    goes_on = may_write and not episode.ended_on
    return {
        "may_write": goes_on,
        "may_ask_how_it_was": may_write and may_be_asked(episode),
        "may_film": goes_on and bool(list_living(focus)),
        "may_set_goal": goes_on and episode.live_goals < MAX_GOALS,
    }


_EPISODE_QUERY = PreparedQuery(
    lambda scope, episode: annotate_family_id(Episode.objects.visible_to(scope).filter(pk=episode)).for_page()
)


def _build_plan_parts(scope: TemplateScope, episode: UUID, family: UUID) -> dict[str, Any]:
    """By the ids of the episode and its family, which were fetched in scope: what belongs to them is in it as well."""
    return {
        "focus": _query_focus_dyads(episode),
        "visits": query_coming_visits_on_page(episode, family),
        "films": query_films_on_page(episode),
        "group_places": query_places_on_page(episode),
        "joint": query_current_joint_work(family),
        **build_plan_queries(episode),
        **build_goal_parts(episode),
        **build_ending_queries(episode, family),
    }


def _query_focus_dyads(episode: UUID) -> DyadQuerySet:
    dyads = Dyad.objects.live().filter(episodes=episode).select_related("infant", "caregiver")
    names = [f"{person}__{name}" for person in ("infant", "caregiver") for name in NAME_FIELDS]
    return dyads.order_by("created_at").only("infant__lost_on", "caregiver__died_on", *names)


def _present_family_parts(
    referrals: list[dict[str, Any]], joint: list[dict[str, Any]], asks: list[dict[str, Any]]
) -> dict[str, Any]:
    """What the tab shows beside the episode: referrals, newest first, and work done with others."""
    newest_first = sorted(referrals, key=lambda row: row["at"], reverse=True)
    return {
        "referrals": [row | {"at": parse_datetime(row["at"])} for row in newest_first],
        "collaboration": present_collaboration(joint, asks),
    }


def _build_family_queries(family: UUID) -> list[Query]:
    """Of whichever family they are asked about: it is fetched in scope by the same statement."""
    scope, whoever = OpenFamilyScope(family), Family(pk=family)
    referrals = Referral.objects.visible_to(scope).filter(family=whoever)
    fields = {"id": "id", "reference": "reference", "at": "received_at", "status": "status"}
    return [Query(referrals, fields), *build_collaboration_queries(scope, whoever)]


_HEADER = prepare_with_family(build_header_parts)
_PLAN_AND_HEADER = prepare_with_family(
    lambda scope, family: build_header_parts(scope, family) | {"beside": _build_family_queries(family)}
)
_PLAN_RECORDS = PreparedRecords(_build_plan_parts)
_MEASURE_RECORDS = PreparedRecords(lambda scope, episode: build_measure_parts(episode))
