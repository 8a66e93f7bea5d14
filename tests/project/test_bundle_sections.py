"""Every table about people is in the copy of what is held about one person, or says why it is in none."""

import pytest
from django.apps import apps

from pairs.families.models import Caregiver, Dyad, Infant
from pairs.subject_access.gathering import EARLIER_TITLE, list_person_keys
from pairs.subject_access.sections import (
    list_person_lookups,
    list_personal_fields,
    list_sections,
    list_shown_fields,
    map_left_out,
)

OURS = {"pairs", "referrals", "interventions", "outcomes", "reporting"}


def list_models_about_people():
    return [
        model
        for model in apps.get_models()
        if model.__module__.split(".")[0] in OURS
        and not model._meta.proxy
        and not hasattr(model, "pgh_tracked_model")
        and list_personal_fields(model)
    ]


def test_every_table_about_people_is_declared_once():
    declared = [section.model for section in list_sections()] + list(map_left_out())
    about_people = {model._meta.label for model in list_models_about_people()}
    assert len(about_people) > 80
    assert sorted(about_people - set(declared)) == [], "declare it in the app's bundle_sections.py"
    assert sorted(set(declared) - about_people) == [], "it holds nothing about people"
    assert sorted(each for each in declared if declared.count(each) > 1) == []


def test_a_table_that_is_left_out_says_why():
    assert [label for label, why in map_left_out().items() if len(why) < 10] == []


def test_no_two_sections_share_a_title():
    titles = [EARLIER_TITLE, *(section.title for section in list_sections())]
    assert len(set(titles)) == len(titles), "a decision about a section would be about two"


@pytest.mark.parametrize("section", list_sections(), ids=lambda each: each.model)
def test_a_section_leads_to_people_and_shows_something(section):
    model = apps.get_model(section.model)
    assert all(list_person_keys(model, path) for path in list_person_lookups(section))
    assert list_shown_fields(section)
    assert {*section.without} <= set(list_personal_fields(model))
    assert hasattr(model.objects, "live_throughout")


@pytest.mark.parametrize("section", list_sections(), ids=lambda each: each.model)
def test_every_key_to_a_person_is_declared(section):
    """A key to a baby, a carer or a relationship that no lookup names would let someone else's entry through."""
    model = apps.get_model(section.model)
    fields = [*model._meta.concrete_fields, *model._meta.many_to_many]
    keys = {field.name for field in fields if field.related_model in (Infant, Caregiver, Dyad)}
    named = {path.split("__")[0] for path in list_person_lookups(section)}
    own_people = keys if "self" in named and model is Dyad else set()
    assert keys - named - own_people == set()
