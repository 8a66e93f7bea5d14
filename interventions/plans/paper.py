"""A plan as a page for one carer: printed from the browser and made as a PDF from these same lines.

What it may say is asked each time anew. It holds the whole family's plan or this carer's own, this carer's own goals,
and the names of the children they care for; no other carer's plan, goal, number, address or score.
"""

import hashlib
from datetime import date

from django.conf import settings
from django.db.models import QuerySet

from interventions.episodes.models import Goal
from interventions.plans.models import Plan, PlanPaper
from pairs.access.records import live_q
from pairs.families.models import Caregiver, Dyad, Family
from pairs.jobs.models import Job
from pairs.service.pages import day
from pairs.village import known as knowledge
from pairs.village.disclosure import Matter, may_be_told, told_by_mistake
from pairs.village.rules import SENDER

TITLE = "What we do together"
STOPPED = "This page is not for them"


def carers_to_give(plan: Plan, on: date) -> QuerySet[Caregiver]:
    """Whom this plan may be given to: the carer whose own it is, or every living carer with a child here."""
    dyads = Dyad.objects.live().current().filter(family=plan.episode.family_id, infant__lost_on=None)
    carers = Caregiver.objects.live().filter(pk__in=dyads.values("caregiver"), died_on=None)
    if plan.caregiver_id:
        carers = carers.filter(pk=plan.caregiver_id)
    return carers.order_by("created_at")


def lines_of(plan: Plan, to: Caregiver, on: date) -> dict:
    """What the page says today; where it may not be given, only why not."""
    head = {"sender": SENDER, "site": str(plan.episode.site), "title": TITLE, "on": day(plan.made_on)}
    goals = _goals(plan, to)
    sections = _sections(plan)
    why = why_not(plan, to, on, [words for _, words in sections] + goals)
    if why:
        return head | {"stopped": why, "title": STOPPED}
    return head | {
        "stopped": "",
        "for": str(to),
        "children": " and ".join(dyad.infant.name or "your baby" for dyad in _dyads(plan, to)),
        "goals": goals,
        "sections": sections,
        "lead": str(plan.episode.lead),
        "phone": settings.SERVICE_PHONE,
    }


def family_plan(family: Family) -> list[tuple[str, str]]:
    """[(heading, words)] of the whole family's plan of today, for whoever may read no notes: peer supporters.

    One carer's own plan, goals and numbers are never among it; empty where there is none, or the work has ended.
    """
    plans = (
        Plan.objects.live().current().filter(episode__family=family, caregiver=None, episode__ended_on=None)
    )
    plan = plans.filter(live_q("episode__")).newest_first().first()
    return _sections(plan) if plan else []


def why_not(plan: Plan, to: Caregiver, on: date, texts: list[str]) -> str:
    """'' when this page may be given to this carer today, else why not."""
    if plan.caregiver_id not in (None, to.pk):
        return "This is another carer's own plan."
    dyads = _dyads(plan, to)
    if not dyads or to.died_on:
        return "They care for no child of this plan."
    recipient = knowledge.caregiver(to)
    known = knowledge.known_of(Family.objects.get(pk=plan.episode.family_id))
    for dyad in dyads:
        verdict = may_be_told(recipient, Matter("plan", infant_id=dyad.infant_id), on, known)
        if not verdict:
            return verdict.why
    return told_by_mistake("\n".join(texts), recipient, on, known)


def names_others(plan: Plan, to: Caregiver) -> list[str]:
    """First names of the other carers that stand in the plan's words: to be read once more with this carer's eyes."""
    others = Caregiver.objects.live().filter(family=plan.episode.family_id).exclude(pk=to.pk)
    said = " ".join(words for _, words in _sections(plan)).casefold()
    names = {carer.given_name for carer in others if carer.given_name and carer.given_name != to.given_name}
    return sorted(name for name in names if name.casefold() in said)


def _dyads(plan, to):
    dyads = Dyad.objects.live().current().filter(family=plan.episode.family_id, caregiver=to)
    return list(dyads.filter(infant__lost_on=None).select_related("infant").order_by("infant__twin_order"))


def _goals(plan, to):
    """The goals of this carer's own relationships, of children who live."""
    own = Goal.objects.live().current().filter(episode=plan.episode_id, dyad__caregiver=to)
    return [goal.words for goal in own.filter(dyad__infant__lost_on=None)]


def _sections(plan):
    """[(heading, words)] in plain words; what was left empty is left out."""
    said = (
        ("What we want to happen", plan.aims),
        ("How we will know that it helps", plan.success),
        ("By when", day(plan.by_when)),
        ("Who sees you, and when", plan.who_when),
        ("If it does not help", plan.if_not_helping),
        ("We look at this together again on", day(plan.review_on)),
    )
    return [(heading, words) for heading, words in said if words]


def pdf_key(paper: PlanPaper, on: date) -> str:
    """One PDF for the same lines: when something on it has changed since, it is made anew."""
    lines = repr(sorted(lines_of(paper.plan, paper.to_caregiver, on).items()))
    return f"plan:{paper.pk}:{hashlib.sha256(lines.encode()).hexdigest()[:16]}"


def pdf_of_today(paper: PlanPaper, on: date) -> Job | None:
    """The PDF's job, made or being made, when what it says is what the page says today."""
    return paper.job if paper.job and paper.job.key == pdf_key(paper, on) else None
