"""Drafts that colleagues write in turn: neither a stale version nor a save in the same moment undoes another's."""

import pytest
from django.urls import reverse

from interventions.endings.actions import begin_keepsake
from interventions.endings.models import Keepsake
from pairs.submissions.edits import SAME_MOMENT
from referrals.models import Concern
from tests.form_client import list_standing_values
from tests.project.form_filling import parse_form

pytestmark = pytest.mark.django_db


@pytest.fixture
def keepsake(episode, me):
    return begin_keepsake(dyad=episode.focus.first(), asked_for=False, by=me)


def post_json(client, address, payload, **headers):
    return client.post(address, payload, content_type="application/json", headers=headers)


def test_a_keepsake_is_replaced_in_the_version_that_was_read(keepsake, client):
    address = reverse("api-keepsake", args=[keepsake.pk])
    read = client.get(address)["ETag"]
    assert post_json(client, address, {"title": "First", "lines": []}, if_match=read).status_code == 201
    late = post_json(client, address, {"title": "Second", "lines": []}, if_match=read)
    assert (late.status_code, list(late.json()["errors"])) == (412, [""])
    assert Keepsake.objects.get(pk=keepsake.pk).title == "First"
    now = client.get(address)["ETag"]
    assert post_json(client, address, {"title": "Second", "lines": []}, if_match=now).status_code == 201


def test_an_ending_is_replaced_in_the_version_that_was_read(episode, client):
    address = reverse("api-ending", args=[episode.pk])
    read = client.get(address)["ETag"]
    first = post_json(client, address, {"draft": True, "summary": "She sings to him"}, if_match=read)
    assert first.status_code == 201, first.content
    late = post_json(client, address, {"draft": True, "helped": "Films"}, if_match=read)
    assert late.status_code == 412
    assert client.get(address).json()["ending"]["summary"] == "She sings to him"


def test_what_a_colleague_saves_in_the_same_moment_is_not_saved_over(keepsake, client, monkeypatch):
    """Between the page's reading of the draft and its lock."""
    from interventions.endings.record_forms import WriteKeepsake

    address = reverse("keepsake", args=[keepsake.pk])
    shown = list_standing_values(parse_form(client.get(address).content.decode()))
    lock = WriteKeepsake.lock_row

    def lock_after_a_colleague(self):
        Keepsake.objects.get(pk=keepsake.pk).change(title="A colleague's")
        lock(self)

    monkeypatch.setattr(WriteKeepsake, "lock_row", lock_after_a_colleague)
    answer = client.post(address, shown | {"title": "Mine"})
    assert (answer.status_code, SAME_MOMENT in answer.content.decode()) == (200, True)
    assert Keepsake.objects.get(pk=keepsake.pk).title != "Mine"


def test_two_who_reword_a_concern_see_each_others_words(cast, client):
    concern = Concern.objects.offered().first()
    client.force_login(cast["supervisor"])
    address = f"{reverse('relationship-concern-rewording')}?concern={concern.code}"
    first = list_standing_values(parse_form(client.get(address).content.decode()))
    second = list_standing_values(parse_form(client.get(address).content.decode()))
    assert client.post(address, first | {"family_voice": "I miss my sleep"}).status_code == 302
    page = client.post(address, second | {"professional_voice": "Parent is short of sleep"})
    assert "I miss my sleep" in page.content.decode()
    offered = Concern.objects.offered().get(code=concern.code)
    assert (offered.family_voice, offered.version) == ("I miss my sleep", concern.version + 1)
    again = list_standing_values(parse_form(page.content.decode())) | {"family_voice": "I miss my sleep"}
    assert client.post(address, again).status_code == 302
    offered = Concern.objects.offered().get(code=concern.code)
    assert (offered.family_voice, offered.professional_voice) == (
        "I miss my sleep",
        "Parent is short of sleep",
    )
