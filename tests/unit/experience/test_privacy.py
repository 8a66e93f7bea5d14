"""Nothing in the database joins an answer to whoever gave it: every table is looked at before and after."""

import pytest
from django.apps import apps
from django.db import DatabaseError, models
from django.utils import timezone

from outcomes.experience.actions import ask_for_experience
from outcomes.experience.models import ExperienceAnswer, ExperienceInvitation, ExperienceLink
from pairs.audit.models import AccessEntry
from tests.unit.experience.conftest import LINK_PATH, LINK_TOKEN

pytestmark = pytest.mark.django_db
ANSWER_DATA = {"overall": "1", "words": "What only I would say"}
ANSWER_LABEL = "experience.ExperienceAnswer"


def list_every_row():
    """{table: its rows as texts}: histories, contexts, access log, sessions, drafts, tallies and all the rest."""
    return {
        model._meta.label: sorted(map(str, model._base_manager.values()))
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy
    }


def find_changes(before, after):
    """{table: (rows gone, rows new)} of those that differ."""
    return {
        label: (len(set(before[label]) - set(after[label])), len(set(after[label]) - set(before[label])))
        for label in before
        if before[label] != after[label]
    }


@pytest.fixture
def invitation(episode, cast):
    return ask_for_experience(
        episode=episode,
        caregiver=episode.family.caregivers.get(),
        token=LINK_TOKEN,
        thought_about=False,
        lost=False,
        by=cast["blackburn"],
    )


def test_an_answer_takes_away_one_row_and_adds_one_and_touches_no_other_table(client, invitation):
    before = list_every_row()
    assert client.get(LINK_PATH).status_code == 200
    assert client.post(LINK_PATH, {"trust": "9"}).status_code == 200
    assert client.post(LINK_PATH, ANSWER_DATA).status_code == 302
    assert client.get(LINK_PATH).status_code == 404
    assert find_changes(before, list_every_row()) == {
        ANSWER_LABEL: (0, 1),
        "experience.ExperienceLink": (1, 0),
    }


def test_who_was_asked_is_the_same_row_before_and_after(client, invitation):
    history = apps.get_model("experience", "ExperienceInvitationEvent").objects
    before = ExperienceInvitation.objects.values().get(), list(history.values())
    client.post(LINK_PATH, ANSWER_DATA)
    assert (ExperienceInvitation.objects.values().get(), list(history.values())) == before


def test_an_answer_has_no_key_but_its_sites_and_no_moment():
    fields = ExperienceAnswer._meta.concrete_fields
    keys = [field.name for field in fields if isinstance(field, models.ForeignKey)]
    days = [field.name for field in fields if isinstance(field, models.DateField)]
    assert (keys, days) == (["site"], ["month"])
    assert [each for each in ExperienceAnswer._meta.get_fields() if each.auto_created] == []
    assert {each.name for each in ExperienceLink._meta.get_fields()} == {"token_hash", "site", "last_day"}


def dump_other_tables():
    return str({label: rows for label, rows in list_every_row().items() if label != ANSWER_LABEL})


def test_no_table_holds_the_number_of_an_answer_or_the_link(client, invitation):
    client.post(LINK_PATH, ANSWER_DATA)
    answer, text = ExperienceAnswer.objects.get(), dump_other_tables()
    for secret in (str(answer.pk), answer.pk.hex, LINK_TOKEN, ANSWER_DATA["words"]):
        assert secret not in text


def test_a_paper_answer_leaves_no_link_to_who_typed_it(sign_in_as):
    month = f"{timezone.localdate():%Y-%m}"
    sign_in_as("manager").post(
        "/experience/new-paper-answer/", ANSWER_DATA | {"site": "blackpool", "month": month}
    )
    answer, text = ExperienceAnswer.objects.get(), dump_other_tables()
    for secret in (str(answer.pk), answer.pk.hex, ANSWER_DATA["words"]):
        assert secret not in text


def test_opening_the_link_is_in_no_access_log(client, invitation):
    client.get(LINK_PATH)
    client.post(LINK_PATH, ANSWER_DATA)
    client.get(LINK_PATH)
    assert not AccessEntry.objects.exists()


def test_an_answer_is_changed_by_nobody(client, invitation):
    client.post(LINK_PATH, ANSWER_DATA)
    with pytest.raises(DatabaseError, match="Cannot"):
        ExperienceAnswer.objects.update(trust=1)
