"""The demo's endings: there is one of each to look at, and nothing of a baby who was lost."""

from datetime import date

import pytest

from interventions.endings.models import Ending, EndingLetter, Keepsake, Reopening, WayBack
from pairs.demo.generator import SeedPlan, ServiceGenerator
from pairs.demo.scenario_rows import WRITE_ORDER, ScenarioRows
from pairs.demo.scenarios.context import select_families
from pairs.demo.scenarios.endings import ENDING_STEPS, seed_endings
from pairs.demo.seeding import seed_reference_data
from pairs.demo.writer import BulkWriter
from pairs.service.models import Site

PLAN = SeedPlan(families=120, months=8, seed=1, until=date(2026, 11, 20))


@pytest.fixture
def written_lives(db):
    ids = seed_reference_data(PLAN)
    lives = select_families(list(ServiceGenerator(PLAN).generate_families()))
    with BulkWriter(WRITE_ORDER, ids.users) as writer:
        for life in lives[-20:]:
            ScenarioRows(ids, writer).of(life)
    return ids, lives[-20:]


def test_there_is_an_ending_of_each_kind(written_lives):
    known, families = written_lives
    assert seed_endings(known, families) == len(ENDING_STEPS)
    endings = Ending.objects.all()
    assert endings.exclude(completed_at=None).count() == ENDING_STEPS.count("completed")
    assert endings.filter(completed_at=None).count() == ENDING_STEPS.count("draft") + ENDING_STEPS.count(
        "undone"
    )
    assert Reopening.objects.count() == 1
    assert EndingLetter.objects.exists()
    assert all("(made up)" in ending.summary for ending in endings)
    assert WayBack.objects.count() == Site.objects.count() + 1
    kept = Keepsake.objects.select_related("dyad__infant")
    assert all(keepsake.ready_at and keepsake.dyad.infant.lost_on is None for keepsake in kept)
