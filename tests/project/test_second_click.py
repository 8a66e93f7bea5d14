"""A second click on a form, or a retry after the answer was lost, leads where the first did and makes nothing more."""

import pytest
from django.db import connection, transaction

from tests.project.crawler import WriteRecorder
from tests.project.form_filling import fill_form
from tests.project.form_sending import DRAFT_TABLES, send_past_warning
from tests.project.test_form_ids import KNOWN_VALUES, page_forms  # noqa: F401

pytestmark = pytest.mark.prove
LED_ELSEWHERE = {"write-up"}  # to the contact that the first click has made


def get_outcome(answer):
    return answer.status_code, answer.headers.get("Location", "")


def click_twice(client, path, values):
    """(what the first click is told, what the second is, tables that the second wrote to); undone."""
    watch = WriteRecorder()
    with transaction.atomic():
        first = send_past_warning(client, path, values)
        with connection.execute_wrapper(watch):
            second = send_past_warning(client, path, values)
        transaction.set_rollback(True)
    return get_outcome(first), get_outcome(second), watch.tables


def test_a_second_click_leads_where_the_first_did(page_forms, sample_and_clients, cells):  # noqa: F811
    """Every page with a form, sent twice with one token: the second is led where the first was, and makes nothing"""
    for name, (client, path, form) in page_forms.items():
        if "submission" not in form["fields"]:
            continue
        first, second, written = click_twice(client, path, fill_form(form, **KNOWN_VALUES.get(name, {})))
        elsewhere = second != first and name not in LED_ELSEWHERE
        wrong = first[0] == 302 and (second[0] != 302 or elsewhere or written - DRAFT_TABLES)
        problem = (
            f"{name}: {first} answered to the first click, {second} to the second, which wrote to {written}"
        )
        cells.add("a second click", [problem] if wrong else [])
    assert cells.asked["a second click"] > 100
    cells.assert_none_wrong()
