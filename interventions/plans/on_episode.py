"""What the episode page shows of plans: the plan, who works on it, its grouping over time, ways, waits, formulation."""

from django.utils import timezone

from interventions.episodes.models import CareContact, InterventionUse, InterventionWait
from interventions.plans.models import (
    CoWorker,
    Declined,
    FocusChange,
    Formulation,
    GroupingStep,
    HelpingAnswer,
    Plan,
)
from pairs.access.records import live_q, related_fields
from pairs.families.models.people import NAMES, dyad_names


def parts_of_plans(episode):
    """{part: QuerySet} by the id of an episode that the caller has fetched in scope: for one prepared statement."""
    return {
        "plans": _plans(episode),
        "declined": Declined.objects.live().filter(episode=episode).only("what", "declined_on", "why"),
        "formulations": Formulation.objects.live().filter(episode=episode).newest_first().only("written_on"),
        "co_workers": _with(CoWorker, episode, "user", "why", "since", "until"),
        "focus_changes": _focus_changes(episode),
        "groupings": _with(GroupingStep, episode, "by", "since", "before", "grouping", "why", "agreed"),
        "uses": _ways(InterventionUse, episode, "started_on", "ended_on", "ended_because"),
        "waits": _ways(InterventionWait, episode, "since").filter(closed_on=None),
        "helping": _helping(episode),
    }


def _plans(episode):
    plans = Plan.objects.live().current().filter(episode=episode).newest_first()
    return plans.select_related("caregiver").only("made_on", "aims", *related_fields("caregiver", *NAMES))


def _with(model, episode, person, *fields):
    rows = model.objects.live().filter(episode=episode).select_related(person)
    return rows.only(*fields, *related_fields(person, "display_name", "username"))


def _focus_changes(episode):
    rows = (
        FocusChange.objects.live().filter(episode=episode).select_related("dyad__infant", "dyad__caregiver")
    )
    return rows.only("since", "change", "why", *dyad_names("dyad"))


def _ways(model, episode, *fields):
    rows = model.objects.live().filter(episode=episode).select_related("intervention")
    return rows.only(*fields, *related_fields("intervention", "name"))


def _helping(episode):
    answers = HelpingAnswer.objects.live().filter(live_q("use__"), use__episode=episode)
    return answers.only("use", "asked_on", "family_says", "we_say", "ask_again_on")


def planned(parts, episode):
    """What templates/plans/_on_episode.html shows, of the rows of ``parts_of_plans``."""
    helping = _newest(parts["helping"])
    began = _help_began(episode) if parts["declined"] and not episode.plan_agreed_on else None
    return parts | {"helping": helping, "help_began": began, "on": timezone.localdate()}


def _newest(answers):
    """{way of working: its newest answer}; they come newest first."""
    return {answer.use_id: answer for answer in reversed(answers)}


def _help_began(episode):
    """The day of the first direct contact in which a way of working was used: help began then, agreed plan or none."""
    came = CareContact.objects.live().direct().attended()
    worked = came.filter(episode=episode, interventions__isnull=False)
    first = worked.order_by("starts_at").values_list("starts_at", flat=True).first()
    return timezone.localdate(first) if first else None
