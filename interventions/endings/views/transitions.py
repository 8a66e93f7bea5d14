"""Page of transitions at two and five: the days ahead for each child, and the plans."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from interventions.endings import actions
from interventions.endings.forms import TransitionForm
from interventions.endings.models import TransitionPlan
from interventions.endings.rules.transitions import Transition, list_transitions
from interventions.endings.views.record_pages import render_ending_page
from pairs.access import policy
from pairs.access.records import RecordQuerySet
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import list_visible
from pairs.families.access import get_family
from pairs.families.models import Family, Infant
from pairs.submissions.form_submission import FormSubmission


@policy.permission("read_families", "govern_records", POST="write_records")
def show_transitions(request: ScopedRequest, family_id: UUID) -> HttpResponse:
    """Each living child's transition days and plans; add a plan."""
    family = get_family(request, family_id, may="write_records" if request.method == "POST" else None)
    submission = FormSubmission(request, kind="transition")
    form = TransitionForm(submission.data, family=family)
    done = submission.save_once(
        form,
        make=lambda: actions.plan_transition(family=family, by=request.user, **form.details()),
        path_of=lambda made: reverse("transitions", args=[family.pk]),
    )
    if done:
        messages.success(request, "Written down. It is no longer announced.")
        return redirect(done)
    plans = list_visible(request, query_transition_plans(family))
    context = {"form": form, "days": list_transition_days(family), "plans": plans}
    context |= {"may_write": request.scope.may("write_records", at=family.site_id)}
    return render_ending_page(request, "transitions", family, submission, **context)


def query_transition_plans(family: Family) -> RecordQuerySet:
    """The family's transition plans, newest first."""
    return (
        TransitionPlan.objects.filter(family=family)
        .select_related("infant", "recorded_by")
        .order_by("-agreed_on", "-created_at")
    )


def list_transition_days(family: Family) -> list[tuple[Infant, Transition]]:
    """[(child, transition)] of the born, living children."""
    return [
        (infant, each)
        for infant in family.infants.all()
        for each in list_transitions(infant.birth_date, lost=bool(infant.lost_on))
    ]
