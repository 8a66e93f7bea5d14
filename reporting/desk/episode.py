"""The episode page: the plan, its goals, its contacts, and what can be done next."""

from django.core.paginator import Paginator
from django.shortcuts import render

from interventions.alongside.on_pages import joint_on_episode
from interventions.diary.models import visits_on_page
from interventions.endings.shown import ending_of, parts_of_ending
from interventions.episodes.chronology import PER_PAGE, contacts_on_page
from interventions.episodes.due import thought_needed
from interventions.episodes.models import Episode
from interventions.episodes.rules import MOST_GOALS
from interventions.filming.shown import films_on_page
from interventions.groups.roster import places_on_page
from interventions.plans.on_episode import parts_of_plans, planned
from outcomes.experience.actions import may_be_asked
from outcomes.summary import of_episode, parts_of_outcomes
from pairs.access import policy
from pairs.access.fetch import fetch_parts, fetch_prepared, with_family_id
from pairs.access.prepared import PreparedQuery
from pairs.access.prepared_records import PreparedRecords
from pairs.families.banner import family_name
from pairs.families.models import Dyad
from pairs.families.models.people import NAMES
from pairs.families.opened import open_family


@policy.permission("read_families", "govern_records")
def episode(request, episode_id):
    """One episode on one page: three queries of its own, whatever is in it."""
    episode = fetch_prepared(request, _EPISODE, episode=episode_id)
    opened = open_family(request, episode.family_id)
    family = opened.family
    contacts = Paginator(range(episode.contacts_written), PER_PAGE).get_page(request.GET.get("page"))
    ids = {"episode": episode.pk, "family": family.pk}
    parts = fetch_parts(request, _PARTS, contacts.number, of=episode, **ids)
    contacts.object_list = parts["contacts"]
    context = {
        "episode": episode,
        "patient": episode.referral.patient,
        "family": family,
        "name": family_name(family),
        "banner": opened.banner(request),
        "focus": parts["focus"],
        "planned": planned(parts, episode),
        "outcomes": of_episode(parts, episode),
        "visits": parts["visits"],
        "contacts": contacts,
        "films": parts["films"],
        "group_places": parts["group_places"],
        "joint": parts["joint"],
        "closing": ending_of(request, parts, episode),
        "thought": "" if episode.ended_on else thought_needed(episode.attendances)[0],
        "asks": [infant.pk for infant in family.infants.all() if not infant.lost_on],
    }
    return render(request, "desk/episode.html", context | _rights(request, episode, parts["focus"]))


def _rights(request, episode, focus):
    """What may be begun from here."""
    may_write = request.scope.may("write_records", at=episode.site_id, of=episode.family_id)
    goes_on = may_write and not episode.ended_on
    return {
        "may_write": goes_on,
        "may_ask_how_it_was": may_write and may_be_asked(episode),
        "may_film": goes_on and any(not dyad.infant.lost_on for dyad in focus),
        "may_set_goal": goes_on and episode.live_goals < MOST_GOALS,
    }


_EPISODE = PreparedQuery(
    lambda scope, episode: with_family_id(Episode.objects.visible_to(scope).filter(pk=episode)).for_page()
)


def _parts(scope, number, episode, family):
    """By the ids of the episode and its family, which were fetched in scope: what belongs to them is in it as well."""
    return {
        "focus": _focus(episode),
        "visits": visits_on_page(episode, family),
        "contacts": contacts_on_page(episode, number),
        "films": films_on_page(episode),
        "group_places": places_on_page(episode),
        "joint": joint_on_episode(family),
        **parts_of_plans(episode),
        **parts_of_outcomes(episode),
        **parts_of_ending(episode, family),
    }


def _focus(episode):
    dyads = Dyad.objects.live().filter(episodes=episode).select_related("infant", "caregiver")
    names = [f"{person}__{name}" for person in ("infant", "caregiver") for name in NAMES]
    return dyads.order_by("created_at").only("infant__lost_on", *names)


_PARTS = PreparedRecords(_parts)
