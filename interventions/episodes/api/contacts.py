"""API of care contacts."""

from typing import Any
from uuid import UUID

from django.db.models import BooleanField, ExpressionWrapper, F, Q, QuerySet
from rest_framework import serializers

from interventions.episodes.models import (
    CareContact,
    ContactColleague,
    Intervention,
    NotePart,
    Participant,
)
from interventions.episodes.record_forms.contacts import RecordContact, RecordLiaison, RecordMessage
from interventions.episodes.record_forms.notes import EditNote
from interventions.episodes.rules import SubjectKind
from interventions.episodes.sql_expressions import build_colleague_text, was_late
from pairs.access import policy
from pairs.access.json_lists import JsonList, JsonRows
from pairs.access.prepared_records import PreparedRecords, attach_rows
from pairs.access.records import list_related_fields
from pairs.access.requests import ScopedRequest
from pairs.access.scope import TemplateScope
from pairs.access.visible_records import annotate_family_id, get_parts_or_404
from pairs.api.views import ActionApi, ApiView, ListApi, RecordApi
from pairs.families.banner import describe_caution


class ParticipantOut(serializers.ModelSerializer):
    class Meta:
        model = Participant
        fields = ["infant", "caregiver", "attendance", "present", "seen", "observed"]


class ContactColleagueOut(serializers.ModelSerializer):
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
    colleagues = ContactColleagueOut(many=True)
    notes = NotePartOut(many=True)
    interventions = serializers.SlugRelatedField(slug_field="code", many=True, read_only=True)

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
        found = self.context["people"].list_cautions_among(came, contact.location)
        return [describe_caution(each) for each in found]


CONTACT_LIST = JsonList(
    CareContactOut, lambda episode: CareContact.objects.with_all().filter(episode=episode).newest_first()
)


class ContactApi(ApiView):
    """Shows contacts."""

    serializer_class = CareContactOut

    def get_shown_record(self, pk: UUID) -> CareContact:
        return _get_contact(self.request, pk)


@policy.permission("read_families", POST="write_records")
class ContactList(RecordContact, ContactApi, ListApi):
    """GET: the episode's contacts, newest first. POST: record a contact, with everybody who was expected."""

    created_class = RecordedContactOut

    def get_serializer_context(self) -> dict[str, Any]:
        return {"people": self.people}

    def get_rows(self) -> JsonRows:
        return CONTACT_LIST.rows(self.request, episode=self.record.pk)


@policy.permission("write_records")
class LiaisonList(RecordLiaison, ContactApi, ActionApi):
    """Record a liaison: a conversation about the family with a colleague, without the family."""


@policy.permission("write_records")
class MessageList(RecordMessage, ContactApi, ActionApi):
    """Record a text message or e-mail exchanged with one or more carers."""


@policy.permission("read_families", "govern_records", PATCH="write_records")
class ContactDetail(EditNote, ContactApi, RecordApi):
    """GET: one contact with its note. PATCH: edit your own unsigned note, or sign it."""

    def get_record(self, may: Any) -> CareContact:
        return _get_contact(self.request, self.record_id, may)


def _get_contact(request: ScopedRequest, pk: UUID, may: Any = None) -> CareContact:
    """One contact with its related rows, by one prepared statement."""
    parts = get_parts_or_404(request, _PREPARED_CONTACT, may=may, contact=pk)
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
        "contact": annotate_family_id(contacts.select_related("episode")).only(
            *CONTACT_COLUMNS, *list_related_fields("episode", "site")
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
    "created_at", "kind", "starts_at", "minutes", "mechanism", "location", "practitioner", "signed_at",
    "countersigning",
)  # fmt: skip
_PREPARED_CONTACT = PreparedRecords(_build_contact_queries)
