"""What the episode page shows of plans: the plan, who works on it, its grouping over time, ways, waits, formulation."""

from django.utils import timezone

from interventions.episodes.models import CareContact, InterventionUse, InterventionWait, Participant
from interventions.episodes.rules import SEEN
from interventions.plans.models import (
    CoWorker,
    Declined,
    FocusChange,
    Formulation,
    GroupingStep,
    HelpingAnswer,
    Plan,
)
from pairs.access.fetch import fetch_list
from referrals.rules.clocks import DIRECT_MECHANISMS


def planned(request, episode):
    """Plain rows for templates/plans/_on_episode.html, of an episode that the caller has fetched in scope."""

    def rows(model, *related, **extra):
        return fetch_list(request, model.objects.filter(episode=episode, **extra).select_related(*related))

    on = timezone.localdate()
    declined = rows(Declined, "by")
    plans = Plan.objects.whole().current().filter(episode=episode).newest_first()
    helping = HelpingAnswer.objects.filter(use__episode=episode).select_related("by")
    return {
        "plans": fetch_list(request, plans),
        "declined": declined,
        "help_began": _help_began(episode) if declined and not episode.plan_agreed_on else None,
        "formulations": fetch_list(request, Formulation.objects.filter(episode=episode).newest_first()),
        "co_workers": rows(CoWorker, "user"),
        "focus_changes": rows(FocusChange, "dyad__infant", "dyad__caregiver"),
        "groupings": rows(GroupingStep, "by"),
        "uses": rows(InterventionUse, "intervention"),
        "waits": rows(InterventionWait, "intervention", closed_on=None),
        "helping": _newest(fetch_list(request, helping)),
        "on": on,
    }


def _newest(answers):
    """{way of working: its newest answer}; they come newest first."""
    return {answer.use_id: answer for answer in reversed(answers)}


def _help_began(episode):
    """The day of the first direct contact in which a way of working was used: help began then, agreed plan or none."""
    seen = Participant.objects.live().filter(attendance__in=SEEN).values("care_contact")
    worked = CareContact.objects.live().filter(
        pk__in=seen, episode=episode, interventions__isnull=False, mechanism__in=DIRECT_MECHANISMS
    )
    first = worked.order_by("starts_at").values_list("starts_at", flat=True).first()
    return timezone.localdate(first) if first else None
