"""Pages of return cards: one for each site and language, edited by supervisors, printed by all staff."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from interventions.endings import actions
from interventions.endings.forms import WayBackForm, build_way_back_initial
from interventions.endings.models import WayBack
from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import get_visible_or_404, list_visible
from pairs.submissions.form_submission import FormSubmission


@policy.permission("read_families")
def list_ways_back(request: ScopedRequest) -> HttpResponse:
    """List the return cards of every site."""
    cards = list_visible(request, WayBack.objects.in_order())
    return render(
        request, "endings/ways_back.html", {"cards": cards, "may_keep": request.scope.may("supervise")}
    )


@policy.permission("supervise")
def add_way_back(request: ScopedRequest) -> HttpResponse:
    """Add a return card."""
    submission = FormSubmission(request, kind="new-way-back")
    return _handle_way_back_form(request, submission, WayBackForm(submission.data), None)


@policy.permission("supervise")
def edit_way_back(request: ScopedRequest, way_back_id: UUID) -> HttpResponse:
    """Edit a return card."""
    found = get_visible_or_404(request, WayBack.objects.select_related("site"), pk=way_back_id)
    submission = FormSubmission(request, kind="way-back")
    return _handle_way_back_form(
        request, submission, WayBackForm(submission.data, initial=build_way_back_initial(found)), found
    )


def _handle_way_back_form(
    request: ScopedRequest, submission: FormSubmission, form: WayBackForm, found: WayBack | None
) -> HttpResponse:
    done = submission.save_once(
        form,
        make=lambda: actions.save_way_back(way_back=found, by=request.user, **form.cleaned_data),
        path_of=lambda kept: reverse("return-card", args=[kept.pk]),
    )
    if done:
        messages.success(request, "The card is saved.")
        return redirect(done)
    context = {"form": form, "card": found, "submission_token": submission.token}
    return render(request, "endings/way_back.html", context)


@policy.permission("read_families")
def show_return_card(request: ScopedRequest, way_back_id: UUID) -> HttpResponse:
    """Print the return card, twice on one sheet. It names no family."""
    found = get_visible_or_404(request, WayBack.objects.select_related("site"), pk=way_back_id)
    return render(
        request, "endings/return_card.html", {"card": found, "may_keep": request.scope.may("supervise")}
    )
