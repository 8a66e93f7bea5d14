"""What stands around some made-up families: needs, village, sharing, safeguarding, letters, losses and doubles.

Written through the rooms' own actions, as if on the day of seeding: so it is what they would have written. At most
``MOST`` families have any of it, however many there are.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

import pghistory
from django.utils import timezone

from pairs.families.actions import add_caregiver, add_dyad, describe_caregiver, next_reference, record_loss
from pairs.families.models import Caregiver, ExclusionGroup, Family, Infant
from pairs.service.models import Site, User
from reporting.demo import words_around as words
from reporting.demo.around_alongside import beside
from reporting.demo.around_diary import book_visits, lay_rooms
from reporting.demo.around_plans import agree
from reporting.demo.around_safety import safeguard
from reporting.demo.around_village import Around, settle
from reporting.demo.lives import Life
from reporting.demo.rows import Known
from reporting.demo.world import Plan

MOST = 120
DOUBLES, FOSTERED, LOSSES = 5, 1, 3


def fitting(lives: list[Life]) -> list[Life]:
    """Families whose work goes on: the cast's own first, so that whoever signs in finds them."""
    held = [life for life in lives if life.work and not life.work.ending and not life.restricted]
    cast = ("blackburn", "hyndburn", "hub")
    return sorted(held, key=lambda life: (life.work.lead not in cast, life.number))[:MOST]


def surround(plan: Plan, known: Known, lives: list[Life]) -> int:
    """Give them what stands around them; how many families there were."""
    found = list(_arounds(plan, known, fitting(lives)))
    _rooms(known, found)
    for each in found:
        with pghistory.context(user=str(each.by.pk)):
            _describe(each)
            if each.number % 2 == 0:
                settle(each)
            safeguard(each)
            agree(each)
            book_visits(each)
    beside(found)
    _unusual(found)
    return len(found)


def _rooms(known: Known, found: list[Around]) -> None:
    supervisor = User.objects.get(pk=known.users["supervisor"])
    with pghistory.context(user=str(supervisor.pk)):
        lay_rooms(list(Site.objects.filter(pk__in={each.family.site_id for each in found})), supervisor)


def _arounds(plan: Plan, known: Known, lives: list[Life]) -> Iterator[Around]:
    families = Family.objects.in_bulk([life.family for life in lives])
    users = User.objects.in_bulk([known.users[life.work.lead] for life in lives])
    for number, life in enumerate(lives):
        yield Around(
            number=number,
            rng=Random(f"{plan.seed}/around/{life.number}"),
            on=timezone.localdate(),
            family=families[life.family],
            by=users[known.users[life.work.lead]],
            carers=_in_order(Caregiver, [carer.id for carer in life.carers]),
            infants=_in_order(Infant, [baby.id for baby in life.babies]),
        )


def _in_order(model, ids: list) -> list:
    found = model.objects.in_bulk(ids)
    return [found[id] for id in ids]


def _describe(each: Around) -> None:
    """What the carers told us of themselves; not everybody was asked everything."""
    for order, carer in enumerate(each.carers):
        if each.rng.random() < 0.7:
            describe_caregiver(caregiver=carer, by=each.by, **_facts(each, order))
    if each.rng.random() < 0.15:
        groups = list(ExclusionGroup.objects.filter(retired_on=None))
        chosen = each.rng.sample(groups, k=min(len(groups), each.rng.choice((1, 1, 2))))
        describe_caregiver(caregiver=each.carers[0], by=each.by, exclusion_groups=chosen)


def _facts(each: Around, order: int) -> dict:
    rng = each.rng
    means = ("may_call", "may_text", "may_leave_message", "may_email", "may_post")
    facts: dict = {name: rng.choice((True, True, True, False, None)) for name in means}
    facts["communication_needs"] = rng.choice(words.COMMUNICATION) if rng.random() < 0.2 else ""
    facts["access_needs"] = rng.choice(words.ACCESS) if rng.random() < 0.15 else ""
    facts["disability"] = rng.choice(("yes", "no", "no", "no", "declined", ""))
    facts["disability_details"] = rng.choice(words.DISABILITY) if facts["disability"] == "yes" else ""
    facts["care_experienced"] = rng.choice(("yes", "no", "no", "no", "declined", ""))
    if order == 0 and each.number % 12 == 3 and _is_young_parent(each):
        facts["birth_date"] = each.on - timedelta(days=17 * 365 + rng.randrange(1, 300))
    return facts


def _is_young_parent(each: Around) -> bool:
    ties = each.carers[0].dyads.values_list("relationship", flat=True)
    return set(ties) <= {"mother", "father"}


def _unusual(found: list[Around]) -> None:
    """The same person typed twice, a baby in two families, and losses."""
    for order, each in enumerate(found[5 : 5 + DOUBLES]):
        with pghistory.context(user=str(each.by.pk)):
            _typed_twice(each, baby=order % 2 == 0)
    for each, foster in zip(found[12 : 12 + FOSTERED], found[14:], strict=False):
        with pghistory.context(user=str(foster.by.pk)):
            _foster(each, foster)
    born = [each for each in found[16:] if all(baby.birth_date and not baby.lost_on for baby in each.infants)]
    twins = [each for each in born if len(each.infants) > 1]
    single = [each for each in born if len(each.infants) == 1]
    for each in [*twins[:1], *single[: LOSSES - len(twins[:1])]]:
        with pghistory.context(user=str(each.by.pk)):
            _lost(each)


def _typed_twice(each: Around, *, baby: bool) -> None:
    """Somebody was registered a second time, with a slip in the name."""
    if baby:
        _baby_again(each)
        return
    carer = each.carers[0]
    again = {
        "given_name": carer.given_name,
        "family_name": words.slip(carer.family_name),
        "birth_date": carer.birth_date,
        "phone": carer.phone,
        "email": carer.email,
    }
    add_caregiver(family=each.family, by=each.by, **again)


def _baby_again(each: Around) -> None:
    """A second record with the same carers, as a second referral would have made it."""
    baby = each.infants[0]
    second = Infant.objects.create(
        reference=next_reference("PI", each.on),
        family=each.family,
        given_name=words.slip(baby.given_name),
        family_name=baby.family_name,
        birth_date=baby.birth_date,
        estimated_due_date=baby.estimated_due_date,
        sex=baby.sex,
        ethnicity=baby.ethnicity,
    )
    for tie in baby.dyads.live():
        facts = {"relationship": tie.relationship, "main_carer": tie.main_carer, "lives_with": tie.lives_with}
        add_dyad(family=each.family, infant=second, caregiver=tie.caregiver, by=each.by, **facts)


def _foster(birth: Around, foster: Around) -> None:
    """A baby of one family lives with a carer of another: a relationship there, the record stays here."""
    facts = {"relationship": "foster_carer", "lives_with": True, "since": foster.on - timedelta(days=40)}
    add_dyad(family=foster.family, infant=birth.infants[0], caregiver=foster.carers[0], by=foster.by, **facts)


def _lost(each: Around) -> None:
    baby = each.infants[-1]
    lost_on: date = max(baby.birth_date, each.on - timedelta(days=9))
    record_loss(infant=baby, loss="death", lost_on=lost_on, by=each.by)
