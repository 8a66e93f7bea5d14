"""Context of some made-up families: needs, village, sharing, safeguarding, letters, losses and duplicates.

Written through the apps' own actions, as if on the day of seeding, for at most ``MAX_FAMILIES`` families.
"""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from random import Random
from uuid import UUID

from django.utils import timezone

from interventions.episodes.models import Episode
from pairs.demo import texts_context as words
from pairs.demo.acts import act_as
from pairs.demo.generator import SeedPlan
from pairs.demo.scenario_rows import ReferenceIds
from pairs.demo.scenarios.collaboration import seed_collaboration
from pairs.demo.scenarios.diary import book_visits, plan_sessions, seed_rooms
from pairs.demo.scenarios.losses import choose_losses, seed_condolence, seed_loss
from pairs.demo.scenarios.plans import seed_plans
from pairs.demo.scenarios.records import FamilyScenario
from pairs.demo.scenarios.safeguarding import seed_safeguarding
from pairs.demo.scenarios.village import FamilyContext, seed_village
from pairs.demo.scenarios.workforce import seed_lead_change, seed_leaver
from pairs.families.actions import add_caregiver, add_dyad, allocate_reference, update_caregiver
from pairs.families.choices import BackgroundAnswer, Relationship
from pairs.families.models import Caregiver, ExclusionGroup, Family, Infant
from pairs.service.models import Site, User

MAX_FAMILIES = 120
DOUBLES, FOSTERED = 5, 1


def select_families(lives: list[FamilyScenario]) -> list[FamilyScenario]:
    """Families whose work goes on: the cast's own first, so that whoever signs in finds them."""
    held = [life for life in lives if life.work and not life.work.ending and not life.restricted]
    cast = ("blackburn", "hyndburn", "hub")
    return sorted(held, key=lambda life: (life.work.lead not in cast, life.number))[:MAX_FAMILIES]


def seed_context(plan: SeedPlan, ids: ReferenceIds, lives: list[FamilyScenario]) -> int:
    """Give them what stands around them; how many families there were."""
    found = _mark_grieving_families(list(build_contexts(plan, ids, select_families(lives))))
    _seed_site_rooms(ids, found)
    for each in found:
        with act_as(each.by.pk):
            _describe_carers(each)
            if each.number % 2 == 0:
                seed_village(each)
            if not each.grieving:
                _seed_work(each)
    _seed_losses(found)
    seed_collaboration(found)
    _seed_unusual_cases(found)
    seed_leaver()
    return len(found)


def _mark_grieving_families(found: list[FamilyContext]) -> list[FamilyContext]:
    """Those whose baby died before, and those who are to lose one: they are known before anything is planned."""
    losing = {each.number: each for each in choose_losses(found)}
    return [losing.get(each.number) or each for each in found]


def _seed_work(context: FamilyContext) -> None:
    """What is agreed, planned and booked with a family whose child lives."""
    seed_safeguarding(context)
    seed_plans(context)
    book_visits(context)
    seed_lead_change(context)


def _seed_losses(found: list[FamilyContext]) -> None:
    """The first loss of an only child leaves a visit that somebody has to keep or cancel."""
    told = [each for each in found if each.grieving and each.has_lost_all()]
    losing = [each for each in found if each.grieving and not each.has_lost_all()]
    single = next((each for each in losing if len(each.infants) == 1), None)
    for each in told:
        with act_as(each.by.pk):
            seed_condolence(each, max(baby.lost_on for baby in each.infants))
    for each in losing:
        with act_as(each.by.pk):
            seed_loss(each, booked=each is single)


def _seed_site_rooms(ids: ReferenceIds, found: list[FamilyContext]) -> None:
    supervisor = User.objects.get(pk=ids.users["supervisor"])
    with act_as(supervisor.pk):
        seed_rooms(list(Site.objects.filter(pk__in={each.family.site_id for each in found})), supervisor)
        plan_sessions(found, supervisor)


def build_contexts(plan: SeedPlan, ids: ReferenceIds, lives: list[FamilyScenario]) -> Iterator[FamilyContext]:
    families = Family.objects.in_bulk([life.family for life in lives])
    users = User.objects.in_bulk([ids.users[life.work.lead] for life in lives])
    carers = Caregiver.objects.in_bulk([carer.id for life in lives for carer in life.carers])
    infants = Infant.objects.in_bulk([baby.id for life in lives for baby in life.babies])
    episodes = _load_open_episodes(families)
    for number, life in enumerate(lives):
        yield FamilyContext(
            number=number,
            rng=Random(f"{plan.seed}/around/{life.number}"),
            on=timezone.localdate(),
            family=families[life.family],
            by=users[ids.users[life.work.lead]],
            carers=[carers[carer.id] for carer in life.carers],
            infants=[infants[baby.id] for baby in life.babies],
            episode=episodes.get(life.family),
            grieving=bool(life.babies) and all(infants[baby.id].lost_on for baby in life.babies),
        )


def _load_open_episodes(families: Iterable[UUID]) -> dict[UUID, Episode]:
    """{family: its open episode, the first of several}."""
    newest_first = Episode.objects.live().open().filter(family__in=families).order_by("-opened_on")
    return {episode.family_id: episode for episode in newest_first}


def _describe_carers(context: FamilyContext) -> None:
    """What the carers told us of themselves; not everybody was asked everything."""
    for order, carer in enumerate(context.carers):
        if context.rng.random() < 0.7:
            update_caregiver(caregiver=carer, by=context.by, **_choose_carer_facts(context, order))
    if context.rng.random() < 0.15:
        groups = list(ExclusionGroup.objects.filter(retired_on=None))
        chosen = context.rng.sample(groups, k=min(len(groups), context.rng.choice((1, 1, 2))))
        update_caregiver(caregiver=context.carers[0], by=context.by, exclusion_groups=chosen)


def _choose_carer_facts(context: FamilyContext, order: int) -> dict:
    rng = context.rng
    means = ("may_call", "may_text", "may_leave_message", "may_email", "may_post")
    facts: dict = {name: rng.choice((True, True, True, False, None)) for name in means}
    facts["communication_needs"] = rng.choice(words.COMMUNICATION) if rng.random() < 0.2 else ""
    facts["access_needs"] = rng.choice(words.ACCESS) if rng.random() < 0.15 else ""
    facts["disability"] = rng.choice(("yes", "no", "no", "no", "declined", ""))
    facts["disability_details"] = (
        rng.choice(words.DISABILITY) if facts["disability"] == BackgroundAnswer.YES else ""
    )
    facts["care_experienced"] = rng.choice(("yes", "no", "no", "no", "declined", ""))
    if order == 0 and context.number % 12 == 3 and _is_young_parent(context):
        facts["birth_date"] = context.on - timedelta(days=17 * 365 + rng.randrange(1, 300))
    return facts


def _is_young_parent(context: FamilyContext) -> bool:
    ties = context.carers[0].dyads.values_list("relationship", flat=True)
    return set(ties) <= {"mother", "father"}


def _seed_unusual_cases(found: list[FamilyContext]) -> None:
    """The same person typed twice, and a baby in two families."""
    for order, each in enumerate(found[5 : 5 + DOUBLES]):
        with act_as(each.by.pk):
            _seed_duplicate(each, baby=order % 2 == 0)
    for each, foster in zip(found[12 : 12 + FOSTERED], found[14:], strict=False):
        with act_as(foster.by.pk):
            _seed_fostering(each, foster)


def _seed_duplicate(context: FamilyContext, *, baby: bool) -> None:
    """Somebody was registered a second time, with a slip in the name."""
    if baby:
        _duplicate_baby(context)
        return
    carer = context.carers[0]
    again = {
        "given_name": carer.given_name,
        "family_name": words.swap_letters(carer.family_name),
        "birth_date": carer.birth_date,
        "phone": carer.phone,
        "email": carer.email,
    }
    add_caregiver(family=context.family, by=context.by, **again)


def _duplicate_baby(context: FamilyContext) -> None:
    """A second record with the same carers, as a second referral would have made it."""
    baby = context.infants[0]
    second = Infant.objects.create(
        reference=allocate_reference("PI", context.on),
        family=context.family,
        given_name=words.swap_letters(baby.given_name),
        family_name=baby.family_name,
        birth_date=baby.birth_date,
        estimated_due_date=baby.estimated_due_date,
        sex=baby.sex,
        ethnicity=baby.ethnicity,
    )
    for tie in baby.dyads.live():
        facts = {"relationship": tie.relationship, "main_carer": tie.main_carer, "lives_with": tie.lives_with}
        add_dyad(family=context.family, infant=second, caregiver=tie.caregiver, by=context.by, **facts)


def _seed_fostering(birth: FamilyContext, foster: FamilyContext) -> None:
    """A baby of one family lives with a carer of another: a relationship there, the record stays here."""
    facts = {
        "relationship": Relationship.FOSTER_CARER,
        "lives_with": True,
        "since": foster.on - timedelta(days=40),
    }
    add_dyad(family=foster.family, infant=birth.infants[0], caregiver=foster.carers[0], by=foster.by, **facts)
