"""The API of what is done with a note: amended, countersigned, starred, entered in error or put where it belongs."""

from django import forms
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.response import Response

from interventions.episodes import actions
from interventions.episodes.api.contacts import CareContactOut, NotePartOut
from interventions.episodes.forms import (
    Amendment,
    Countersigning,
    ExpectedPeople,
    People,
    Starring,
    WrongRecord,
)
from interventions.episodes.models import CareContact, CountersignStep, NotePart, Star
from interventions.episodes.views.reading import countersigned, waiting_for
from interventions.episodes.views.refiling import NAMES, episode_named, refiled_from
from pairs.access import policy
from pairs.access.api import Sheet, schema_of
from pairs.access.described import extend_schema
from pairs.access.fetch import fetch
from pairs.access.json_lists import JsonList
from pairs.families.opened import family_of
from pairs.submissions.api import create_once


class WrongRecordById(WrongRecord):
    """For the API: any episode in which the caller may write, by its id; the page offers a list."""

    belongs_to = forms.UUIDField(label="The episode it belongs to", required=False)

    def __init__(self, *args, **kwargs):
        forms.Form.__init__(self, *args, **kwargs)


class CountersignStepOut(serializers.ModelSerializer):
    by = serializers.CharField(source="by.username")

    class Meta:
        model = CountersignStep
        fields = ["id", "care_contact", "status", "reason", "by", "created_at"]


class StarOut(serializers.ModelSerializer):
    class Meta:
        model = Star
        fields = ["id", "care_contact", "created_at", "taken_off_at"]


class InErrorOut(serializers.Serializer):
    refiled_as = serializers.UUIDField(allow_null=True)


AMENDMENT = Sheet(form=Amendment)
COUNTERSIGNING = Sheet(form=Countersigning)
STARRING = Sheet(form=Starring)
IN_ERROR = Sheet(form=WrongRecordById, formsets={"participants": ExpectedPeople})


@policy.permission("write_records")
@extend_schema(request=schema_of(AMENDMENT, "Amendment"), responses={201: NotePartOut})
@api_view(["POST"])
def amendments(request, note_id):
    """New words beside the signed ones, with the reason; both stay."""
    parts = NotePart.objects.select_related("care_contact__episode")
    part = fetch(request._request, parts, may="write_records", pk=note_id)
    form, _ = AMENDMENT.read(request.data)
    return create_once(
        request,
        kind="api-amendment",
        make=lambda: actions.amend_note(part=part, by=request.user, **form.cleaned_data),
        show=lambda pk: NotePartOut(fetch(request._request, parts, pk=pk)).data,
    )


def _contact(request, contact_id):
    whole = CareContact.objects.with_all()
    return fetch(request._request, whole, may="write_records", pk=contact_id)


TO_COUNTERSIGN = JsonList(CareContactOut, lambda reader, sites: waiting_for(reader, [sites]).with_all())


@policy.permission("write_records")
@extend_schema(responses={200: CareContactOut(many=True)})
@api_view(["GET"])
def to_countersign(request):
    """Trainees' signed notes that wait for the caller."""
    sites = list(request._request.scope.sites("supervise"))
    return Response(TO_COUNTERSIGN.page(request._request, reader=request.user.pk, sites=sites))


@policy.permission("write_records")
@extend_schema(request=schema_of(COUNTERSIGNING, "Countersigning"), responses={201: CountersignStepOut})
@api_view(["POST"])
def countersigning(request, contact_id):
    """A trainee's note was read: it stands, or is to be amended first."""
    contact = _contact(request, contact_id)
    form, _ = COUNTERSIGNING.read(request.data)
    steps = CountersignStep.objects.select_related("by")
    return create_once(
        request,
        kind="api-countersigning",
        make=lambda: countersigned(contact, form, request.user),
        show=lambda pk: CountersignStepOut(fetch(request._request, steps, pk=pk)).data,
    )


@policy.permission("write_records")
@extend_schema(request=schema_of(STARRING, "Starring"), responses={200: StarOut(many=True)})
@api_view(["POST"])
def star(request, contact_id):
    """Star a contact for supervision, or take the star off; answers the caller's stars on it."""
    contact = _contact(request, contact_id)
    form, _ = STARRING.read(request.data)
    if form.cleaned_data["star"]:
        actions.star_contact(contact=contact, by=request.user)
    else:
        actions.take_off_star(contact=contact, by=request.user)
    own = Star.objects.visible_to(request._request.scope).filter(
        care_contact=contact, starred_by=request.user
    )
    return Response(StarOut(own.shining(), many=True).data)


@policy.permission("write_records")
@extend_schema(request=schema_of(IN_ERROR, "ContactInError"), responses={201: InErrorOut})
@api_view(["POST"])
def in_error(request, contact_id):
    """Out of ordinary view, with the reason; given an episode or a reference, put where it belongs."""
    contact = _contact(request, contact_id)
    form, sets = IN_ERROR.read(request.data)
    to = episode_named(request._request, contact, **{name: form.cleaned_data[name] for name in NAMES})
    if to is None:
        reason = form.cleaned_data["reason"]
        actions.mark_contact_in_error(contact=contact, reason=reason, by=request.user)
        return Response({"refiled_as": None}, status=201)
    people = People(family_of(request._request, to.family_id))
    refiled = refiled_from(contact, to, people, form, sets["participants"], request.user)
    return Response({"refiled_as": refiled.pk}, status=201)
