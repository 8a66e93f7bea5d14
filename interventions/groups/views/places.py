"""Pages of places in a group: families join, who comes, leaving."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse

from interventions.episodes.models import Episode
from interventions.groups import record_forms
from interventions.groups.models import GroupLine, GroupPlace
from interventions.groups.views.programmes import GroupFormPage
from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import get_visible_or_404, list_visible
from pairs.families.access import get_family
from pairs.families.record_forms import FamilyFormPage
from pairs.families.record_pages import render_record_page
from pairs.submissions.form_page import PageOf
from pairs.submissions.warned_page import WarnedFormPage


class JoinPage(WarnedFormPage):
    """Families join a group; one is warned of people who are to be kept apart, and of visits at its time."""

    warning_title = "Check before they join"
    warning_text = (
        "To add them anyway, save again: make sure that people who must be kept apart will not meet, and "
        "move any visit booked at the same time."
    )
    message = "Added to the group."


@policy.permission("write_records")
class AddFamiliesPage(record_forms.AddFamilies, JoinPage, GroupFormPage):
    """Several families join a group."""

    template_name = "groups/new_places.html"
    title = "Add families to the group"
    button = "Add them"

    def get_text(self) -> list[str]:
        return [
            f"{self.record.name}. Listed are families with this intervention in their episode, and families "
            "you lead. Add any other family from its episode's page."
        ]


@policy.permission("write_records")
class JoinGroupPage(record_forms.JoinGroup, JoinPage, FamilyFormPage):
    """One family joins a group, from its episode's page."""

    template_name = "groups/new_place.html"
    title = "Join a group"
    button = "Join the group"
    back = PageOf("episode", "record", "Episode")
    leads_to = PageOf("group-place", "made")

    def get_records(self) -> QuerySet[Any]:
        """With those in focus, who are suggested."""
        episodes = Episode.objects.select_related("referral__patient")
        return episodes.prefetch_related("focus__infant", "focus__caregiver")


@policy.permission("read_families", "govern_records")
def show_group_place(request: ScopedRequest, place_id: UUID) -> HttpResponse:
    """Show a family's place: who comes and the sessions so far."""
    place = get_visible_or_404(request, GroupPlace.objects.with_people(), pk=place_id)
    family = get_family(request, place.episode.family_id)
    lines = GroupLine.objects.filter(place=place).select_related("session", "care_contact")
    context = {
        "place": place,
        "people": [str(each.person) for each in place.people.all()],
        "lines_of": [
            (line.session, line.care_contact, format_line_attendance(line))
            for line in list_visible(
                request,
                lines.prefetch_related("care_contact__participants__infant", "care_contact__participants__caregiver")
                .order_by("-session__starts_at"),
            )
        ],
        "may_write": request.scope.may("write_records", at=place.site_id) and not place.left_on,
    }  # fmt: skip
    return render_record_page(request, "groups/place.html", family, **context)


def format_line_attendance(line: GroupLine) -> str:
    """Attendance in words."""
    people = [each for each in line.care_contact.participants.all() if not each.is_hidden]
    return "; ".join(f"{each.person}: {each.get_attendance_display().lower()}" for each in people)


class PlaceFormPage(FamilyFormPage):
    """A form about a family's place, from its page and back to it."""

    back = PageOf("group-place", "record")


@policy.permission("write_records")
class EditGuestsPage(record_forms.ChangeGuests, PlaceFormPage):
    """Change who of the family comes from now on."""

    title = "Who will attend the group?"
    message = "Saved."


@policy.permission("write_records")
class LeaveGroupPage(record_forms.LeaveGroup, PlaceFormPage):
    """Leave the group, with the last day and the reason."""

    title = "Remove them from the group?"
    text = ("Their place is free from the next day. Existing records are kept.",)
    button = "Remove from the group"
    message = "Removed from the group. The episode continues."
