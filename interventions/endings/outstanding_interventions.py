"""Outstanding work of other intervention apps: recordings, visits, groups, joint work, hub, waits."""

from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from interventions.collaboration.models import HubRequest, JointWork
from interventions.diary.models import Appointment
from interventions.endings.rules.endings import OutstandingItem
from interventions.episodes.models import Episode, InterventionWait
from interventions.filming.models import FilmCycle
from interventions.groups.models import GroupPlace
from pairs.access.batch_query import Query, parse_datetime
from pairs.web.jinja_environment import format_short_day


def _query_open_recordings(episode: Episode) -> Query:
    """Recordings that are still kept."""
    rows = FilmCycle.objects.live().recordings().filter(episode=episode)
    fields = {"id": "id", "number": "number", "lost": "dyad__infant__lost_on"}

    def to_outstanding_item(row):
        what = "Decide what becomes of the recording" if row["lost"] else "Delete the recording"
        href = reverse("film", args=[row["id"]])
        # It has its own due date, which the ending does not change.
        yield OutstandingItem("film", UUID(row["id"]), f"{what} of cycle {row['number']}", href, settle=False)

    return Query(rows, fields, to_outstanding_item)


def _query_planned_visits(episode: Episode) -> Query:
    rows = Appointment.objects.live().planned().of_episode(episode, episode.family_id)
    fields = {"id": "id", "at": "starts_at", "by": "practitioner__display_name"}

    def to_outstanding_item(row):
        when = format_short_day(timezone.localdate(parse_datetime(row["at"])))
        href = reverse("appointment", args=[row["id"]])
        yield OutstandingItem(
            "visit", UUID(row["id"]), f"Keep or cancel the visit of {when}", href, row["by"]
        )

    return Query(rows, fields, to_outstanding_item)


def _query_held_group_places(episode: Episode) -> Query:
    rows = GroupPlace.objects.live().held().filter(episode=episode, programme__closed_on=None)
    fields = {"id": "id", "name": "programme__name"}

    def to_outstanding_item(row):
        what = f"End the place in the group {row['name']}"
        yield OutstandingItem("group_place", UUID(row["id"]), what, reverse("leave-group", args=[row["id"]]))

    return Query(rows, fields, to_outstanding_item)


def _query_unended_joint_work(episode: Episode) -> Query:
    rows = JointWork.objects.live().going_on().filter(family=episode.family_id)
    fields = {"id": "id", "member": "member__name", "who": "who"}

    def to_outstanding_item(row):
        what = f"Tell {row['member'] or row['who']}, and end the joint work"
        yield OutstandingItem("joint_work", UUID(row["id"]), what, reverse("joint-ending", args=[row["id"]]))

    return Query(rows, fields, to_outstanding_item)


def _query_unclosed_hub_requests(episode: Episode) -> Query:
    rows = HubRequest.objects.live().open().filter(family=episode.family_id)
    fields = {"id": "id", "reference": "reference", "by": "asked_by__display_name"}

    def to_outstanding_item(row):
        what = f"End what was asked of the hub: {row['reference']}"
        yield OutstandingItem("ask", UUID(row["id"]), what, reverse("ask", args=[row["id"]]), row["by"])

    return Query(rows, fields, to_outstanding_item)


def _query_unended_waits(episode: Episode) -> Query:
    rows = InterventionWait.objects.live().waiting().filter(episode=episode)
    fields = {"id": "id", "name": "intervention__name"}

    def to_outstanding_item(row):
        what = f"End the wait for {row['name']}"
        # Ending the episode ends the wait.
        yield OutstandingItem(
            "wait", UUID(row["id"]), what, reverse("end-wait", args=[row["id"]]), settle=False
        )

    return Query(rows, fields, to_outstanding_item)


INTERVENTION_PROVIDERS = (
    _query_open_recordings,
    _query_planned_visits,
    _query_held_group_places,
    _query_unended_joint_work,
    _query_unclosed_hub_requests,
    _query_unended_waits,
)
