"""The suite notices when a rule that protects people is broken: `script/prove mutation` breaks ten, one by one."""

import os
import tempfile
from pathlib import Path

import pytest

from script.local.mutations import MUTATIONS, copy_project, count_places, list_failures
from tests.project.import_layers import ROOT

parametrize_mutations = pytest.mark.parametrize("mutation", MUTATIONS, ids=[each.rule for each in MUTATIONS])


@parametrize_mutations
def test_the_line_that_would_be_changed_is_there_once(mutation):
    assert count_places(mutation) == 1
    assert mutation.after != mutation.before
    assert [each for each in mutation.tests if not (ROOT / each).exists()] == []


@pytest.fixture(scope="module")
def project_copy():
    """PostgreSQL runs as somebody else where we are root: they must get through to their folder."""
    with tempfile.TemporaryDirectory(prefix="pairs-mutations-") as name:
        Path(name).chmod(0o711)
        copy_project(Path(name))
        yield Path(name)


@pytest.mark.prove
@pytest.mark.skipif(not os.environ.get("PAIRS_LONG"), reason="script/prove mutation runs it")
@parametrize_mutations
def test_a_broken_rule_is_noticed(mutation, project_copy, record_property):
    failures = list_failures(mutation, project_copy)
    assert failures, f"Nothing noticed it: {mutation.path}, {mutation.before!r} → {mutation.after!r}"
    record_property("noticed", (mutation.rule, failures[0]))
