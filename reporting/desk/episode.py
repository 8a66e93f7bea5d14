"""The episode page: the plan, its goals, its contacts, and what can be done next."""

from django.shortcuts import render

from interventions.alongside.models import JointWork
from interventions.diary.models import coming_visits
from interventions.endings.shown import ending_of
from interventions.episodes.due import thought_needed
from interventions.episodes.models import CareContact, Episode
from interventions.episodes.rules import MOST_GOALS
from interventions.filming.shown import films_of
from interventions.groups.roster import places_of
from interventions.plans.on_episode import planned
from outcomes.experience.actions import may_be_asked
from outcomes.summary import of_episode
from pairs.access import policy
from pairs.access.fetch import fetch, fetch_list, fetch_page
from pairs.families.banner import banner_of, family_name
from pairs.families.models import Dyad, Family, RiskAlert


@policy.permission("read_families", "govern_records")
def episode(request, episode_id):
    """One episode on one page."""
    episode = fetch(
        request,
        Episode.objects.select_related("site", "lead", "referral__patient").with_work(),
        pk=episode_id,
    )
    family = fetch(request, Family.objects.with_people(), pk=episode.family_id)
    focus = fetch_list(request, Dyad.objects.filter(episodes=episode).select_related("infant", "caregiver"))
    may_write = request.scope.may("write_records", at=episode.site_id, of=episode.family_id)
    context = {
        "episode": episode,
        "patient": episode.referral.patient,
        "family": family,
        "name": family_name(family),
        "banner": banner_of(
            family, alerts=fetch_list(request, RiskAlert.objects.open().filter(family=family))
        ),
        "focus": focus,
        "planned": planned(request, episode),
        "outcomes": of_episode(request.scope, episode),
        "visits": fetch_list(request, coming_visits(episode)),
        "contacts": _contacts(request, episode),
        "films": films_of(request, episode),
        "group_places": places_of(request, episode),
        "joint": fetch_list(request, JointWork.objects.going_on().filter(family=family).with_people()),
        "closing": ending_of(request, episode),
        "thought": "" if episode.ended_on else thought_needed(episode.attendances)[0],
        "asks": [infant.pk for infant in family.infants.all() if not infant.lost_on],
        "may_write": may_write and not episode.ended_on,
        "may_ask_how_it_was": may_write and may_be_asked(episode),
        "may_film": may_write and not episode.ended_on and any(not dyad.infant.lost_on for dyad in focus),
        "may_set_goal": may_write and not episode.ended_on and episode.live_goals < MOST_GOALS,
    }
    return render(request, "desk/episode.html", context)


def _contacts(request, episode):
    """A page of contacts, newest first, each with who came."""
    contacts = CareContact.objects.filter(episode=episode).newest_first().with_people()
    return fetch_page(request, contacts, per_page=20)
