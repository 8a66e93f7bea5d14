"""Pages of bookable rooms, managed by supervisors and administrators."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from interventions.diary import actions
from interventions.diary.forms import ChangeRoomForm, NewRoomForm
from interventions.diary.models import Room
from interventions.diary.record_forms import ROOM_PERMISSIONS
from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import get_visible_or_404, list_visible
from pairs.submissions.form_submission import FormSubmission


@policy.permission(*ROOM_PERMISSIONS)
def manage_rooms(request: ScopedRequest) -> HttpResponse:
    """List the rooms of the user's sites and add one."""
    submission = FormSubmission(request, kind="new-room")
    form = NewRoomForm(submission.data, scope=request.scope)
    done = submission.save_once(
        form, make=lambda: actions.add_room(by=request.user, **form.cleaned_data), path_of=get_rooms_path
    )
    if done:
        messages.success(request, "The room can be booked.")
        return redirect(done)
    held = list_visible(
        request, Room.objects.filter(site__in=request.scope.sites(*ROOM_PERMISSIONS)).by_name()
    )
    context = {"form": form, "rooms": held, "submission_token": submission.token}
    return render(request, "diary/rooms.html", context)


@policy.permission(*ROOM_PERMISSIONS)
def edit_room(request: ScopedRequest, room_id: UUID) -> HttpResponse:
    """Change a room's name or access notes, retire it or bring it back."""
    found = get_visible_or_404(request, Room.objects.select_related("site"), may=ROOM_PERMISSIONS, pk=room_id)
    submission = FormSubmission(request, kind="change-room")
    known = {"name": found.name, "access": found.access, "in_use": found.retired_on is None}
    form = ChangeRoomForm(submission.data, initial=known)
    done = submission.save_once(
        form,
        make=lambda: actions.change_room(room=found, by=request.user, **form.cleaned_data),
        path_of=get_rooms_path,
    )
    if done:
        messages.success(request, "The room is changed.")
        return redirect(done)
    context = {"form": form, "room": found, "submission_token": submission.token}
    return render(request, "diary/room.html", context)


def get_rooms_path(room: Room) -> str:
    return reverse("rooms")
