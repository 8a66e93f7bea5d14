"""Hazard log, DPIA, DTAC page and what must hold name tests that exist; a hazard is rated by the matrix in the log."""

import re
from pathlib import Path

import pytest

from script.local.personal_data import PRIVACY_CLASSES
from tests.project.test_docs import list_named_paths

ROOT = Path(__file__).resolve().parent.parent.parent
SAFETY, OPERATING = ROOT / "docs" / "clinical-safety", ROOT / "docs" / "operating"
LOG, IMPACT, CRITERIA, MUST_HOLD = (
    path.read_text(encoding="utf-8")
    for path in (
        SAFETY / "hazard-log.md",
        SAFETY / "dpia-draft.md",
        OPERATING / "dtac.md",
        SAFETY / "what-must-hold.md",
    )
)
HAZARDS = re.split(r"^### ", LOG, flags=re.MULTILINE)[1:]
NAMED_TESTS = re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", LOG + IMPACT + CRITERIA + MUST_HOLD)
FIELDS = ("Cause", "Effect and harm", "Initial", "Controls", "Residual", "Owner", "Status")


def is_there(file, test):
    path = ROOT / file
    return path.exists() and (not test or f"def {test}" in path.read_text(encoding="utf-8"))


def test_every_test_named_by_a_control_exists():
    assert len({*NAMED_TESTS}) > 200
    assert [named for named in sorted({*NAMED_TESTS}) if not is_there(*named)] == []


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


def test_the_impact_assessment_says_of_each_privacy_class_how_it_is_protected():
    rows = re.findall(r"^\| (\w+) \| .*`tests/.* \|$", IMPACT, flags=re.MULTILINE)
    assert rows == list(PRIVACY_CLASSES)


@pytest.mark.parametrize(("text", "folder"), [(IMPACT, SAFETY), (CRITERIA, OPERATING), (MUST_HOLD, SAFETY)])
def test_what_they_lead_to_is_there(text, folder):
    named = list_named_paths(text, folder)
    assert named
    assert [str(each) for each in named if not each.exists()] == []


def test_what_must_hold_is_numbered_and_each_has_its_proof():
    """Those of which something is not proved say so below."""
    rows = re.findall(r"^\| (\d+) \| [^|]+ \| ([^|]+) \| ([^|]+) \|$", MUST_HOLD, flags=re.MULTILINE)
    assert [int(number) for number, _, _ in rows] == list(range(1, 21))
    below = re.findall(r"^- \*\*(\d+)\*\*", MUST_HOLD, flags=re.MULTILINE)
    assert [number for number, tests, proof in rows if "`tests/" not in tests and number not in below] == []
    assert {number for number, _, proof in rows if "Not proved" in proof} <= {*below}
