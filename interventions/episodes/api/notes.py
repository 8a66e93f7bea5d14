"""API of notes: amend, countersign, star, mark as entered in error, refile."""

from typing import Any
from uuid import UUID

from django import forms
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from interventions.episodes import actions
from interventions.episodes.api.contacts import CareContactOut, NotePartOut
from interventions.episodes.forms import (
    AmendmentForm,
    CountersigningForm,
    ExpectedPeopleFormSet,
    FamilyPeople,
    StarringForm,
    WrongRecordForm,
)
from interventions.episodes.models import CareContact, CountersignStep, NotePart, StarredContact
from interventions.episodes.views.countersigning import countersign_from_form, query_waiting_notes
from interventions.episodes.views.refiling import TARGET_FIELDS, get_named_episode, refile_from_forms
from pairs.access import policy
from pairs.access.api import FormInput, build_input_serializer
from pairs.access.api_descriptions import extend_schema
from pairs.access.json_lists import JsonList
from pairs.access.visible_records import get_visible_or_404
from pairs.families.access import get_family
from pairs.submissions.api import create_once


class WrongRecordByIdForm(WrongRecordForm):
    """For the API: takes any episode in which the user may write by its id; the page offers a list."""

    belongs_to = forms.UUIDField(label="The episode it belongs to", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        forms.Form.__init__(self, *args, **kwargs)


class CountersignStepOut(serializers.ModelSerializer):
    by = serializers.CharField(source="by.username")

    class Meta:
        model = CountersignStep
        fields = ["id", "care_contact", "status", "reason", "by", "created_at"]


class StarOut(serializers.ModelSerializer):
    class Meta:
        model = StarredContact
        fields = ["id", "care_contact", "created_at", "taken_off_at"]


class InErrorOut(serializers.Serializer):
    refiled_as = serializers.UUIDField(allow_null=True)


AMENDMENT_INPUT = FormInput(form=AmendmentForm)
COUNTERSIGNING_INPUT = FormInput(form=CountersigningForm)
STARRING_INPUT = FormInput(form=StarringForm)
IN_ERROR_INPUT = FormInput(form=WrongRecordByIdForm, formsets={"participants": ExpectedPeopleFormSet})


@policy.permission("write_records")
@extend_schema(request=build_input_serializer(AMENDMENT_INPUT, "Amendment"), responses={201: NotePartOut})
@api_view(["POST"])
def amend_note_api(request, note_id):
    """Amend a signed part of a note, with the reason; both texts are kept."""
    parts = NotePart.objects.select_related("care_contact__episode")
    part = get_visible_or_404(request._request, parts, may="write_records", pk=note_id)
    form, _ = AMENDMENT_INPUT.read(request.data)
    return create_once(
        request,
        kind="api-amendment",
        make=lambda: actions.amend_note(part=part, by=request.user, **form.cleaned_data),
        show=lambda pk: NotePartOut(get_visible_or_404(request._request, parts, pk=pk)).data,
    )


def _get_contact(request: Request, contact_id: UUID) -> Any:
    whole = CareContact.objects.with_all()
    return get_visible_or_404(request._request, whole, may="write_records", pk=contact_id)


COUNTERSIGN_LIST = JsonList(
    CareContactOut, lambda reader, sites: query_waiting_notes(reader, [sites]).with_all()
)


@policy.permission("write_records")
@extend_schema(responses={200: CareContactOut(many=True)})
@api_view(["GET"])
def list_to_countersign_api(request: Request) -> Response:
    """List trainees' signed notes that are waiting for you to countersign."""
    sites = list(request._request.scope.sites("supervise"))
    return Response(COUNTERSIGN_LIST.page(request._request, reader=request.user.pk, sites=sites))


@policy.permission("write_records")
@extend_schema(
    request=build_input_serializer(COUNTERSIGNING_INPUT, "Countersigning"),
    responses={201: CountersignStepOut},
)
@api_view(["POST"])
def countersign_api(request: Request, contact_id: UUID) -> Response:
    """Countersign a trainee's note, or ask for an amendment first."""
    contact = _get_contact(request, contact_id)
    form, _ = COUNTERSIGNING_INPUT.read(request.data)
    steps = CountersignStep.objects.select_related("by")
    return create_once(
        request,
        kind="api-countersigning",
        make=lambda: countersign_from_form(contact, form, request.user),
        show=lambda pk: CountersignStepOut(get_visible_or_404(request._request, steps, pk=pk)).data,
    )


@policy.permission("write_records")
@extend_schema(
    request=build_input_serializer(STARRING_INPUT, "Starring"), responses={200: StarOut(many=True)}
)
@api_view(["POST"])
def star_contact_api(request: Request, contact_id: UUID) -> Response:
    """Star a contact for supervision, or remove the star; returns your stars on it."""
    contact = _get_contact(request, contact_id)
    form, _ = STARRING_INPUT.read(request.data)
    if form.cleaned_data["star"]:
        actions.star_contact(contact=contact, by=request.user)
    else:
        actions.remove_star(contact=contact, by=request.user)
    own = StarredContact.objects.visible_to(request._request.scope).filter(
        care_contact=contact, starred_by=request.user
    )
    return Response(StarOut(own.active(), many=True).data)


@policy.permission("write_records")
@extend_schema(request=build_input_serializer(IN_ERROR_INPUT, "ContactInError"), responses={201: InErrorOut})
@api_view(["POST"])
def mark_contact_in_error_api(request: Request, contact_id: UUID) -> Response:
    """Mark a contact as entered in error, with the reason; given an episode or reference, refile it there."""
    contact = _get_contact(request, contact_id)
    form, sets = IN_ERROR_INPUT.read(request.data)
    to = get_named_episode(
        request._request, contact, **{name: form.cleaned_data[name] for name in TARGET_FIELDS}
    )
    if to is None:
        reason = form.cleaned_data["reason"]
        actions.mark_contact_in_error(contact=contact, reason=reason, by=request.user)
        return Response({"refiled_as": None}, status=201)
    people = FamilyPeople(get_family(request._request, to.family_id))
    refiled = refile_from_forms(contact, to, people, form, sets["participants"], request.user)
    return Response({"refiled_as": refiled.pk}, status=201)
