"""Each field with choices has an enumeration, and code says its members, never their codes as strings."""

import ast

import pytest

from tests.project import choice_literals

CODES = {"status": {"open", "ended"}}


def test_no_code_of_a_choice_is_written_as_a_string():
    found = choice_literals.find_literals(
        choice_literals.list_source_files(), choice_literals.collect_codes()
    )
    assert [str(each) for each in found] == []


def test_every_field_with_choices_names_an_enumeration():
    assert choice_literals.list_fields_without_enumeration() == []


@pytest.mark.parametrize(
    "written",
    [
        'rows.filter(status="open")',
        'rows.filter(episode__status__in=("open", "late"))',
        'Q(**{"episode__status": "ended"})',
        'row.status == "open"',
        'row["status"] in {"open"}',
        '"ended" != status',
    ],
)
def test_a_literal_would_be_found(tmp_path, written):
    assert find(tmp_path, written)


@pytest.mark.parametrize(
    "written",
    ['rows.filter(kind="open")', 'row.status == "elsewhere"', "rows.filter(status=Status.OPEN)", '"open"'],
)
def test_other_strings_are_left_alone(tmp_path, written):
    assert find(tmp_path, written) == []


def find(tmp_path, written):
    ast.parse(written)
    path = tmp_path / "written.py"
    path.write_text(written)
    return choice_literals.find_literals([path], CODES, tmp_path)
