"""From an empty, prepared database to the demo: staff, lists, neighbourhoods, then the lives in batches."""

from collections.abc import Callable
from itertools import islice

from django.db import transaction

from interventions.episodes.models import Intervention
from outcomes.chosen import choose
from pairs.families.models import Sequence
from pairs.geography.models import Area, Postcode
from pairs.service.models import Place, Site, User
from referrals.models import Concern, Destination, FirstReader
from reporting.demo.again import again, who_ended, who_goes_on
from reporting.demo.around import fitting, surround
from reporting.demo.around_endings import part
from reporting.demo.cast import make_cast, make_colleagues
from reporting.demo.consulting import consultations, write_consultation
from reporting.demo.directory import lay_directory
from reporting.demo.experience import tell
from reporting.demo.moving import moves, write_move
from reporting.demo.places import area_rows, postcode_rows
from reporting.demo.rows import ORDER, Known, Rows
from reporting.demo.staff import STAFFED
from reporting.demo.supervising import sessions
from reporting.demo.together import bring_together
from reporting.demo.world import Plan, World
from reporting.demo.writer import Writer, analyse, join_as_written

BATCH = 1000
# measure → the ways of working with which it is offered
GOES_WITH = {
    "piios": ("video-interaction-guidance",),
    "mors_sf": ("watch-wait-and-wonder", "parent-infant-psychotherapy"),
}


@transaction.atomic
def seed(plan: Plan, say: Callable[[str], None]) -> dict[str, int]:
    """{record: how many were written}. All of it, or nothing."""
    known = lay_ground(plan)
    say(f"{len(known.users)} accounts, {Area.objects.count()} neighbourhoods")
    world, going_on, ended, alike = World(plan), [], [], []
    with Writer(ORDER, known.users) as writer:
        rows, lives, done = Rows(known, writer), world.lives(), 0
        while batch := list(islice(lives, BATCH)):
            for life in batch:
                rows.of(life)
            for held in sessions(plan, batch):
                rows.supervision(held)
            for moved in moves(plan, batch):
                write_move(known, writer, moved)
            writer.flush()
            going_on = fitting([*going_on, *batch])
            ended, alike = who_ended(plan, [*ended, *batch]), who_goes_on([*alike, *batch])
            done += len(batch)
            say(f"{done} of {plan.families} families, {writer.written['episodes.CareContact']} care contacts")
        for life in again(plan, world, ended, alike):
            rows.of(life)
        for made in consultations(plan, world):
            write_consultation(known, writer, made)
    Sequence.objects.bulk_create(
        Sequence(kind=kind, year=year, last=last) for (kind, year), last in world.given.items()
    )
    analyse(ORDER)
    join_as_written()
    say(f"{surround(plan, known, going_on)} families with a village, needs or safeguarding")
    say(f"{bring_together(going_on)} groups, with films and registers")
    say(f"{part(known, going_on)} families whose ending is prepared or done")
    say(f"{tell(plan, known, going_on)} answers to how the help was")
    return writer.written


def lay_ground(plan: Plan) -> Known:
    """Staff and neighbourhoods; the code lists came with the rooms' migrations."""
    people = make_cast() | make_colleagues(plan.families)
    for site in Site.objects.filter(code__in=STAFFED):
        FirstReader.objects.create(site=site, reader=people["duty"], deputy=people["supervisor"])
    Area.objects.bulk_create((Area(**row) for row in area_rows()), batch_size=1000)
    Postcode.objects.bulk_create((Postcode(**row) for row in postcode_rows()), batch_size=1000)
    lay_directory()
    _choose_measures(people["supervisor"])
    return known_now(people)


def _choose_measures(by: User) -> None:
    """What goes with some ways of working; the core set came with the migrations."""
    for measure, codes in GOES_WITH.items():
        ways = Intervention.objects.filter(code__in=codes)
        choose(measure=measure, core=False, interventions=ways, thrive=[], by=by)


def known_now(people: dict[str, User]) -> Known:
    return Known(
        users={name: user.pk for name, user in people.items()},
        teams={name: user.team_id for name, user in people.items()},
        sites=dict(Site.objects.values_list("code", "pk")),
        places=dict(Place.objects.values_list("code", "pk")),
        concerns=dict(Concern.objects.values_list("code", "pk")),
        interventions=dict(Intervention.objects.values_list("code", "pk")),
        destinations=list(Destination.objects.offered().values_list("pk", flat=True)),
    )
