"""Records are made of rows as Django makes them, without asking each field."""

from uuid import uuid4

import pytest
from django.apps import apps
from django.db import models
from django.db.models.signals import post_init, pre_init

from pairs.access.records import Record
from pairs.families.models import Caregiver

RECORDS = [model for model in apps.get_models() if issubclass(model, Record)]


def make_both(names, values):
    """Of the same row: as Record makes it, and as Django does."""
    django_made = models.Model.from_db.__func__(Caregiver, "default", names, values)
    return Caregiver.from_db("default", names, values), django_made


def test_of_all_columns():
    names = [field.attname for field in Caregiver._meta.concrete_fields]
    ours, theirs = make_both(names, [f"value of {name}" for name in names])
    assert ours.__dict__.keys() == theirs.__dict__.keys()
    assert all(getattr(ours, name) == getattr(theirs, name) == f"value of {name}" for name in names)
    assert (ours._state.db, ours._state.adding) == (theirs._state.db, theirs._state.adding)
    assert ours.get_deferred_fields() == set()


@pytest.mark.parametrize("names", [["id", "given_name"], {"given_name", "id"}])
def test_of_a_few_the_rest_is_deferred(names):
    pk = uuid4()
    ours, theirs = make_both(names, [pk, "Nabila"])
    assert (ours.pk, ours.given_name) == (theirs.pk, theirs.given_name) == (pk, "Nabila")
    assert ours == theirs
    assert ours.get_deferred_fields() == theirs.get_deferred_fields() != set()


def test_a_row_of_another_length_is_refused():
    with pytest.raises(ValueError, match="zip"):
        Caregiver.from_db("default", ["id", "given_name"], [uuid4()])


@pytest.mark.parametrize("model", RECORDS, ids=lambda model: model._meta.label)
def test_no_record_relies_on_what_is_left_out(model):
    """Neither a way of its own to begin, nor somebody who hears of each."""
    assert model.__init__ is models.Model.__init__
    assert not pre_init.has_listeners(model)
    assert not post_init.has_listeners(model)
