"""Seeds an empty, prepared database: staff, lists, neighbourhoods, then family scenarios in batches."""

from collections.abc import Callable
from itertools import islice

from django.db import transaction

from interventions.episodes.models import Intervention
from outcomes.measure_settings import save_measure_settings
from pairs.demo.acts import leave_out_savepoints
from pairs.demo.cast import make_cast, make_colleagues
from pairs.demo.directory import seed_directory
from pairs.demo.generator import SeedPlan, ServiceGenerator
from pairs.demo.places import build_area_rows, build_board_rows, build_population_rows, build_postcode_rows
from pairs.demo.scenario_rows import LARGE_TABLES, WRITE_ORDER, ReferenceIds, ScenarioRows
from pairs.demo.scenarios.competencies import seed_competences
from pairs.demo.scenarios.consultations import build_consultations, write_consultation
from pairs.demo.scenarios.context import seed_context, select_families
from pairs.demo.scenarios.endings import seed_endings
from pairs.demo.scenarios.experience import seed_experience
from pairs.demo.scenarios.groups import seed_groups
from pairs.demo.scenarios.hard_cases import seed_hard_cases
from pairs.demo.scenarios.hub_work import seed_consultation_log, seed_outreach, seed_training
from pairs.demo.scenarios.moves import build_moves, write_move
from pairs.demo.scenarios.needs import seed_needs
from pairs.demo.scenarios.posts import seed_posts
from pairs.demo.scenarios.returning import seed_returning, select_ended, select_ongoing
from pairs.demo.scenarios.supervision import build_sessions
from pairs.demo.staff import STAFFED
from pairs.demo.writer import BulkWriter, analyse_tables, join_as_written
from pairs.families.actions.permissions import load_family_permission_ids
from pairs.families.models import Sequence
from pairs.geography.models import Area, AreaBoard, Population, Postcode
from pairs.service.models import Place, Site, User
from referrals.models import Concern, Destination, FirstReader

BATCH_SIZE = 1000
# measure → the ways of working with which it is offered
INTERVENTIONS_BY_MEASURE = {
    "piios": ("video-interaction-guidance",),
    "mors_sf": ("watch-wait-and-wonder", "parent-infant-psychotherapy"),
}


@transaction.atomic
def seed_demo(plan: SeedPlan, say: Callable[[str], None]) -> dict[str, int]:
    """{record: how many were written}. All of it, or nothing."""
    ids = seed_reference_data(plan)
    say(f"{len(ids.users)} accounts, {Area.objects.count()} neighbourhoods")
    world, going_on, ended, alike = ServiceGenerator(plan), [], [], []
    with BulkWriter(WRITE_ORDER, ids.users, LARGE_TABLES) as writer:
        rows, lives, done = ScenarioRows(ids, writer), world.generate_families(), 0
        while batch := list(islice(lives, BATCH_SIZE)):
            for life in batch:
                rows.of(life)
            for held in build_sessions(plan, batch):
                rows.supervision(held)
            for moved in build_moves(plan, batch):
                write_move(ids, writer, moved)
            writer.flush()
            going_on = select_families([*going_on, *batch])
            ended, alike = select_ended(plan, [*ended, *batch]), select_ongoing([*alike, *batch])
            done += len(batch)
            say(f"{done} of {plan.families} families, {writer.written['episodes.CareContact']} care contacts")
        for life in seed_returning(plan, world, ended, alike):
            rows.of(life)
        for made in build_consultations(plan, world):
            write_consultation(ids, writer, made)
    save_given_references(world)
    analyse_tables(WRITE_ORDER)
    join_as_written()
    with leave_out_savepoints():
        say(f"{seed_context(plan, ids, going_on)} families with a village, needs or safeguarding")
        say(f"{seed_groups(going_on)} groups, with films and registers")
        say(f"{seed_consultation_log()} consultations at drop-in clinics or by phone")
        say(f"{seed_training()} programmes of training, {seed_outreach()} sessions of outreach")
        say(f"{seed_hard_cases(plan, ids, going_on)} cases that use brings and plans forget")
        say(f"{seed_endings(ids, going_on)} families whose ending is prepared or done")
        say(f"{seed_posts(load_staff(), plan.until)} posts, and who fills them")
        say(f"{seed_needs(load_staff()['manager'])} districts with their children")
        say(f"{seed_competences(plan.until)} competences, with deliveries signed off")
        say(f"{seed_experience(plan, ids, going_on)} answers of family feedback")
    return writer.written


def save_given_references(world: ServiceGenerator) -> None:
    """So that whatever is registered after it goes on counting where the generator stopped."""
    Sequence.objects.bulk_create(
        Sequence(kind=kind, year=year, last=last) for (kind, year), last in world.given.items()
    )


def load_staff() -> dict[str, User]:
    """{username: User} of everybody in the demo."""
    return {user.username: user for user in User.objects.all()}


def seed_reference_data(plan: SeedPlan) -> ReferenceIds:
    """Staff and neighbourhoods; the code lists came with the apps' migrations."""
    people = make_cast() | make_colleagues(plan.families)
    for site in Site.objects.filter(code__in=STAFFED):
        FirstReader.objects.create(site=site, reader=people["duty"], deputy=people["supervisor"])
    Area.objects.bulk_create((Area(**row) for row in build_area_rows()), batch_size=1000)
    Postcode.objects.bulk_create((Postcode(**row) for row in build_postcode_rows()), batch_size=1000)
    AreaBoard.objects.bulk_create((AreaBoard(**row) for row in build_board_rows()), batch_size=1000)
    Population.objects.bulk_create((Population(**row) for row in build_population_rows()), batch_size=1000)
    seed_directory()
    _choose_measures(people["supervisor"])
    return load_reference_ids(people)


def _choose_measures(by: User) -> None:
    """What goes with some ways of working; the core set came with the migrations."""
    for measure, codes in INTERVENTIONS_BY_MEASURE.items():
        ways = Intervention.objects.filter(code__in=codes)
        save_measure_settings(measure=measure, core_for=[], interventions=ways, thrive=[], by=by)


def load_reference_ids(people: dict[str, User]) -> ReferenceIds:
    return ReferenceIds(
        users={name: user.pk for name, user in people.items()},
        teams={name: user.team_id for name, user in people.items()},
        sites=dict(Site.objects.values_list("code", "pk")),
        places=dict(Place.objects.values_list("code", "pk")),
        concerns=dict(Concern.objects.values_list("code", "pk")),
        permissions=load_family_permission_ids(),
        interventions=dict(Intervention.objects.values_list("code", "pk")),
        destinations=list(Destination.objects.offered().values_list("pk", flat=True)),
    )
