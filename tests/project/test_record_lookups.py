"""A record found by its id, with SQL compiled once, is there for exactly those whom ``visible_to`` shows it."""

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model

from pairs.access.record_lookups import find_visible, get_kept_lookup
from pairs.access.records import Record
from pairs.access.scope import load_scope
from tests.project.crawler import choose_some_people
from tests.project.expected_access import CAST

pytestmark = pytest.mark.prove


def list_record_models():
    return [model for model in apps.get_models() if issubclass(model, Record)]


def read_fields(record):
    return {field.attname: getattr(record, field.attname) for field in record._meta.concrete_fields}


def compare_lookups(model, scope):
    """(ids that were compared, those among them that are found), and a problem for each that differs."""
    ids = list(model._base_manager.values_list("pk", flat=True)[:40])
    shown = model.objects.visible_to(scope).in_bulk(ids)
    found = {pk: find_visible(model.objects.all(), scope, pk, within="visible_to") for pk in ids}
    found = {pk: record for pk, record in found.items() if record}
    problems = [str(pk) for pk in found.keys() ^ shown.keys()]
    problems += [
        str(pk) for pk in found.keys() & shown.keys() if read_fields(found[pk]) != read_fields(shown[pk])
    ]
    return ids, found, problems


def test_it_is_there_for_exactly_those_whom_its_queryset_shows_it_and_says_the_same(sample_and_clients):
    people = {user.username: load_scope(user) for user in get_user_model().objects.filter(username__in=CAST)}
    wrong, compared, found_all = [], 0, 0
    for model in list_record_models():
        for who in choose_some_people(list(people), model._meta.label):
            ids, found, problems = compare_lookups(model, people[who])
            compared, found_all = compared + len(ids), found_all + len(found)
            wrong += [f"{model._meta.label} as {who}: {each}" for each in problems]
    assert wrong == []
    assert 100 < found_all < compared


def test_every_model_of_a_record_is_looked_up_so():
    """Else a page of one of them would be slower than those of all others, and nobody would know."""
    plain = [
        model for model in list_record_models() if not get_kept_lookup(model.objects.all(), "visible_to")
    ]
    assert plain == []
