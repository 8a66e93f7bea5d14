"""The API's lists are read as JSON: to the byte what the serializer writes of the models, in scope and logged."""

import pytest
from django.db.models import F
from rest_framework import serializers
from rest_framework.renderers import JSONRenderer

from interventions.episodes.actions import amend_note
from interventions.episodes.api.contacts import CareContactOut
from interventions.episodes.api.episodes import EpisodeOut
from interventions.episodes.models import CareContact, ContactColleague, Episode
from pairs.access.json_fields import build_row_json
from pairs.access.scope import load_scope
from pairs.api.pagination import RecordPagination
from pairs.audit.models import AccessEntry
from pairs.families.api.families import FamilyOut
from pairs.families.models import Caregiver, Dyad, Family
from tests.unit.episodes.factories import make_contact, make_episode
from tests.unit.families.factories import make_family

pytestmark = pytest.mark.django_db


@pytest.fixture
def episode(me):
    return make_episode(me, infants=2)


def render_by_serializer(serializer, rows):
    found = serializer(rows, many=True).data
    return JSONRenderer().render({"count": len(found), "next": None, "previous": None, "results": found})


def get_latest_entry():
    return AccessEntry.objects.order_by("-at").first()


def add_colleague(contact, **who):
    return ContactColleague.objects.create(care_contact=contact, **who)


def test_contacts_with_late_notes_amendments_and_colleagues(episode, me, cast, client):
    late, prompt = make_contact(episode, me, days_ago=9), make_contact(episode, me, days_ago=0, sign=False)
    amend_note(part=late.notes.first(), by=me, text="We sang.", reason="A wrong word.")
    add_colleague(late, user=cast["hub"])
    add_colleague(late, name="Nour", role="Health visitor", organisation="Example Trust")
    add_colleague(prompt, name="Ana")
    add_colleague(prompt, name="Bo", organisation="Example Trust")
    rows = CareContact.objects.with_all().filter(episode=episode).newest_first()
    answer = client.get(f"/api/v1/episodes/{episode.pk}/contacts/")
    assert answer.content == render_by_serializer(CareContactOut, rows)
    found = answer.json()["results"]
    assert [each["is_late"] for each in found] == [False, True]
    assert [each["who"] for each in found[0]["colleagues"]] == ["Ana", "Bo (Example Trust)"]
    assert get_latest_entry().listed == [episode.family_id]


def test_how_late_is_late_is_asked_when_the_setting_changes(episode, me, client, settings):
    make_contact(episode, me, days_ago=9)
    for hours, is_late in ((24, True), (24 * 30, False)):
        settings.LATE_ENTRY_HOURS = hours
        answer = client.get(f"/api/v1/episodes/{episode.pk}/contacts/").json()
        assert answer["results"][0]["is_late"] is is_late


def test_families_with_a_baby_who_is_held_in_another(episode, me, client):
    other = make_family(reference="O")
    foster = Caregiver.objects.create(family=episode.family, given_name="Fay")
    for carer in (foster, episode.family.caregivers.exclude(pk=foster.pk).first()):
        Dyad.objects.create(
            family=episode.family, infant=other.infants.get(), caregiver=carer, relationship="foster_carer"
        )
    rows = Family.objects.with_people().visible_to(load_scope(me)).order_by("-created_at", "id")
    answer = client.get("/api/v1/families/")
    assert JSONRenderer().render(answer.json()["results"]) == JSONRenderer().render(
        FamilyOut(rows, many=True).data
    )
    assert [len(each["infants"]) for each in answer.json()["results"]] == [1, 3]
    assert set(get_latest_entry().listed) == {episode.family_id, other.pk}


def test_episodes_and_hidden_records_in_them(episode, me, client):
    rows = Episode.objects.visible_to(load_scope(me)).order_by("-opened_on", "id")
    assert client.get("/api/v1/episodes/").content == render_by_serializer(EpisodeOut, rows)
    episode.uses.update(sealed_at=F("created_at"))
    assert client.get("/api/v1/episodes/").json()["results"][0]["interventions"] == []


def test_page_by_page(me, client, monkeypatch):
    monkeypatch.setattr(RecordPagination, "page_size", 2)
    episodes = [make_episode(me, reference=str(number), days_ago=number) for number in range(3)]
    for page, shown in (("1", episodes[:2]), ("2", episodes[2:])):
        answer = client.get("/api/v1/episodes/", {"page": page}).json()
        assert (answer["count"], [each["id"] for each in answer["results"]]) == (
            3,
            [str(e.pk) for e in shown],
        )
        assert (bool(answer["previous"]), bool(answer["next"])) == (page == "2", page == "1")
        assert set(get_latest_entry().listed) == {episode.family_id for episode in shown}
    for page in ("99", "x"):
        assert client.get("/api/v1/episodes/", {"page": page}).status_code == 404


def test_nobody_lists_what_is_out_of_their_scope(episode, me, cast, client):
    make_contact(episode, me)
    client.force_login(cast["hyndburn"])
    assert client.get("/api/v1/families/").json()["results"] == []
    assert client.get("/api/v1/episodes/").json()["results"] == []
    assert client.get(f"/api/v1/episodes/{episode.pk}/contacts/").status_code == 404
    client.force_login(cast["manager"])
    assert client.get("/api/v1/families/").status_code == 403


def test_a_list_costs_the_same_at_any_length(episode, me, client, django_assert_num_queries):
    client.get("/api/v1/episodes/")  # the first answer of a minute writes the session
    for number in range(3):
        with django_assert_num_queries(6):  # session, person with scope, episode, count, rows, access log
            client.get(f"/api/v1/episodes/{episode.pk}/contacts/")
        make_contact(episode, me, days_ago=number)


def test_a_field_without_a_column_is_refused_when_it_is_compiled():
    class Named(serializers.ModelSerializer):
        name = serializers.CharField()

        class Meta:
            model = Caregiver
            fields = ["id", "name"]

    with pytest.raises(ValueError, match=r"Named\.name is no column"):
        build_row_json(Named(), Caregiver.objects.all())
