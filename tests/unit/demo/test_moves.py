"""Made-up moves are what offering and declining would have written, and the first day has one to answer."""

from datetime import date
from unittest import mock

import pghistory
import pytest
from django.db import transaction
from django.utils import timezone

from pairs.families.models import Family, FamilyMove
from pairs.service.models import Site, User
from reporting.demo.moving import FROM, TO, moves, write_move
from reporting.demo.rows import ORDER, Rows
from reporting.demo.seeding import lay_ground
from reporting.demo.world import Plan, World
from reporting.demo.writer import Writer
from reporting.desk.moves.actions import decline_move, offer_move
from tests.unit.demo.snapshots import snapshot

PLAN = Plan(families=300, months=8, seed=1, until=date(2026, 11, 20))
TABLES = ("families.FamilyMove", "history of families.FamilyMove", "families.Family", "episodes.Episode")


@pytest.fixture(scope="module")
def batch():
    return list(World(PLAN).lives())


@pytest.fixture(scope="module")
def made_up(batch):
    return list(moves(PLAN, batch))


def test_one_waits_and_one_was_declined(made_up):
    assert [bool(moved.declined) for moved in made_up] == [False, True]
    assert all(moved.act.by and moved.act.at.date() < PLAN.until for moved in made_up)


def at(act, users):
    """The clock of the act, and its author in the history."""
    stack = mock.patch.object(timezone, "now", return_value=act.at)
    return stack, pghistory.context(user=str(users[act.by]))


@pytest.mark.django_db
def test_rows_and_history_equal_what_the_actions_write(batch, made_up):
    known = lay_ground(PLAN)
    families = {moved.family for moved in made_up}
    with Writer(ORDER, known.users) as writer:
        for life in batch:
            if life.family in families:
                Rows(known, writer).of(life)
    with transaction.atomic():
        _by_the_actions(made_up, known)
        by_actions = snapshot()
        transaction.set_rollback(True)
    with Writer(ORDER, known.users) as writer:
        for moved in made_up:
            write_move(known, writer, moved)
    by_writer = snapshot()
    for table in TABLES:
        assert by_writer[table] == by_actions[table], table
    assert FamilyMove.objects.filter(status="offered", to_site__code=TO).count() == 1


def _by_the_actions(made_up, known):
    people = {name: User.objects.get(pk=pk) for name, pk in known.users.items()}
    for moved in made_up:
        clock, author = at(moved.act, known.users)
        with clock, author:
            family = Family.objects.get(pk=moved.family, site__code=FROM)
            site = Site.objects.get(code=TO)
            move = offer_move(family=family, to_site=site, reason=moved.reason, by=people[moved.act.by])
        if moved.declined:
            clock, author = at(moved.declined, known.users)
            with clock, author:
                decline_move(move=move, why=moved.why, by=people[moved.declined.by])
