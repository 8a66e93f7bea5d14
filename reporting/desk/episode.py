"""The episode page: the plan, its goals, its contacts, and what can be done next."""

from django.shortcuts import render

from interventions.endings.shown import ending_of
from interventions.episodes.due import thought_needed
from interventions.episodes.models import CareContact, Episode, Goal, InterventionUse
from interventions.episodes.rules import MOST_GOALS
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
    goals = fetch_list(request, Goal.objects.filter(episode=episode))
    may_write = request.scope.may("write_records", at=episode.site_id)
    context = {
        "episode": episode,
        "patient": episode.referral.patient,
        "family": family,
        "name": family_name(family),
        "banner": banner_of(
            family, alerts=fetch_list(request, RiskAlert.objects.open().filter(family=family))
        ),
        "focus": fetch_list(
            request, Dyad.objects.filter(episodes=episode).select_related("infant", "caregiver")
        ),
        "uses": fetch_list(
            request, InterventionUse.objects.filter(episode=episode).select_related("intervention")
        ),
        "outcomes": of_episode(request.scope, episode),
        "contacts": _contacts(request, episode),
        "closing": ending_of(request, episode),
        "thought": "" if episode.ended_on else thought_needed(episode.attendances)[0],
        "asks": [infant.pk for infant in family.infants.all() if not infant.lost_on],
        "may_write": may_write and not episode.ended_on,
        "may_set_goal": may_write and not episode.ended_on and len(goals) < MOST_GOALS,
    }
    return render(request, "desk/episode.html", context)


def _contacts(request, episode):
    """A page of contacts, newest first, each with who came."""
    contacts = CareContact.objects.filter(episode=episode).newest_first().with_people()
    return fetch_page(request, contacts, per_page=20)
