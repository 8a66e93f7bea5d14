"""The API of care contacts, through the pages' own forms and actions."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.response import Response

from interventions.episodes.api.episodes import mine
from interventions.episodes.forms import (
    ExpectedPeople,
    NewContact,
    People,
)
from interventions.episodes.models import CareContact, NotePart, Participant
from interventions.episodes.views.contacts import contact_from
from pairs.access import policy
from pairs.access.api import Sheet, schema_of
from pairs.access.fetch import fetch, fetch_page
from pairs.families.banner import caution_words
from pairs.families.opened import family_of
from pairs.submissions.api import create_once


class ParticipantOut(serializers.ModelSerializer):
    class Meta:
        model = Participant
        fields = ["infant", "caregiver", "attendance"]


class NotePartOut(serializers.ModelSerializer):
    class Meta:
        model = NotePart
        fields = [
            "id", "part", "subject", "infant", "dyad", "caregiver", "text", "signed_at", "amends",
            "amended_because",
        ]  # fmt: skip


class CareContactOut(serializers.ModelSerializer):
    participants = ParticipantOut(many=True)
    notes = NotePartOut(many=True)
    interventions = serializers.SlugRelatedField(slug_field="code", many=True, read_only=True)
    practitioner = serializers.CharField(source="practitioner.username")

    class Meta:
        model = CareContact
        fields = [
            "id", "episode", "starts_at", "minutes", "mechanism", "location", "interventions",
            "practitioner", "signed_at", "participants", "notes",
        ]  # fmt: skip


class RecordedContactOut(CareContactOut):
    """What was recorded, and in ``warnings`` what keeps two of those who came apart: as the page says it first."""

    warnings = serializers.SerializerMethodField()

    class Meta(CareContactOut.Meta):
        fields = [*CareContactOut.Meta.fields, "warnings"]

    def get_warnings(self, contact) -> list[str]:
        came = [(row.infant_id or row.caregiver_id, row.attendance) for row in contact.participants.all()]
        return [caution_words(each) for each in self.context["people"].apart_of(came)]


CONTACT = Sheet(form=NewContact, formsets={"participants": ExpectedPeople})


@policy.permission("read_families", POST="write_records")
@extend_schema(
    request=schema_of(CONTACT, "NewContact"),
    responses={200: CareContactOut(many=True), 201: RecordedContactOut},
)
@api_view(["GET", "POST"])
def contacts(request, episode_id):
    """GET: the episode's contacts, newest first. POST: record one, with everybody who was expected."""
    episode = mine(request, episode_id)
    whole = CareContact.objects.with_all()
    if request.method == "GET":
        page = fetch_page(request._request, whole.filter(episode=episode).newest_first())
        results = CareContactOut(page.object_list, many=True).data
        return Response({"pages": page.paginator.num_pages, "results": results})
    form, formsets = CONTACT.read(request.data)
    people = People(family_of(request._request, episode.family_id))
    return create_once(
        request,
        kind="api-contact",
        make=lambda: contact_from(episode, people, form, formsets["participants"], request.user),
        show=lambda pk: _recorded(fetch(request._request, whole, pk=pk), people),
    )


def _recorded(contact, people):
    return RecordedContactOut(contact, context={"people": people}).data
