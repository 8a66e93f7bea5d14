"""What the rooms of the work beside this one have open at an ending: films, visits, groups, joint work, waits."""

from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from interventions.alongside.models import HubAsk, JointWork
from interventions.diary.models import Appointment
from interventions.endings.rules.endings import Open
from interventions.episodes.models import Episode, InterventionWait
from interventions.filming.models import FilmCycle
from interventions.groups.models import GroupPlace
from pairs.access.asking import Question, moment
from pairs.service.pages import short_day


def _films(episode: Episode) -> Question:
    """A recording that is kept somewhere: it is due by its own day, after the ending as before."""
    rows = FilmCycle.objects.live().recordings().filter(episode=episode)
    fields = {"id": "id", "number": "number", "lost": "dyad__infant__lost_on"}

    def says(row):
        what = "Decide what becomes of the recording" if row["lost"] else "Delete the recording"
        href = reverse("film", args=[row["id"]])
        # It stays due by its own day, after the ending as before.
        yield Open("film", UUID(row["id"]), f"{what} of cycle {row['number']}", href, settle=False)

    return Question(rows, fields, says)


def _visits(episode: Episode) -> Question:
    rows = Appointment.objects.live().planned().of_episode(episode, episode.family_id)
    fields = {"id": "id", "at": "starts_at", "by": "practitioner__display_name"}

    def says(row):
        when = short_day(timezone.localdate(moment(row["at"])))
        href = reverse("appointment", args=[row["id"]])
        yield Open("visit", UUID(row["id"]), f"Keep or cancel the visit of {when}", href, row["by"])

    return Question(rows, fields, says)


def _places(episode: Episode) -> Question:
    rows = GroupPlace.objects.live().held().filter(episode=episode, programme__closed_on=None)
    fields = {"id": "id", "name": "programme__name"}

    def says(row):
        what = f"End the place in the group {row['name']}"
        yield Open("group_place", UUID(row["id"]), what, reverse("leave-group", args=[row["id"]]))

    return Question(rows, fields, says)


def _joint_work(episode: Episode) -> Question:
    rows = JointWork.objects.live().going_on().filter(family=episode.family_id)
    fields = {"id": "id", "member": "member__name", "who": "who"}

    def says(row):
        what = f"Tell {row['member'] or row['who']}, and end the joint work"
        yield Open("joint_work", UUID(row["id"]), what, reverse("joint-ending", args=[row["id"]]))

    return Question(rows, fields, says)


def _asks(episode: Episode) -> Question:
    rows = HubAsk.objects.live().open().filter(family=episode.family_id)
    fields = {"id": "id", "reference": "reference", "by": "asked_by__display_name"}

    def says(row):
        what = f"End what was asked of the hub: {row['reference']}"
        yield Open("ask", UUID(row["id"]), what, reverse("ask", args=[row["id"]]), row["by"])

    return Question(rows, fields, says)


def _waits(episode: Episode) -> Question:
    rows = InterventionWait.objects.live().waiting().filter(episode=episode)
    fields = {"id": "id", "name": "intervention__name"}

    def says(row):
        what = f"End the wait for {row['name']}"
        # The ending closes it by itself.
        yield Open("wait", UUID(row["id"]), what, reverse("end-wait", args=[row["id"]]), settle=False)

    return Question(rows, fields, says)


BESIDE = (_films, _visits, _places, _joint_work, _asks, _waits)
