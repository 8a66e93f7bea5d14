"""No cell of a file for spreadsheets is taken for a formula, whatever stands before its sign."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pairs.web.csv_files import build_csv_response, protect_cell
from script.local.state_folder import ROOT

SIGNS = "=+-@＝＋－＠"  # the wide ones are signs to a spreadsheet set to Chinese, Japanese or Korean
# What a spreadsheet or the program before it takes away, or what nobody sees.
UNSEEN = " \t\r\n\v\f\x00\x1f\u00a0\u2003\u200b\u200f\u202e\ufeff"
ANY_CHARACTER = st.characters(
    exclude_categories=["Cs"]
)  # as text() has by itself, which tries all 1.1 million for it


@given(st.text(UNSEEN, max_size=4), st.sampled_from(SIGNS), st.text(ANY_CHARACTER, max_size=20))
def test_a_formula_is_text_whatever_unseen_stands_before_it(before, sign, rest):
    assert protect_cell(before + sign + rest) == f"'{before}{sign}{rest}"


@given(st.lists(st.text(UNSEEN + SIGNS + 'ab",;', max_size=6), min_size=1, max_size=3))
def test_read_again_no_cell_begins_like_a_formula(cells):
    answer = build_csv_response("x.csv", ["Heading"] * len(cells), [cells])
    _, row = csv.reader(io.StringIO(answer.content.decode(), newline=""))
    assert not [cell for cell in row if cell.lstrip(UNSEEN).startswith(tuple(SIGNS))]
    assert [cell.removeprefix("'") for cell in row] == cells


@pytest.mark.parametrize("text", ["Ana", "", "5 = five", "09", "a-b", "'=1"])
def test_what_is_no_formula_stays_as_it_is(text):
    assert protect_cell(text) == text


def test_every_file_of_lists_is_written_here():
    packages = ("pairs", "referrals", "interventions", "outcomes", "reporting")
    files = [path for each in packages for path in (ROOT / each).rglob("*.py")]
    assert [each.name for each in files if "csv.writer" in each.read_text()] == ["csv_files.py"]
