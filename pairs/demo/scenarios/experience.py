"""Made-up family feedback: some each month at each staffed site, and a few carers who were asked.

Answers keep no history and no moment, so they are written as rows; asking goes through the app's own action.
"""

from collections.abc import Iterator
from datetime import date
from random import Random

from interventions.episodes.models import Episode
from outcomes.experience.actions import ask_for_experience
from outcomes.experience.models import ExperienceAnswer
from outcomes.experience.rules import QUESTIONS, Agreement, add_calendar_months, get_month_start
from pairs.demo.acts import act_as
from pairs.demo.generator import SeedPlan
from pairs.demo.people import make_id
from pairs.demo.scenario_rows import ReferenceIds
from pairs.demo.scenarios.records import FamilyScenario
from pairs.demo.staff import STAFFED
from pairs.service.models import User

MAX_CARERS_ASKED = 2  # carers, of the first families whose work goes on
ANSWERS_PER_MONTH = (7, 8, 9, 10)  # answers, at each site: of a quarter enough to show it
# Yes, mostly, partly, not much, no, can't say, left out; help did not always come where it suited.
USUAL_WEIGHTS, HARDER_WEIGHTS = (40, 30, 12, 6, 4, 3, 5), (22, 26, 22, 14, 8, 3, 5)
ANSWER_VALUES = (1, 2, 3, 4, 5, Agreement.CANNOT_SAY, None)
FREE_TEXTS = (
    "Somebody came back every week. That was what helped (made up).",
    "It took us long to find out that you are there (made up).",
    "Mornings are hard with the older one at school (made up).",
    "We laugh more at bath time now. Thank you (made up).",
    "I would have liked to come without two buses (made up).",
    "Nobody made me feel like a bad mum (made up).",
    "As a dad I was asked too. I did not expect that (made up).",
    "The waiting at the start was the worst of it (made up).",
)


def seed_experience(plan: SeedPlan, ids: ReferenceIds, lives: list[FamilyScenario]) -> int:
    """All of it; how many answers there are."""
    rows = [row for site in STAFFED for row in _build_site_answers(plan, ids, site)]
    ExperienceAnswer.objects.bulk_create(rows, batch_size=1000)
    _ask_carers(plan, ids, lives)
    return len(rows)


def _build_site_answers(plan: SeedPlan, ids: ReferenceIds, site: str) -> Iterator[ExperienceAnswer]:
    """In no order: a row's place in the table would tell which came first."""
    rng = Random(f"{plan.seed}/experience/{site}")
    rows = [
        _build_experience_answer(rng, ids, site, month)
        for month in _list_answer_months(plan)
        for _ in range(rng.choice(ANSWERS_PER_MONTH))
    ]
    rng.shuffle(rows)
    yield from rows


def _list_answer_months(plan: SeedPlan) -> Iterator[date]:
    month = get_month_start(plan.start)
    while month <= get_month_start(plan.until):
        yield month
        month = add_calendar_months(month, 1)


def _build_experience_answer(rng: Random, ids: ReferenceIds, site: str, month: date) -> ExperienceAnswer:
    answers = {
        name: rng.choices(
            ANSWER_VALUES, HARDER_WEIGHTS if name in ("time_and_place", "knew_where") else USUAL_WEIGHTS
        )[0]
        for name in QUESTIONS
    }
    says = set(answers.values()) == {None} or rng.random() < 0.3
    return ExperienceAnswer(
        id=make_id(rng),
        site_id=ids.sites[site],
        month=month,
        way=rng.choice(("link", "link", "paper")),
        words=rng.choice(FREE_TEXTS) if says else "",
        **answers,
    )


def _ask_carers(plan: SeedPlan, ids: ReferenceIds, lives: list[FamilyScenario]) -> None:
    rng = Random(f"{plan.seed}/experience")
    for life in lives[:MAX_CARERS_ASKED]:
        by = User.objects.get(pk=ids.users[life.work.lead])
        unlost = Episode.objects.live().open().exclude(family__infants__lost_on__isnull=False)
        episode = unlost.filter(family=life.family).first()
        dyad = episode and episode.focus.select_related("caregiver").first()
        if dyad:
            said = {"token": f"{rng.getrandbits(256):x}", "thought_about": False, "lost": False, "by": by}
            with act_as(by.pk):
                ask_for_experience(episode=episode, caregiver=dyad.caregiver, **said)
