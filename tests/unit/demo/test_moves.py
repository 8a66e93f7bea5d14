"""Made-up moves are what offering and declining would have written, and the first day has one to answer."""

from datetime import date
from unittest import mock

import pghistory
import pytest
from django.db import transaction
from django.utils import timezone

from pairs.demo.generator import SeedPlan, ServiceGenerator
from pairs.demo.scenario_rows import WRITE_ORDER, ScenarioRows
from pairs.demo.scenarios.moves import FROM_SITE, TO_SITE, build_moves, write_move
from pairs.demo.seeding import seed_reference_data
from pairs.demo.writer import BulkWriter
from pairs.families.models import Family, FamilyMove
from pairs.service.models import Site, User
from reporting.dashboards.moves.actions import decline_move, offer_move
from tests.unit.demo.database_snapshot import take_snapshot

PLAN = SeedPlan(families=300, months=8, seed=1, until=date(2026, 11, 20))
TABLES = ("families.FamilyMove", "history of families.FamilyMove", "families.Family", "episodes.Episode")


@pytest.fixture(scope="module")
def all_lives():
    return list(ServiceGenerator(PLAN).generate_families())


@pytest.fixture(scope="module")
def generated_moves(all_lives):
    return list(build_moves(PLAN, all_lives))


def test_one_waits_and_one_was_declined(generated_moves):
    assert [bool(moved.declined) for moved in generated_moves] == [False, True]
    assert all(moved.act.by and moved.act.at.date() < PLAN.until for moved in generated_moves)


def use_clock_and_author(act, users):
    """The clock of the act, and its author in the history."""
    stack = mock.patch.object(timezone, "now", return_value=act.at)
    return stack, pghistory.context(user=str(users[act.by]))


@pytest.mark.django_db
def test_rows_and_history_equal_what_the_actions_write(all_lives, generated_moves):
    ids = seed_reference_data(PLAN)
    families = {moved.family for moved in generated_moves}
    with BulkWriter(WRITE_ORDER, ids.users) as writer:
        for life in all_lives:
            if life.family in families:
                ScenarioRows(ids, writer).of(life)
    with transaction.atomic():
        _make_moves_by_actions(generated_moves, ids)
        by_actions = take_snapshot()
        transaction.set_rollback(True)
    with BulkWriter(WRITE_ORDER, ids.users) as writer:
        for moved in generated_moves:
            write_move(ids, writer, moved)
    by_writer = take_snapshot()
    for table in TABLES:
        assert by_writer[table] == by_actions[table], table
    assert FamilyMove.objects.filter(status="offered", to_site__code=TO_SITE).count() == 1


def _make_moves_by_actions(made_up, known):
    people = {name: User.objects.get(pk=pk) for name, pk in known.users.items()}
    for moved in made_up:
        clock, author = use_clock_and_author(moved.act, known.users)
        with clock, author:
            family = Family.objects.get(pk=moved.family, site__code=FROM_SITE)
            site = Site.objects.get(code=TO_SITE)
            move = offer_move(family=family, to_site=site, reason=moved.reason, by=people[moved.act.by])
        if moved.declined:
            clock, author = use_clock_and_author(moved.declined, known.users)
            with clock, author:
                decline_move(move=move, why=moved.why, by=people[moved.declined.by])
