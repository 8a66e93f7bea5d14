"""API of notes: amend, countersign, star, mark as entered in error, refile."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from rest_framework import serializers

from interventions.episodes.api.contacts import CareContactOut, NotePartOut
from interventions.episodes.models import (
    CountersignStep,
    StarredContact,
    query_notes_to_countersign,
)
from interventions.episodes.record_forms.notes import AmendNote, CountersignNote, StarContact
from interventions.episodes.record_forms.refiling import MarkContactInError
from pairs.access import policy
from pairs.access.json_lists import JsonList, JsonRows
from pairs.access.visible_records import list_visible
from pairs.api.views import ActionApi, ListApi


class CountersignStepOut(serializers.ModelSerializer):
    class Meta:
        model = CountersignStep
        fields = ["id", "care_contact", "status", "reason", "by", "created_at"]


class StarredContactOut(serializers.ModelSerializer):
    class Meta:
        model = StarredContact
        fields = ["id", "care_contact", "created_at", "taken_off_at"]


class ContactStarsOut(serializers.Serializer):
    """A contact with your own stars on it: one, or none."""

    id = serializers.UUIDField()
    stars = StarredContactOut(many=True)


class ContactInErrorOut(serializers.Serializer):
    """``refiled_as``: the contact in the right record, if one was named."""

    refiled_as = serializers.UUIDField(allow_null=True)


@policy.permission("write_records")
class AmendmentList(AmendNote, ActionApi):
    """Amend a signed part of a note, with the reason; both texts are kept."""

    serializer_class = NotePartOut

    def get_shown_records(self) -> QuerySet[Any]:
        return self.get_records()


COUNTERSIGN_LIST = JsonList(
    CareContactOut, lambda reader, sites: query_notes_to_countersign(reader, [sites]).with_all()
)


@policy.permission("write_records")
class NotesToCountersign(ListApi):
    """Trainees' signed notes that are waiting for you to countersign."""

    serializer_class = CareContactOut

    def get_rows(self) -> JsonRows:
        sites = list(self.request.scope.sites("supervise"))
        return COUNTERSIGN_LIST.rows(self.request, reader=self.request.user.pk, sites=sites)


@policy.permission("write_records")
class NoteCountersigning(CountersignNote, ActionApi):
    """Countersign a trainee's note, or ask for an amendment first."""

    serializer_class = CountersignStepOut


@policy.permission("write_records")
class ContactStar(StarContact, ActionApi):
    """Star a contact for supervision, or remove the star."""

    serializer_class = ContactStarsOut

    def get_shown_record(self, pk: UUID) -> dict[str, Any]:
        mine = StarredContact.objects.active().filter(care_contact=pk, starred_by=self.request.user)
        return {"id": pk, "stars": list_visible(self.request, mine)}


@policy.permission("write_records")
class ContactInError(MarkContactInError, ActionApi):
    """Mark a contact as entered in error, with the reason; given an episode or reference, refile it there."""

    serializer_class = ContactInErrorOut

    def get_shown_record(self, pk: UUID) -> dict[str, Any]:
        return {"refiled_as": None if pk == self.record.pk else pk}
