"""Pages of bookable rooms, managed by supervisors and administrators."""

from typing import Any

from django.urls import reverse

from interventions.diary import record_forms
from interventions.diary.models import Room
from interventions.diary.record_forms import ROOM_PERMISSIONS
from pairs.access import policy
from pairs.access.visible_records import list_visible
from pairs.submissions.form_page import FormPage, Link, PageOf


@policy.permission(*ROOM_PERMISSIONS)
class RoomsPage(record_forms.AddRoom, FormPage):
    """The rooms of the user's sites, and a form that adds one."""

    kind = "new-room"
    template_name = "diary/rooms.html"
    title = "Rooms"
    button = "Add the room"
    message = "Room added."
    leads_to = PageOf("rooms")

    def get_back_link(self) -> Link:
        """The diary; the settings for an administrator, who has no diary."""
        if self.request.scope.may("read_families"):
            return Link(reverse("diary"), "Diary")
        return Link(reverse("settings"), "Settings")

    def get_context(self, form: Any) -> dict[str, Any]:
        rooms = Room.objects.filter(site__in=self.request.scope.sites(*ROOM_PERMISSIONS))
        return {"rooms": list_visible(self.request, rooms.by_name())}


@policy.permission(*ROOM_PERMISSIONS)
class EditRoomPage(record_forms.ChangeRoom, FormPage):
    """Change a room's name or access notes, retire it or bring it back."""

    kind = "change-room"
    text = ("A room that is no longer available stays on the visits it was booked for.",)
    button = "Save the room"
    message = "Room changed."
    back = PageOf("rooms", text="Rooms")

    def get_title(self) -> str:
        return f"{self.record.name}, {self.record.site}"
