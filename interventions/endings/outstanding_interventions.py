"""Outstanding work of other intervention apps: recordings, visits, groups, joint work, hub, waits."""

from typing import Any

from django.db.models.functions import Coalesce
from django.utils import timezone

from interventions.collaboration.models import HubRequest, JointWork
from interventions.diary.models import Appointment
from interventions.endings.outstanding_query import build_outstanding_query
from interventions.episodes.models import Episode, InterventionWait
from interventions.filming.models import FilmCycle
from interventions.groups.models import GroupPlace
from pairs.access.batch_query import Query, parse_datetime
from pairs.web.formats import format_short_day


def _query_open_recordings(episode: Episode) -> Query:
    """Recordings that are still kept. Each has its own due date, which the ending does not change."""
    rows = FilmCycle.objects.live().recordings().filter(episode=episode)
    lost = Coalesce("dyad__infant__lost_on", "dyad__caregiver__died_on")
    fields = {"number": "number", "lost": lost}

    def describe(row: dict[str, Any]) -> str:
        what = "Decide what happens to the recording" if row["lost"] else "Delete the recording"
        return f"{what} of cycle {row['number']}"

    return build_outstanding_query("film", rows, fields, describe, "film", settle=False)


def _query_planned_visits(episode: Episode) -> Query:
    rows = Appointment.objects.live().planned().of_episode(episode, episode.family_id)
    fields = {"at": "starts_at", "by": "practitioner__display_name"}

    def describe(row: dict[str, Any]) -> str:
        when = format_short_day(timezone.localdate(parse_datetime(row["at"])))
        return f"Keep or cancel the visit of {when}"

    return build_outstanding_query("visit", rows, fields, describe, "appointment")


def _query_held_group_places(episode: Episode) -> Query:
    rows = GroupPlace.objects.live().held().filter(episode=episode, programme__closed_on=None)
    fields = {"name": "programme__name"}
    return build_outstanding_query(
        "group_place", rows, fields, lambda row: f"End the place in the group {row['name']}", "leave-group"
    )


def _query_unended_joint_work(episode: Episode) -> Query:
    rows = JointWork.objects.live().going_on().filter(family=episode.family_id)

    def describe(row: dict[str, Any]) -> str:
        return f"Tell {row['member'] or row['who']}, and end the joint work"

    fields = {"member": "member__name", "who": "who"}
    return build_outstanding_query("joint_work", rows, fields, describe, "joint-ending")


def _query_unclosed_hub_requests(episode: Episode) -> Query:
    rows = HubRequest.objects.live().open().filter(family=episode.family_id)
    fields = {"reference": "reference", "by": "asked_by__display_name"}
    return build_outstanding_query(
        "ask", rows, fields, lambda row: f"Close the request to the hub: {row['reference']}", "ask"
    )


def _query_unended_waits(episode: Episode) -> Query:
    """Ending the episode ends the wait."""
    rows = InterventionWait.objects.live().waiting().filter(episode=episode)
    fields = {"name": "intervention__name"}
    return build_outstanding_query(
        "wait", rows, fields, lambda row: f"End the wait for {row['name']}", "end-wait", settle=False
    )


INTERVENTION_PROVIDERS = (
    _query_open_recordings,
    _query_planned_visits,
    _query_held_group_places,
    _query_unended_joint_work,
    _query_unclosed_hub_requests,
    _query_unended_waits,
)
