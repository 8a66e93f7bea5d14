"""Turning two and five: what is ahead for each child, and what was agreed."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse

from interventions.endings import actions
from interventions.endings.forms import Transition
from interventions.endings.models import TransitionPlan
from interventions.endings.rules.transitions import transitions
from interventions.endings.views.shown import page
from pairs.access import policy
from pairs.access.fetch import fetch_list
from pairs.families.opened import family_of
from pairs.submissions.typed import Typed


@policy.permission("read_families", "govern_records", POST="write_records")
def turning(request, family_id):
    """Each living child's two days, from when they are announced; what was agreed, and a place to write it down."""
    family = family_of(request, family_id, may="write_records" if request.method == "POST" else None)
    typed = Typed(request, kind="transition")
    form = Transition(typed.data, family=family)
    done = typed.submitted(
        form,
        make=lambda: actions.plan_transition(family=family, by=request.user, **form.details()),
        path_of=lambda made: reverse("transitions", args=[family.pk]),
    )
    if done:
        messages.success(request, "Written down. It is no longer announced.")
        return redirect(done)
    plans = fetch_list(request, plans_of(family))
    context = {"form": form, "days": days_of(family), "plans": plans}
    context |= {"may_write": request.scope.may("write_records", at=family.site_id)}
    return page(request, "transitions", family, typed, **context)


def plans_of(family):
    """What was agreed, the newest first."""
    return (
        TransitionPlan.objects.filter(family=family)
        .select_related("infant", "recorded_by")
        .order_by("-agreed_on", "-created_at")
    )


def days_of(family):
    """[(child, their transition)] of those who live and are born."""
    return [
        (infant, each)
        for infant in family.infants.all()
        for each in transitions(infant.birth_date, lost=bool(infant.lost_on))
    ]
