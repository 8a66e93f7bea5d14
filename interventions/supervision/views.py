"""Pages of supervision: the sessions one gave or had, and a new one with its case decisions."""

from django.contrib import messages
from django.db.models import Prefetch, Q
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from interventions.episodes.models import Star
from interventions.supervision.actions import finish_decision, record_supervision
from interventions.supervision.forms import Decisions, NewSession, decided, families_at_work
from interventions.supervision.models import CaseDecision, SupervisionSession
from pairs.access import policy
from pairs.access.fetch import fetch, fetch_list, fetch_page
from pairs.families.banner import banner_of, family_name
from pairs.families.models import Infant
from pairs.families.opened import family_of
from pairs.submissions.typed import Typed


@policy.permission("write_records", "supervise")
def supervision(request):
    """Sessions I gave or had, newest first."""
    mine = Q(supervisor=request.user) | Q(supervisee=request.user)
    sessions = SupervisionSession.objects.filter(mine).select_related("supervisor", "supervisee", "site")
    page = fetch_page(request, sessions.order_by("-held_on", "-created_at"))
    context = {"page": page, "may_record": request.scope.may("supervise"), "stars": starred_for(request)}
    return render(request, "supervision/sessions.html", context)


def starred_for(request):
    """Contacts starred for supervision: one's own, and those at the sites where one supervises."""
    own = Q(starred_by=request.user) | Q(care_contact__episode__site__in=request.scope.sites("supervise"))
    stars = Star.objects.shining().filter(own).newest_first()
    family = Prefetch("care_contact__episode__family__infants", Infant.objects.live())
    return [
        {
            "href": reverse("care-contact", args=[each.care_contact_id]),
            "family": family_name(each.care_contact.episode.family),
            "at": each.care_contact.starts_at,
            "by": each.starred_by,
            "since": each.created_at,
        }
        for each in fetch_list(request, stars.prefetch_related(family))
    ]


@policy.permission("supervise")
def new_supervision(request):
    """Record a session; each decision reaches its family's record, the note does not."""
    typed = Typed(request, kind="new-supervision")
    usual = {"held_on": timezone.localdate()}
    form = NewSession(typed.data, scope=request.scope, by=request.user, initial=usual)
    families = families_at_work(request.scope)
    rows = Decisions(typed.data, form_kwargs={"families": families})
    done = typed.submitted(
        form, rows, make=lambda: _record(request, form, rows), path_of=lambda made: reverse("supervision")
    )
    if done:
        messages.success(request, "The session is recorded.")
        return redirect(done)
    context = {"form": form, "rows": rows, "typed": typed, "submission_token": typed.token}
    return render(request, "supervision/new_session.html", context)


def _record(request, form, rows):
    what = dict(form.cleaned_data)
    return record_supervision(kind=what.pop("sort"), decisions=decided(rows), by=request.user, **what)


@policy.permission("write_records")
def decision_done(request, decision_id):
    """A question first: what was decided about a family is done, and no longer due."""
    decision = fetch(request, CaseDecision.objects.select_related("owner"), pk=decision_id)
    family = family_of(request, decision.family_id, may="write_records")
    if request.method == "POST":
        finish_decision(decision=decision, by=request.user)
        messages.success(request, "It is done.")
        return redirect("family", family.pk)
    context = {"decision": decision, "family": family, "banner": banner_of(family)}
    return render(request, "supervision/decision_done.html", context)
