"""The printed plan for one carer: the print page and the PDF are built from the same lines.

Disclosure is checked each time. It contains the family's plan or this carer's own, this carer's own goals
and the names of their children; never another carer's plan, goals, phone number, address or scores.
"""

from datetime import date

from django.conf import settings
from django.db.models import QuerySet

from interventions.episodes.models import Goal
from interventions.plans.models import Plan
from pairs.access.records import live_q
from pairs.families.last_day import has_died
from pairs.families.models import Caregiver, Dyad, Family
from pairs.village import disclosure_facts as knowledge
from pairs.village.disclosure import Matter, find_undisclosable_error, may_be_told
from pairs.village.rules import SENDER
from pairs.web.formats import format_day

PAGE_TITLE = "What we do together"
WITHHELD_TITLE = "This page is not for them"


def query_plan_recipients(plan: Plan, on: date) -> QuerySet[Caregiver]:
    """Carers to whom this plan may be given: its own carer, or every living carer of a living child."""
    dyads = Dyad.objects.live().current().filter(family=plan.episode.family_id, infant__lost_on=None)
    carers = Caregiver.objects.active().filter(pk__in=dyads.values("caregiver"))
    if plan.caregiver_id:
        carers = carers.filter(pk=plan.caregiver_id)
    return carers.order_by("created_at")


def build_plan_lines(plan: Plan, to: Caregiver, on: date) -> dict:
    """The content of the page today; if it may not be given, only the reason."""
    head = {
        "sender": SENDER,
        "site": str(plan.episode.site),
        "title": PAGE_TITLE,
        "on": format_day(plan.made_on),
    }
    goals = _list_goals(plan, to)
    sections = _build_sections(plan)
    why = find_disclosure_error(plan, to, on, [words for _, words in sections] + goals)
    if why:
        return head | {"stopped": why, "title": WITHHELD_TITLE}
    return head | {
        "stopped": "",
        "for": str(to),
        "children": " and ".join(dyad.infant.shown_name or "your baby" for dyad in _list_dyads(plan, to)),
        "goals": goals,
        "sections": sections,
        "lead": str(plan.episode.lead),
        "phone": settings.SERVICE_PHONE,
    }


def get_family_plan(family: Family) -> list[tuple[str, str]]:
    """[(heading, text)] of the whole family's current plan, for peer supporters, who may not read notes.

    Never a carer's own plan, goals or ratings. Empty if there is no plan or the episode has ended.
    """
    plans = (
        Plan.objects.live().current().filter(episode__family=family, caregiver=None, episode__ended_on=None)
    )
    plan = plans.filter(live_q("episode__")).newest_first().first()
    return _build_sections(plan) if plan else []


def find_disclosure_error(plan: Plan, to: Caregiver, on: date, texts: list[str]) -> str:
    """Why this page may not be given to this carer today; '' when it may."""
    if plan.caregiver_id not in (None, to.pk):
        return "This is another carer's own plan."
    dyads = _list_dyads(plan, to)
    if not dyads or has_died(to):
        return "They care for no child of this plan."
    recipient = knowledge.build_caregiver_recipient(to)
    facts = knowledge.load_disclosure_facts(Family.objects.get(pk=plan.episode.family_id))
    for dyad in dyads:
        verdict = may_be_told(recipient, Matter("plan", infant_id=dyad.infant_id), on, facts)
        if not verdict:
            return verdict.why
    return find_undisclosable_error("\n".join(texts), recipient, on, facts)


def list_other_names(plan: Plan, to: Caregiver) -> list[str]:
    """Given names of other carers that occur in the plan, so that the practitioner checks it again."""
    others = Caregiver.objects.live().filter(family=plan.episode.family_id).exclude(pk=to.pk)
    said = " ".join(words for _, words in _build_sections(plan)).casefold()
    names = {carer.given_name for carer in others if carer.given_name and carer.given_name != to.given_name}
    return sorted(name for name in names if name.casefold() in said)


def _list_dyads(plan: Plan, to: Caregiver) -> list[Dyad]:
    dyads = Dyad.objects.live().current().filter(family=plan.episode.family_id, caregiver=to)
    return list(dyads.filter(infant__lost_on=None).select_related("infant").order_by("infant__twin_order"))


def _list_goals(plan: Plan, to: Caregiver) -> list[str]:
    """The goals of this carer's own dyads with living infants."""
    own = Goal.objects.live().current().filter(episode=plan.episode_id, dyad__caregiver=to)
    return [goal.words for goal in own.filter(dyad__infant__lost_on=None)]


def _build_sections(plan: Plan) -> list[tuple[str, str]]:
    """[(heading, text)] of the parts that are filled in."""
    said = (
        ("What we want to happen", plan.aims),
        ("How we will know that it helps", plan.success),
        ("By when", format_day(plan.by_when)),
        ("Who sees you, and when", plan.who_when),
        ("If it does not help", plan.if_not_helping),
        ("We will review this together on", format_day(plan.review_on)),
    )
    return [(heading, words) for heading, words in said if words]
