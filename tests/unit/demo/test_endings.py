"""The demo's endings: there is one of each to look at, and nothing of a baby who was lost."""

from datetime import date

import pytest

from interventions.endings.models import Ending, EndingLetter, Keepsake, Reopening, WayBack
from pairs.service.models import Site
from reporting.demo.around import fitting
from reporting.demo.around_endings import STEPS, part
from reporting.demo.rows import ORDER, Rows
from reporting.demo.seeding import lay_ground
from reporting.demo.world import Plan, World
from reporting.demo.writer import Writer

PLAN = Plan(families=120, months=8, seed=1, until=date(2026, 11, 20))


@pytest.fixture
def lives(db):
    known = lay_ground(PLAN)
    lives = fitting(list(World(PLAN).lives()))
    with Writer(ORDER, known.users) as writer:
        for life in lives[-20:]:
            Rows(known, writer).of(life)
    return known, lives[-20:]


def test_there_is_an_ending_of_each_kind(lives):
    known, families = lives
    assert part(known, families) == len(STEPS)
    endings = Ending.objects.all()
    assert endings.exclude(completed_at=None).count() == STEPS.count("completed")
    assert endings.filter(completed_at=None).count() == STEPS.count("draft") + STEPS.count("undone")
    assert Reopening.objects.count() == 1
    assert EndingLetter.objects.exists()
    assert all("(made up)" in ending.summary for ending in endings)
    assert WayBack.objects.count() == Site.objects.count() + 1
    kept = Keepsake.objects.select_related("dyad__infant")
    assert all(keepsake.ready_at and keepsake.dyad.infant.lost_on is None for keepsake in kept)
