"""A web process makes the history's models when they are asked for: the same ones that are made at once elsewhere."""

import re

import pytest
from django.apps import apps
from pgtrigger.registry import registered

from pairs.database.history import list_history_models
from tests.project.import_layers import ROOT
from tests.project.test_web_process import run_program

DESCRIBE = """
import json
from django.apps import apps
from pgtrigger.registry import registered
from tests.project.test_history_models import describe_history, find_history_labels
"""
# The web's entry point, then the worker's; each says what it has made before and after somebody asks for all of it.
PROGRAM = """
import {entry}
import django
django.setup()
{describe}
before = find_history_labels()
print(json.dumps({{"before": before, "all": describe_history()}}))
"""
ASKED_PROGRAM = """
import config.wsgi
from pairs.families.models import Dyad
from pairs.village.models import Letter
{describe}
manager = Letter().events
print(json.dumps({{
    "model": Letter.pgh_event_model._meta.label,
    "by label": {{label: model._meta.label for label, model in Letter.pgh_event_models.items()}},
    "rows": manager.model._meta.label,
    "sql": str(Dyad.objects.filter(events__pgh_label="insert").query) if Dyad.pgh_event_model else "",
    "made": find_history_labels(),
}}))
"""
OUR_PACKAGES = ["config", "pairs", "referrals", "interventions", "outcomes", "reporting"]
ENTRY_POINTS = ["config.wsgi", "config.celery"]
ADDRESS = re.compile(r" at 0x\w+")  # of a function, another in every process
SHOWN_ON_PAGES = ["families.CaregiverEvent", "families.InfantEvent"]


def find_history_labels():
    """Of those that are there, without making any."""
    return sorted(each._meta.label for each in apps.get_models() if getattr(each, "pgh_tracked_model", None))


def describe_history():
    """{model: its record, table, fields, triggers and the names by which the record knows it}, for JSON."""
    return {model._meta.label: describe_model(model) for model in list_history_models()}


def describe_model(model):
    tracked = model.pgh_tracked_model
    return {
        "record": tracked._meta.label,
        "table": model._meta.db_table,
        "fields": [ADDRESS.sub("", repr(field.deconstruct())) for field in model._meta.fields],
        "relations": sorted(each.get_accessor_name() or "" for each in tracked._meta.related_objects),
        "by label": {label: each._meta.label for label, each in tracked.pgh_event_models.items()},
        "in its module": getattr(__import__(model.__module__, fromlist=["x"]), model.__name__) is model,
        "triggers": sorted(
            trigger.compile(each).hash for each, trigger in registered() if each in (model, tracked)
        ),
    }


@pytest.fixture(scope="module", params=ENTRY_POINTS)
def program(request):
    return run_program(PROGRAM.format(entry=request.param, describe=DESCRIBE))


def test_a_program_starts_with_the_histories_that_pages_show(program):
    assert program["before"] == SHOWN_ON_PAGES


def test_what_is_made_when_asked_is_what_is_made_at_once(program):
    assert program["all"] == describe_history()


def test_a_record_gives_its_history_in_a_web_process():
    found = run_program(ASKED_PROGRAM.format(describe=DESCRIBE))
    label = "village.LetterEvent"
    assert found["model"] == found["rows"] == label
    assert found["by label"] == {"insert": label, "update": label, "delete": label}
    assert "families_dyadevent" in found["sql"]
    assert found["made"] == sorted([*SHOWN_ON_PAGES, label, "families.DyadEvent"])


# Only what makes tables or made-up families may name a history's model: it is not there before somebody asks for it.
MAKERS = ("migrations", "demo")


def list_served_sources():
    """Of our apps, what a web process or a worker runs."""
    files = (path for package in OUR_PACKAGES for path in (ROOT / package).rglob("*.py"))
    return [path for path in files if not set(MAKERS) & set(path.parts)]


def test_no_query_and_no_import_names_a_history_that_may_not_be_there():
    names = "|".join(each.__name__ for each in list_history_models())
    named = re.compile(rf"\b(?:{names})\b|\bevents__|prefetch_related\([^)]*[\"']events\b")
    found = {
        str(path.relative_to(ROOT)): hit.group()
        for path in list_served_sources()
        if (hit := named.search(path.read_text()))
    }
    assert found == {}
