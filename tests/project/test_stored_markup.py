"""Markup in every text that people type into a record stays text on every page: nobody's words become part of a page.

Every page as everybody who may open it in script/prove markup; in the suite one reader of every third page.
"""

import pytest
from django.db import DatabaseError, models, transaction

from script.local.personal_data import OF_A_PERSON, list_classes
from tests.databases import triggers_off
from tests.project.crawler import (
    LONG_RUN,
    build_path,
    list_matrix_addresses,
    list_page_readers,
    send_and_roll_back,
)
from tests.project.test_models import list_our_models

pytestmark = [pytest.mark.prove, pytest.mark.usefixtures("silence_logging")]
STEP_IN_SUITE = 3
MARKUP = "\"'><img src=x onerror=alert(1)>{{7*7}}"
RAW, ESCAPED = "<img src=x onerror", "&lt;img src=x onerror"
TYPED_CLASSES = (*OF_A_PERSON, "staff")
FEWEST_FIELDS, FEWEST_PAGES = 100, 20


def list_text_fields(model):
    """Those that people type into, by their privacy class: no choice, no key or id of a catalogue, and long enough."""
    classes = list_classes(model)
    typed = {name for each in TYPED_CLASSES for name in classes.get(each, ())}
    return [
        field.name
        for field in model._meta.concrete_fields
        if isinstance(field, (models.CharField, models.TextField))
        and field.name in typed
        and not isinstance(field, models.SlugField)
        and not (field.choices or field.primary_key or field.unique or field.is_relation)
        and (field.max_length or len(MARKUP)) >= len(MARKUP)
    ]


def write_markup(model):
    """The fields of this table that take it: what a rule of the database refuses stays as it is."""
    taken = []
    with triggers_off(model):
        for name in list_text_fields(model):
            try:
                with transaction.atomic():
                    model._base_manager.update(**{name: MARKUP})
            except DatabaseError:
                continue
            taken.append(f"{model._meta.label}.{name}")
    return taken


@pytest.fixture(scope="module")
def marked_up(sample_and_clients, django_db_blocker):
    """(homes, clients, the fields in which markup stands now)."""
    homes, clients = sample_and_clients
    with django_db_blocker.unblock(), transaction.atomic():
        taken = [name for model in list_our_models() for name in write_markup(model)]
        yield homes, clients, taken
        transaction.set_rollback(True)


def list_visits(homes):
    """(address, who, path) of every page that somebody may open."""
    for address in list_matrix_addresses():
        if address.policy is None or address.is_api:
            continue
        where = "blackburn" if address.ids else None
        for who in list_page_readers(address, where)[: None if LONG_RUN else 1]:
            yield address, who, build_path(address, homes, where)


def test_markup_in_every_record_stays_text_on_every_page(marked_up, cells):
    """Markup in every text that people type, then every page: it is shown, and is never part of the page"""
    homes, clients, taken = marked_up
    assert len(taken) > FEWEST_FIELDS
    shown = 0
    for address, who, path in [*list_visits(homes)][:: 1 if LONG_RUN else STEP_IN_SUITE]:
        answer = send_and_roll_back(clients[who], "GET", path)
        problems = [f"{address} as {who}: {answer.status_code}"] if answer.status_code >= 500 else []
        if answer.is_page and RAW in answer.text:
            at = answer.text.index(RAW)
            problems.append(f"{address} as {who}: {answer.text[max(0, at - 120) : at + 40]!r}")
        shown += answer.is_page and ESCAPED in answer.text
        cells.add("a page of records that hold markup", problems)
    assert shown > (FEWEST_PAGES * STEP_IN_SUITE if LONG_RUN else FEWEST_PAGES)
    cells.assert_none_wrong()
