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


def test_it_is_there_for_exactly_those_whom_its_queryset_shows_it(sample_and_clients):
    wrong, compared, seen = [], 0, set()
    people = {user.username: load_scope(user) for user in get_user_model().objects.filter(username__in=CAST)}
    for model in list_record_models():
        ids = list(model._base_manager.values_list("pk", flat=True)[:40])
        for who in choose_some_people(list(people), model._meta.label):
            shown = set(model.objects.visible_to(people[who]).values_list("pk", flat=True))
            found = {
                pk for pk in ids if find_visible(model.objects.all(), people[who], pk, within="visible_to")
            }
            compared += len(ids)
            seen |= {found != set(), found != set(ids)}
            wrong += [f"{model._meta.label} as {who}"] if found != shown & set(ids) else []
    assert wrong == []
    assert compared > 500
    assert seen == {True, False}


def test_every_model_of_a_record_is_looked_up_so():
    """Else a page of one of them would be slower than those of all others, and nobody would know."""
    plain = [
        model for model in list_record_models() if not get_kept_lookup(model.objects.all(), "visible_to")
    ]
    assert plain == []
