"""API of care contacts."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, ExpressionWrapper, F, Q, QuerySet
from django.forms import BaseFormSet
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.serializer_helpers import ReturnDict

from interventions.episodes.api.episodes import get_episode_for_method
from interventions.episodes.forms import (
    ColleagueChoices,
    ColleagueFormSet,
    ExpectedPeopleFormSet,
    FamilyPeople,
    NewContactForm,
    NewLiaisonForm,
    NewMessageForm,
    NotesForm,
)
from interventions.episodes.models import (
    CareContact,
    ContactColleague,
    Episode,
    Intervention,
    NotePart,
    Participant,
)
from interventions.episodes.models.contacts import CareContactQuerySet
from interventions.episodes.rules import SubjectKind
from interventions.episodes.sql_expressions import build_colleague_text, was_late
from interventions.episodes.views.contacts import (
    create_contact_from_forms,
    create_liaison_from_forms,
    create_message_from_form,
)
from interventions.episodes.views.notes import save_unsigned_note
from pairs.access import policy
from pairs.access.api import FormInput, build_input_serializer
from pairs.access.api_descriptions import extend_schema
from pairs.access.json_lists import JsonList
from pairs.access.prepared_records import PreparedRecords, attach_rows
from pairs.access.records import list_related_fields
from pairs.access.scope import TemplateScope
from pairs.access.visible_records import annotate_family_id, get_parts_or_404, get_visible_or_404
from pairs.families.access import open_family
from pairs.families.banner import describe_caution
from pairs.submissions.api import create_once


class ParticipantOut(serializers.ModelSerializer):
    class Meta:
        model = Participant
        fields = ["infant", "caregiver", "attendance", "present", "seen", "observed"]


class ColleagueOut(serializers.ModelSerializer):
    who = serializers.SerializerMethodField()

    class Meta:
        model = ContactColleague
        fields = ["who", "name", "role", "organisation"]
        sql = {"who": build_colleague_text}

    def get_who(self, colleague: ContactColleague) -> str:
        return str(colleague)


class NotePartOut(serializers.ModelSerializer):
    class Meta:
        model = NotePart
        fields = [
            "id", "part", "subject", "infant", "dyad", "caregiver", "text", "signed_at", "amends",
            "amended_because", "carer_alone", "is_late",
        ]  # fmt: skip
        sql = {
            "carer_alone": ExpressionWrapper(Q(subject=SubjectKind.CAREGIVER), BooleanField()),
            "is_late": lambda: was_late("care_contact__", amends=None),
        }


class CareContactOut(serializers.ModelSerializer):
    participants = ParticipantOut(many=True)
    colleagues = ColleagueOut(many=True)
    notes = NotePartOut(many=True)
    interventions = serializers.SlugRelatedField(slug_field="code", many=True, read_only=True)
    practitioner = serializers.CharField(source="practitioner.username")

    class Meta:
        model = CareContact
        fields = [
            "id", "episode", "kind", "starts_at", "minutes", "mechanism", "location", "interventions",
            "practitioner", "signed_at", "countersigning", "is_late", "participants", "colleagues", "notes",
        ]  # fmt: skip
        sql = {"is_late": was_late}


class RecordedContactOut(CareContactOut):
    """A recorded contact; ``warnings``: cautions that people who came are to be kept apart."""

    warnings = serializers.SerializerMethodField()

    class Meta(CareContactOut.Meta):
        fields = [*CareContactOut.Meta.fields, "warnings"]

    def get_warnings(self, contact: CareContact) -> list[str]:
        came = [(row.infant_id or row.caregiver_id, row.attendance) for row in contact.participants.all()]
        return [describe_caution(each) for each in self.context["people"].list_cautions_among(came)]


CONTACT_INPUT = FormInput(
    form=NewContactForm, formsets={"participants": ExpectedPeopleFormSet, "others": ColleagueFormSet}
)
MESSAGE_INPUT = FormInput(form=NewMessageForm)
NOTES_INPUT = FormInput(form=NotesForm)
LIAISON_INPUT = FormInput(form=NewLiaisonForm, formsets={"others": ColleagueFormSet})


@policy.permission("read_families", POST="write_records")
@extend_schema(
    request=build_input_serializer(CONTACT_INPUT, "NewContact"),
    responses={200: CareContactOut(many=True), 201: RecordedContactOut},
)
@api_view(["GET", "POST"])
def list_or_record_contacts(request: Request, episode_id: UUID) -> Response:
    """GET: the episode's contacts, newest first. POST: record a contact, with everybody who was expected."""
    episode = get_episode_for_method(request, episode_id)
    if request.method == "GET":
        return Response(CONTACT_LIST.page(request._request, episode=episode.pk))
    form, sets = CONTACT_INPUT.read(request.data)
    people, others = _load_people_and_colleagues(request, episode, sets)
    return create_once(
        request,
        kind="api-contact",
        make=lambda: create_contact_from_forms(
            episode, people, form, sets["participants"], request.user, others=others()
        ),
        show=lambda pk: _serialize_recorded_contact(request, pk, people),
    )


def _query_contacts() -> CareContactQuerySet:
    return CareContact.objects.with_all()


CONTACT_LIST = JsonList(
    CareContactOut, lambda episode: _query_contacts().filter(episode=episode).newest_first()
)


def _load_people_and_colleagues(
    request: Request, episode: Episode, sets: dict[str, BaseFormSet]
) -> tuple[FamilyPeople, Callable[..., Any]]:
    """(the family's people, a function that returns the colleagues sent)."""
    family = open_family(request._request, episode.family_id).family
    colleagues = ColleagueChoices.of_family(request.scope, family, but=request.user)
    return FamilyPeople(family), lambda: colleagues.of(sets["others"])


def _serialize_recorded_contact(request: Request, pk: UUID, people: FamilyPeople) -> ReturnDict:
    return RecordedContactOut(_fetch_contact(request, pk), context={"people": people}).data


def _fetch_contact(request: Request, pk: UUID) -> CareContact:
    """One contact with its related rows, by one prepared statement."""
    parts = get_parts_or_404(request._request, _PREPARED_CONTACT, contact=pk)
    contact = parts["contact"][0]
    for name in ("participants", "colleagues", "notes", "interventions"):
        attach_rows(contact, name, parts[name])
    return contact


def _build_contact_queries(scope: TemplateScope, contact: UUID) -> dict[str, QuerySet[Any]]:
    """The contact in scope, and its related rows by its id."""
    rows = {"care_contact": contact}
    contacts = CareContact.objects.visible_to(scope).filter(pk=contact)
    people = (
        Participant.objects.live().filter(**rows).order_by(F("infant").asc(nulls_last=True), "created_at")
    )
    colleagues = ContactColleague.objects.live().filter(**rows).select_related("user")
    return {
        "contact": annotate_family_id(contacts.select_related("practitioner", "episode")).only(
            *CONTACT_COLUMNS,
            *list_related_fields("practitioner", "username"),
            *list_related_fields("episode", "site"),
        ),
        "participants": people,
        "colleagues": colleagues.only(
            "name", "role", "organisation", *list_related_fields("user", *USER_NAME_COLUMNS)
        ),
        "notes": NotePart.objects.live().filter(**rows).order_by("created_at"),
        "interventions": Intervention.objects.filter(contacts=contact).only("code"),
    }


USER_NAME_COLUMNS = ("display_name", "username")
CONTACT_COLUMNS = (
    "created_at",
    "kind",
    "starts_at",
    "minutes",
    "mechanism",
    "location",
    "signed_at",
    "countersigning",
)
_PREPARED_CONTACT = PreparedRecords(_build_contact_queries)


@policy.permission("write_records")
@extend_schema(request=build_input_serializer(LIAISON_INPUT, "NewLiaison"), responses={201: CareContactOut})
@api_view(["POST"])
def record_liaison_api(request: Request, episode_id: UUID) -> Response:
    """Record a liaison: a conversation about the family with a colleague, without the family."""
    episode = get_episode_for_method(request, episode_id)
    form, sets = LIAISON_INPUT.read(request.data)
    people, others = _load_people_and_colleagues(request, episode, sets)
    return create_once(
        request,
        kind="api-liaison",
        make=lambda: create_liaison_from_forms(episode, people, form, others(), request.user),
        show=lambda pk: _serialize_contact(request, pk),
    )


@policy.permission("write_records")
@extend_schema(request=build_input_serializer(MESSAGE_INPUT, "NewMessage"), responses={201: CareContactOut})
@api_view(["POST"])
def record_message_api(request: Request, episode_id: UUID) -> Response:
    """Record a text message or e-mail exchanged with one or more carers."""
    episode = get_episode_for_method(request, episode_id)
    people = FamilyPeople(open_family(request._request, episode.family_id).family)
    form, _ = replace(MESSAGE_INPUT, kwargs={"people": people}).read(request.data)
    return create_once(
        request,
        kind="api-message",
        make=lambda: create_message_from_form(episode, people, form, request.user),
        show=lambda pk: _serialize_contact(request, pk),
    )


def _serialize_contact(request: Request, pk: UUID) -> ReturnDict:
    return CareContactOut(_fetch_contact(request, pk)).data


@policy.permission("read_families", "govern_records", PATCH="write_records")
@extend_schema(request=build_input_serializer(NOTES_INPUT, "UnsignedNote"), responses=CareContactOut)
@api_view(["GET", "PATCH"])
def show_or_edit_contact(request: Request, contact_id: UUID) -> Response:
    """GET: one contact with its note. PATCH: edit your own unsigned note, or sign it."""
    may = "write_records" if request.method == "PATCH" else None
    found = get_visible_or_404(request._request, _query_contacts(), may=may, pk=contact_id)
    if request.method == "PATCH":
        known = {note.part: note.text for note in found.notes.all()}
        save_unsigned_note(found, NOTES_INPUT.read_patch({"sign": ""} | known, request.data), request.user)
    return Response(_serialize_contact(request, contact_id))
