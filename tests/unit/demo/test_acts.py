"""Acts of the demo through the apps' actions: history names their author, and a refused one leaves nothing."""

from datetime import date
from random import Random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from interventions.diary.actions import add_room
from interventions.diary.models import Room
from pairs.database.history import find_history_model
from pairs.demo.acts import act_as, leave_out_savepoints, skip_if_refused
from pairs.demo.scenarios.village import FamilyContext, seed_village
from pairs.service.models import Site
from pairs.village.actions import add_member
from pairs.village.models import VillageMember
from tests.unit.families.factories import make_family


@pytest.fixture
def add(cast):
    """Adds a room of this name at the hub."""

    def add_named(name):
        return add_room(site=Site.objects.hub(), name=name, access="", by=cast["hub"])

    return add_named


def list_authors():
    """[(name of the room, who, the id of what they did at once)]."""
    events = find_history_model(Room).objects.order_by("pgh_id")
    return [(event.name, event.pgh_context, event.pgh_context_id) for event in events]


def test_history_names_the_author_and_keeps_together_what_was_done_at_once(cast, add):
    with act_as(cast["hub"].pk):
        add("One")
        add("Two")
    with act_as(cast["duty"].pk):
        add("Three")
    add("Four")
    (_, who, first), (_, _, second), (_, other, third), (_, nobody, none) = list_authors()
    assert who == {"user": str(cast["hub"].pk)}
    assert other == {"user": str(cast["duty"].pk)}
    assert first == second != third
    assert (nobody, none) == (None, None)


def test_a_refused_act_is_undone_alone(add):
    with leave_out_savepoints():
        add("Before")
        with skip_if_refused():
            add("Half")
            add("Half")  # refused: there is one of that name
        add("After")
    assert set(Room.objects.values_list("name", flat=True)) == {"Before", "After"}


def test_savepoints_are_left_out_and_used_again(add):
    with CaptureQueriesContext(connection) as without, leave_out_savepoints():
        add("Without")
    with CaptureQueriesContext(connection) as usual:
        add("With")
    assert not any("SAVEPOINT" in query["sql"] for query in without)
    assert any("SAVEPOINT" in query["sql"] for query in usual)


@pytest.fixture
def family_context(cast):
    family = make_family()
    people = {"carers": list(family.caregivers.all()), "infants": list(family.infants.all())}
    return FamilyContext(
        number=3, rng=Random(1), on=date.today(), family=family, by=cast["hub"], episode=None, **people
    )


def list_member_values(table, wanted):
    """What is known of these members, but their ids and moments."""
    left_out = {"id", "created_at", "pgh_id", "pgh_created_at", "pgh_obj", "pgh_obj_id"}
    rows = table.objects.filter(id__in=wanted).values()
    return sorted([{name: row[name] for name in row.keys() - left_out} for row in rows], key=repr_by_name)


def repr_by_name(row):
    return repr(sorted(row.items(), key=lambda item: item[0]))


def test_a_village_written_at_once_is_as_if_members_were_added_one_by_one(family_context):
    seed_village(family_context)
    made = list(VillageMember.objects.filter(family=family_context.family))
    assert len(made) >= 3
    known = ("name", "kind", "closeness", "role", "organisation", "lines", "phone", "since")
    again = [
        add_member(
            family=row.family,
            infant=None,
            by=family_context.by,
            **{name: getattr(row, name) for name in known},
        )
        for row in made
    ]
    for table in (VillageMember, find_history_model(VillageMember)):
        ours, theirs = (list_member_values(table, [row.pk for row in rows]) for rows in (made, again))
        assert len(ours) == len(made)
        assert ours == theirs
