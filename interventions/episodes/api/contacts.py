"""The API of care contacts, through the pages' own forms and actions."""

from dataclasses import replace

from django.db.models import BooleanField, ExpressionWrapper, F, Q
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.response import Response

from interventions.episodes.api.episodes import mine
from interventions.episodes.forms import (
    Colleagues,
    ExpectedPeople,
    NewContact,
    NewLiaison,
    NewMessage,
    Notes,
    Others,
    People,
)
from interventions.episodes.models import CareContact, ContactColleague, Intervention, NotePart, Participant
from interventions.episodes.sql import was_late, words_of_colleague
from interventions.episodes.views.contacts import contact_from, liaison_from, message_from
from interventions.episodes.views.notes import go_on_writing
from pairs.access import policy
from pairs.access.api import Sheet, schema_of
from pairs.access.described import extend_schema
from pairs.access.fetch import fetch, fetch_whole, with_family_id
from pairs.access.json_lists import JsonList
from pairs.access.prepared_records import PreparedRecords, attach_rows
from pairs.access.records import related_fields
from pairs.families.banner import caution_words
from pairs.families.opened import open_family
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
        sql = {"who": words_of_colleague}

    def get_who(self, colleague) -> str:
        return str(colleague)


class NotePartOut(serializers.ModelSerializer):
    class Meta:
        model = NotePart
        fields = [
            "id", "part", "subject", "infant", "dyad", "caregiver", "text", "signed_at", "amends",
            "amended_because", "carer_alone", "is_late",
        ]  # fmt: skip
        sql = {
            "carer_alone": ExpressionWrapper(Q(subject="caregiver"), BooleanField()),
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
    """What was recorded, and in ``warnings`` what keeps two of those who came apart: as the page says it first."""

    warnings = serializers.SerializerMethodField()

    class Meta(CareContactOut.Meta):
        fields = [*CareContactOut.Meta.fields, "warnings"]

    def get_warnings(self, contact) -> list[str]:
        came = [(row.infant_id or row.caregiver_id, row.attendance) for row in contact.participants.all()]
        return [caution_words(each) for each in self.context["people"].apart_of(came)]


CONTACT = Sheet(form=NewContact, formsets={"participants": ExpectedPeople, "others": Others})
MESSAGE = Sheet(form=NewMessage)
NOTES = Sheet(form=Notes)
LIAISON = Sheet(form=NewLiaison, formsets={"others": Others})


@policy.permission("read_families", POST="write_records")
@extend_schema(
    request=schema_of(CONTACT, "NewContact"),
    responses={200: CareContactOut(many=True), 201: RecordedContactOut},
)
@api_view(["GET", "POST"])
def contacts(request, episode_id):
    """GET: the episode's contacts, newest first. POST: record one, with everybody who was expected."""
    episode = mine(request, episode_id)
    if request.method == "GET":
        return Response(CONTACTS.page(request._request, episode=episode.pk))
    form, sets = CONTACT.read(request.data)
    people, others = _everybody(request, episode, sets)
    return create_once(
        request,
        kind="api-contact",
        make=lambda: contact_from(episode, people, form, sets["participants"], request.user, others=others()),
        show=lambda pk: _recorded(request, pk, people),
    )


def _whole():
    return CareContact.objects.with_all()


CONTACTS = JsonList(CareContactOut, lambda episode: _whole().filter(episode=episode).newest_first())


def _everybody(request, episode, sets):
    """The family's people, and what gives the colleagues that were sent."""
    family = open_family(request._request, episode.family_id).family
    colleagues = Colleagues.of_family(request.scope, family, but=request.user)
    return People(family), lambda: colleagues.of(sets["others"])


def _recorded(request, pk, people):
    return RecordedContactOut(_fetch_whole(request, pk), context={"people": people}).data


def _fetch_whole(request, pk):
    """``_whole`` of one contact, by one prepared statement."""
    parts = fetch_whole(request._request, _CONTACT, contact=pk)
    contact = parts["contact"][0]
    for name in ("participants", "colleagues", "notes", "interventions"):
        attach_rows(contact, name, parts[name])
    return contact


def _contact(scope, contact):
    """What the answer says of it: the contact in scope, and its rows by its id."""
    rows = {"care_contact": contact}
    contacts = CareContact.objects.visible_to(scope).filter(pk=contact)
    people = (
        Participant.objects.live().filter(**rows).order_by(F("infant").asc(nulls_last=True), "created_at")
    )
    colleagues = ContactColleague.objects.live().filter(**rows).select_related("user")
    return {
        "contact": with_family_id(contacts.select_related("practitioner", "episode")).only(
            *SHOWN, *related_fields("practitioner", "username"), *related_fields("episode", "site")
        ),
        "participants": people,
        "colleagues": colleagues.only(
            "name", "role", "organisation", *related_fields("user", *NAMES_OF_USER)
        ),
        "notes": NotePart.objects.live().filter(**rows).order_by("created_at"),
        "interventions": Intervention.objects.filter(contacts=contact).only("code"),
    }


NAMES_OF_USER = ("display_name", "username")
SHOWN = ("created_at", "kind", "starts_at", "minutes", "mechanism", "location", "signed_at", "countersigning")
_CONTACT = PreparedRecords(_contact)


@policy.permission("write_records")
@extend_schema(request=schema_of(LIAISON, "NewLiaison"), responses={201: CareContactOut})
@api_view(["POST"])
def liaisons(request, episode_id):
    """Spoken about the family with a colleague, the family not being there."""
    episode = mine(request, episode_id)
    form, sets = LIAISON.read(request.data)
    people, others = _everybody(request, episode, sets)
    return create_once(
        request,
        kind="api-liaison",
        make=lambda: liaison_from(episode, people, form, others(), request.user),
        show=lambda pk: _shown(request, pk),
    )


@policy.permission("write_records")
@extend_schema(request=schema_of(MESSAGE, "NewMessage"), responses={201: CareContactOut})
@api_view(["POST"])
def messages(request, episode_id):
    """A text or an e-mail, exchanged with one carer or more."""
    episode = mine(request, episode_id)
    people = People(open_family(request._request, episode.family_id).family)
    form, _ = replace(MESSAGE, kwargs={"people": people}).read(request.data)
    return create_once(
        request,
        kind="api-message",
        make=lambda: message_from(episode, people, form, request.user),
        show=lambda pk: _shown(request, pk),
    )


def _shown(request, pk):
    return CareContactOut(_fetch_whole(request, pk)).data


@policy.permission("read_families", "govern_records", PATCH="write_records")
@extend_schema(request=schema_of(NOTES, "UnsignedNote"), responses=CareContactOut)
@api_view(["GET", "PATCH"])
def contact(request, contact_id):
    """GET: one contact with its note. PATCH: go on writing a note of one's own that is not signed; or sign it."""
    may = "write_records" if request.method == "PATCH" else None
    found = fetch(request._request, _whole(), may=may, pk=contact_id)
    if request.method == "PATCH":
        known = {note.part: note.text for note in found.notes.all()}
        go_on_writing(found, NOTES.read_over({"sign": ""} | known, request.data), request.user)
    return Response(_shown(request, contact_id))
