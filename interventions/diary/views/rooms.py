"""Pages of the rooms that can be booked: kept by supervisors and administrators."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse

from interventions.diary import actions
from interventions.diary.forms import ChangeRoom, NewRoom
from interventions.diary.models import Room
from pairs.access import policy
from pairs.access.fetch import fetch, fetch_list
from pairs.submissions.typed import Typed

KEEPS_ROOMS = ("supervise", "manage_accounts")


@policy.permission(*KEEPS_ROOMS)
def rooms(request):
    """Every room of my sites, and a new one."""
    typed = Typed(request, kind="new-room")
    form = NewRoom(typed.data, scope=request.scope)
    done = typed.submitted(
        form, make=lambda: actions.add_room(by=request.user, **form.cleaned_data), path_of=to_rooms
    )
    if done:
        messages.success(request, "The room can be booked.")
        return redirect(done)
    held = fetch_list(request, Room.objects.filter(site__in=request.scope.sites(*KEEPS_ROOMS)).by_name())
    context = {"form": form, "rooms": held, "submission_token": typed.token}
    return render(request, "diary/rooms.html", context)


@policy.permission(*KEEPS_ROOMS)
def room(request, room_id):
    """One room: another name, other words about access, out of use or in use again."""
    found = fetch(request, Room.objects.select_related("site"), may=KEEPS_ROOMS, pk=room_id)
    typed = Typed(request, kind="change-room")
    known = {"name": found.name, "access": found.access, "in_use": found.retired_on is None}
    form = ChangeRoom(typed.data, initial=known)
    done = typed.submitted(
        form,
        make=lambda: actions.change_room(room=found, by=request.user, **form.cleaned_data),
        path_of=to_rooms,
    )
    if done:
        messages.success(request, "The room is changed.")
        return redirect(done)
    context = {"form": form, "room": found, "submission_token": typed.token}
    return render(request, "diary/room.html", context)


def to_rooms(room):
    return reverse("rooms")
