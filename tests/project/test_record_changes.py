"""Every tracked model's changes are found, told in words, and only to whoever governs the record."""

import re

import pytest
from django.db.models import Q

from pairs.access.records import Record
from pairs.access.scope import load_scope
from pairs.families.family_paths import get_family_path
from pairs.families.field_words import get_field_label
from pairs.service.models import User
from reporting.dashboards.changes.histories import (
    ChangesAsked,
    list_histories,
    query_changes,
    query_history,
)
from reporting.dashboards.changes.presenting import present_changes
from reporting.dashboards.changes.versions import load_changes, load_families
from reporting.dashboards.changes.words import get_record_label, list_shown_fields

WHERE = "blackburn"
HISTORIES = list_histories()
ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-")


@pytest.fixture(scope="module")
def family(sample_and_clients):
    homes, _ = sample_and_clients
    return homes[WHERE].family.pk


@pytest.fixture(scope="module")
def governance(sample_and_clients):
    return load_scope(User.objects.get(username="governance"))


@pytest.fixture(scope="module")
def found(family, governance):
    """All the changes of one family."""
    return load_changes(query_changes(governance, ChangesAsked(family=family)))


@pytest.mark.parametrize("history", HISTORIES, ids=lambda each: each.pgh_tracked_model._meta.label)
def test_every_field_of_every_tracked_model_has_words(history):
    model = history.pgh_tracked_model
    labels = [get_record_label(model), *map(get_field_label, list_shown_fields(model))]
    assert [each for each in labels if "_" in each or not each[:1].isupper() or each in ("Id", "Pk")] == []
    secret = getattr(model, "privacy", {}).get("secret", "").split()
    assert not {field.name for field in list_shown_fields(model)} & set(secret)


def test_every_model_with_rows_of_the_family_is_found(family, found):
    kept = {
        history.pgh_tracked_model
        for history in HISTORIES
        if (path := get_family_path(history.pgh_tracked_model))
        and history.objects.filter(Q(**{"pgh_obj_id" if path == "id" else path: family})).exists()
    }
    sealed_or_of_two = {
        each
        for each in kept
        if issubclass(each, Record) and not each._base_manager.filter(sealed_at=None).exists()
    }
    assert {change.model for change in found} == kept - sealed_or_of_two
    assert len(kept) > 60


def test_every_change_is_told_in_words_and_without_an_id(found, governance):
    shown = present_changes(governance, found)
    texts = [
        (each.title, field.label, value)
        for each in shown
        for field in each.fields
        for value in (field.before, field.after)
    ]
    assert len(texts) > 1000
    assert [each for each in texts if ID.search(each[2]) or each[2] in ("None", "True", "False")] == []


def test_every_change_is_of_this_family(family, found):
    assert set(load_families(found).values()) == {family}


@pytest.mark.parametrize("username", ["blackburn", "supervisor", "manager", "administrator", "peer", "hub"])
def test_nobody_else_finds_a_change_of_a_familys_record(sample_and_clients, family, username):
    scope = load_scope(User.objects.get(username=username))
    of_families = [each for each in HISTORIES if issubclass(each.pgh_tracked_model, Record)]
    seen = {
        history.pgh_tracked_model._meta.label
        for history in of_families
        if query_history(history, scope, ChangesAsked()).exists()
    }
    assert seen == set()


def test_what_two_people_say_in_supervision_stays_between_them(sample_and_clients, governance):
    private = {"supervision.SupervisionNote", "supervision.SupervisionSession", "supervision.AgendaItem"}
    histories = [each for each in HISTORIES if each.pgh_tracked_model._meta.label in private]
    assert len(histories) == len(private)
    assert all(each.objects.exists() for each in histories)
    assert not any(query_history(each, governance, ChangesAsked()).exists() for each in histories)
