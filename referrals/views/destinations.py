"""The signposting directory: where else families can turn, by place; kept by supervisors."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import get_visible_or_404, get_visible_page
from pairs.service.models import Place
from pairs.submissions.form_submission import FormSubmission
from referrals.actions.destinations import check_destination, retire_destination, save_directory_entry
from referrals.forms.destinations import DestinationForm, build_destination_initial
from referrals.models import Destination
from referrals.rules.directory import needs_checking

DIRECTORY_READERS = ("triage_referrals", "read_families")


@policy.permission(*DIRECTORY_READERS)
def list_destinations(request: ScopedRequest) -> HttpResponse:
    """What families can be pointed to, of one district (?place=) or of all; the retired ones when asked for."""
    retired = request.GET.get("retired") == "1"
    place = Place.objects.filter(code=request.GET.get("place", "")).first()
    found = Destination.objects.filter(retired_on__isnull=False) if retired else Destination.objects.offered()
    if place:
        found = found.of_place(place)
    page = get_visible_page(request, found.with_places())
    context = {
        "page": page,
        "rows": [(each, _is_check_overdue(each)) for each in page],
        "place": place,
        "places": Place.objects.all(),
        "retired": retired,
        "may_keep": request.scope.may("supervise"),
    }
    return render(request, "referrals/destinations.html", context)


def _is_check_overdue(destination: Any) -> bool:
    return needs_checking(
        checked_on=destination.checked_on, on=timezone.localdate(), holds=settings.DIRECTORY_CHECK_HOLDS
    )


@policy.permission(*DIRECTORY_READERS, POST="supervise")
def edit_destination(request: ScopedRequest, destination_id: UUID) -> HttpResponse:
    """One, with what it offers; whoever keeps the directory changes it here."""
    found = get_visible_or_404(request, Destination.objects.with_places(), pk=destination_id)
    if not request.scope.may("supervise"):
        return render(request, "referrals/destination.html", {"destination": found})
    submission = FormSubmission(request, kind="destination")
    form = DestinationForm(submission.data, initial=build_destination_initial(found))
    path = submission.save_once(
        form,
        make=lambda: save_directory_entry(destination=found, **form.cleaned_data),
        path_of=_get_destination_path,
    )
    if path:
        messages.success(request, "Saved, and checked today.")
        return redirect(path)
    context = {"destination": found, "form": form, "submission_token": submission.token}
    return render(
        request, "referrals/destination_kept.html", context | {"unchecked": _is_check_overdue(found)}
    )


@policy.permission("supervise")
def add_destination(request: ScopedRequest) -> HttpResponse:
    """One more."""
    submission = FormSubmission(request, kind="new-destination")
    form = DestinationForm(submission.data)
    path = submission.save_once(
        form, make=lambda: save_directory_entry(**form.cleaned_data), path_of=_get_destination_path
    )
    if path:
        messages.success(request, "Added to the directory.")
        return redirect(path)
    context = {"destination": None, "form": form, "submission_token": submission.token, "unchecked": False}
    return render(request, "referrals/destination_kept.html", context)


def _get_destination_path(destination: Destination) -> str:
    return reverse("destination", args=[destination.pk])


@policy.permission("supervise")
def mark_destination_checked(request: ScopedRequest, destination_id: UUID) -> HttpResponse:
    """Say that all of it still holds today."""
    found = get_visible_or_404(request, Destination.objects.all(), pk=destination_id)
    if request.method == "POST":
        check_destination(destination=found)
        messages.success(request, f"{found} is checked today.")
    return redirect("destination", found.pk)


@policy.permission("supervise")
def switch_destination_retired(request: ScopedRequest, destination_id: UUID) -> HttpResponse:
    """A question first: it is offered no more, or offered again."""
    found = get_visible_or_404(request, Destination.objects.all(), pk=destination_id)
    if request.method == "POST":
        retire_destination(destination=found)
        messages.success(request, f"{found} is {'retired' if found.retired_on else 'offered again'}.")
        return redirect("destination", found.pk)
    return render(request, "referrals/retire_destination.html", {"destination": found})
