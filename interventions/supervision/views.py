"""Pages of supervision: the user's sessions, and record one with its case decisions."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Prefetch, Q
from django.forms import BaseFormSet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from interventions.episodes.models import StarredContact
from interventions.supervision.actions import finish_decision, record_supervision
from interventions.supervision.forms import (
    DecisionFormSet,
    NewSupervisionForm,
    list_decisions,
    query_families_with_open_work,
)
from interventions.supervision.models import CaseDecision, SupervisionSession
from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import get_visible_or_404, get_visible_page, list_visible
from pairs.families.access import get_family
from pairs.families.banner import build_banner, get_family_name
from pairs.families.models import Infant
from pairs.submissions.form_submission import FormSubmission


@policy.permission("write_records", "supervise")
def list_supervision(request: ScopedRequest) -> HttpResponse:
    """List the sessions that the user gave or had, newest first."""
    mine = Q(supervisor=request.user) | Q(supervisee=request.user)
    sessions = SupervisionSession.objects.filter(mine).select_related("supervisor", "supervisee", "site")
    page = get_visible_page(request, sessions.order_by("-held_on", "-created_at"))
    context = {
        "page": page,
        "may_record": request.scope.may("supervise"),
        "stars": list_starred_contacts(request),
    }
    return render(request, "supervision/sessions.html", context)


def list_starred_contacts(request: ScopedRequest) -> list[dict[str, Any]]:
    """Contacts starred for supervision: the user's own, and those at sites where they supervise."""
    own = Q(starred_by=request.user) | Q(care_contact__episode__site__in=request.scope.sites("supervise"))
    stars = StarredContact.objects.active().filter(own).newest_first()
    family = Prefetch("care_contact__episode__family__infants", Infant.objects.live())
    return [
        {
            "href": reverse("care-contact", args=[each.care_contact_id]),
            "family": get_family_name(each.care_contact.episode.family),
            "at": each.care_contact.starts_at,
            "by": each.starred_by,
            "since": each.created_at,
        }
        for each in list_visible(request, stars.prefetch_related(family))
    ]


@policy.permission("supervise")
def record_supervision_page(request: ScopedRequest) -> HttpResponse:
    """Record a session; each decision becomes part of its family's record, the note does not."""
    submission = FormSubmission(request, kind="new-supervision")
    usual = {"held_on": timezone.localdate()}
    form = NewSupervisionForm(submission.data, scope=request.scope, by=request.user, initial=usual)
    families = query_families_with_open_work(request.scope)
    rows = DecisionFormSet(submission.data, form_kwargs={"families": families})
    done = submission.save_once(
        form,
        rows,
        make=lambda: _record_from_forms(request, form, rows),
        path_of=lambda made: reverse("supervision"),
    )
    if done:
        messages.success(request, "The session is recorded.")
        return redirect(done)
    context = {"form": form, "rows": rows, "typed": submission, "submission_token": submission.token}
    return render(request, "supervision/new_session.html", context)


def _record_from_forms(
    request: ScopedRequest, form: NewSupervisionForm, rows: BaseFormSet
) -> SupervisionSession:
    what = dict(form.cleaned_data)
    return record_supervision(kind=what.pop("sort"), decisions=list_decisions(rows), by=request.user, **what)


@policy.permission("write_records")
def finish_decision_page(request: ScopedRequest, decision_id: UUID) -> HttpResponse:
    """Mark a case decision as done, after a confirmation."""
    decision = get_visible_or_404(request, CaseDecision.objects.select_related("owner"), pk=decision_id)
    family = get_family(request, decision.family_id, may="write_records")
    if request.method == "POST":
        finish_decision(decision=decision, by=request.user)
        messages.success(request, "It is done.")
        return redirect("family", family.pk)
    context = {"decision": decision, "family": family, "banner": build_banner(family)}
    return render(request, "supervision/decision_done.html", context)
