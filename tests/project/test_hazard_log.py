"""The hazard log names tests that exist, and rates by the matrix that it carries."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
LOG = (ROOT / "docs" / "clinical-safety" / "hazard-log.md").read_text(encoding="utf-8")
HAZARDS = re.split(r"^### ", LOG, flags=re.MULTILINE)[1:]
NAMED_TESTS = re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", LOG)
FIELDS = ("Cause", "Effect and harm", "Initial", "Controls", "Residual", "Owner", "Status")


@pytest.mark.parametrize(("file", "test"), NAMED_TESTS)
def test_every_test_named_by_a_control_exists(file, test):
    assert f"def {test}" in (ROOT / file).read_text(encoding="utf-8") if test else (ROOT / file).exists()


@pytest.mark.parametrize("hazard", HAZARDS, ids=lambda hazard: hazard[:4])
def test_a_hazard_has_every_field_and_each_control_its_proof(hazard):
    assert [field for field in FIELDS if f"**{field}**" not in hazard] == []
    controls = [line for line in hazard.splitlines() if line.startswith("- ")]
    assert controls
    assert [line for line in controls if "`tests/" not in line and "not yet built" not in line] == []


def test_every_rating_follows_the_matrix():
    rows = re.findall(r"^\| (\w[\w ]*) \| (\d) \| (\d) \| (\d) \| (\d) \| (\d) \|$", LOG, flags=re.MULTILINE)
    columns = ["very low", "low", "medium", "high", "very high"]
    matrix = {row[0].lower(): dict(zip(columns, row[1:], strict=True)) for row in rows}
    rated = re.findall(r"\*\*(?:Initial|Residual)\*\*: ([a-z]+), ([a-z ]+): (\d)", LOG)
    assert len(rated) == 2 * len(HAZARDS)
    assert [(severity, likely) for severity, likely, risk in rated if matrix[severity][likely] != risk] == []
