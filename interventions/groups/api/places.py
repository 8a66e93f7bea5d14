"""API of places in groups: a family's places, who comes, leaving."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.serializer_helpers import ReturnDict

from interventions.episodes.models import Episode
from interventions.groups import actions, forms
from interventions.groups.forms.places import get_person_value
from interventions.groups.models import GroupPlace
from interventions.groups.roster import list_group_warnings
from interventions.groups.views.places import join_from_form, query_joinable_programmes
from pairs.access import policy
from pairs.access.api import FormInput, build_input_serializer
from pairs.access.api_descriptions import extend_schema
from pairs.access.visible_records import get_visible_or_404, list_visible
from pairs.families.access import get_family
from pairs.submissions.api import create_once


class GroupPlaceOut(serializers.ModelSerializer):
    people = serializers.SerializerMethodField()
    warnings = serializers.SerializerMethodField()

    class Meta:
        model = GroupPlace
        fields = ["id", "programme", "episode", "joined_on", "left_on", "left_because", "people", "warnings"]

    def get_people(self, place: GroupPlace) -> list[str]:
        return [get_person_value(each.person) for each in place.people.all()]

    def get_warnings(self, place: GroupPlace) -> list[str]:
        """Warnings about people in this group who are to be kept apart."""
        return list_group_warnings(self.context["request"], place.programme_id)


NEW_PLACE_INPUT, GUESTS_INPUT, LEAVING_INPUT = (
    FormInput(form=forms.NewPlaceForm),
    FormInput(form=forms.GuestsForm),
    FormInput(form=forms.LeavingForm),
)


def _serialize_places(request: Request, rows: Any, **options: Any) -> ReturnDict:
    return GroupPlaceOut(rows, context={"request": request._request}, **options).data


def _serialize_place(request: Request, pk: UUID) -> ReturnDict:
    return _serialize_places(
        request, get_visible_or_404(request._request, GroupPlace.objects.with_people(), pk=pk)
    )


@policy.permission("read_families", POST="write_records")
@extend_schema(request=build_input_serializer(NEW_PLACE_INPUT, "NewGroupPlace"), responses=GroupPlaceOut)
@api_view(["GET", "POST"])
def list_or_join_groups(request: Request, episode_id: UUID) -> Response:
    """GET: the episode's places in groups. POST: join one; ``people`` are "infant:…" and "caregiver:…"."""
    may = "write_records" if request.method == "POST" else None
    episode = get_visible_or_404(request._request, Episode.objects.all(), may=may, pk=episode_id)
    if request.method == "GET":
        found = GroupPlace.objects.filter(episode=episode).with_people().order_by("-joined_on", "pk")
        return Response(
            {"results": _serialize_places(request, list_visible(request._request, found), many=True)}
        )
    family = get_family(request._request, episode.family_id)
    programmes = query_joinable_programmes(request._request.scope, episode)
    form, _ = replace(NEW_PLACE_INPUT, kwargs={"family": family, "programmes": programmes}).read(request.data)
    return create_once(
        request,
        kind="api-group-place",
        make=lambda: join_from_form(form, episode, request.user),
        show=lambda pk: _serialize_place(request, pk),
    )


@policy.permission("read_families", PATCH="write_records")
@extend_schema(request=build_input_serializer(GUESTS_INPUT, "GroupGuests"), responses=GroupPlaceOut)
@api_view(["GET", "PATCH"])
def show_or_change_place(request, place_id):
    """GET: one place. PATCH: change who of the family comes."""
    may = "write_records" if request.method == "PATCH" else None
    found = get_visible_or_404(request._request, GroupPlace.objects.with_people(), may=may, pk=place_id)
    if request.method == "PATCH":
        family = get_family(request._request, found.episode.family_id)
        now = {"people": [get_person_value(each.person) for each in found.people.all()]}
        form = replace(GUESTS_INPUT, kwargs={"family": family}).read_patch(now, request.data)
        actions.change_guests(place=found, people=form.chosen(), by=request.user)
    return Response(_serialize_place(request, found.pk))


@policy.permission("write_records")
@extend_schema(request=build_input_serializer(LEAVING_INPUT, "GroupLeaving"), responses=GroupPlaceOut)
@api_view(["POST"])
def leave_group_api(request: Request, place_id: UUID) -> Response:
    """Leave the group, with the last day and the reason."""
    found = get_visible_or_404(
        request._request, GroupPlace.objects.with_people(), may="write_records", pk=place_id
    )
    form, _ = LEAVING_INPUT.read(request.data)
    return create_once(
        request,
        kind="api-group-leaving",
        make=lambda: actions.leave_group(place=found, by=request.user, **form.cleaned_data),
        show=lambda pk: _serialize_place(request, pk),
    )
