"""What was agreed with some made-up families: plans, formulations, co-workers, waits, and whether it helps."""

from datetime import date, timedelta
from random import Random

from interventions.episodes.models import Episode, Intervention, query_possible_leads
from interventions.plans import actions
from interventions.plans.rules import FamilyAnswer, NextStep, OfferKind, OurAnswer
from pairs.demo.acts import skip_if_refused
from pairs.demo.scenarios.village import FamilyContext
from referrals.rules.choices import ThriveGrouping

AIMS = (
    "We want the evenings to be calmer, and to enjoy bath time again.",
    "To feel that I know what he is telling me when he cries.",
    "That we play together for a little while every day, all of us.",
)
SUCCESS = (
    "She looks for us, and we notice. We laugh more than we worry.",
    "Putting him down to sleep takes half an hour, not three.",
)
WHO_WHEN = "At home every other week, on a morning that suits you; by phone in between if you ring."
IF_NOT_HELPING = (
    "We say so, and think together about something else, or about somebody else who could help more."
)
FORMULATION_SEEN = "When she turned away, you waited. Then she looked back at you, and you both smiled."
FORMULATION_HELPS = "Slowing down. A quiet room. Someone else in the house."
FORMULATION_HARD = "The hours after midnight, when everybody is tired."
FORMULATION_BABY_TELLS = "“I need a little break, and then I want you again.”"
FORMULATION_UNDERSTANDING = "Both of you are still getting to know each other after a frightening start."
OPEN_ENDED, WAITED_FOR = "parent-infant-psychotherapy", ("emdr", "mellow", "watch-wait-and-wonder")


def seed_plans(context: FamilyContext) -> None:
    """Seed this family's plans through the apps' own actions."""
    episode = context.episode
    if episode is None:
        return
    for every, act in (
        (2, _seed_plan),
        (3, _seed_formulation),
        (4, _seed_intervention_wait),
        (5, _seed_co_worker),
        (6, _seed_open_ended_work),
        (7, _seed_thrive_grouping),
    ):
        if context.number % every == 0:
            act(context, episode, Random(f"{context.family.pk}/{every}"))
    if context.number % 9 == 1:
        actions.record_declined(
            episode=episode, what=OfferKind.GOALS, declined_on=context.on, why="", by=context.by
        )


def _get_start_date(context: FamilyContext, episode: Episode, days: int) -> date:
    return max(episode.opened_on, context.on - timedelta(days=days))


def _seed_plan(context: FamilyContext, episode: Episode, rng: Random) -> None:
    plan = actions.write_plan(
        episode=episode,
        caregiver=None,
        aims=rng.choice(AIMS),
        success=rng.choice(SUCCESS),
        by_when=context.on + timedelta(weeks=12),
        who_when=WHO_WHEN,
        if_not_helping=IF_NOT_HELPING,
        review_on=context.on + timedelta(weeks=rng.choice((3, 4, 6))),
        agreed_on=episode.plan_agreed_on,
        by=context.by,
    )
    if context.number % 4 == 0:
        with skip_if_refused():  # something made up around the family may forbid it
            actions.create_plan_paper(plan=plan, to=context.carers[0], by=context.by)


def _seed_formulation(context: FamilyContext, episode: Episode, rng: Random) -> None:
    dyad = episode.focus.order_by("created_at").first()
    parts = {
        "saw": (FORMULATION_SEEN, dyad),
        "helps": (FORMULATION_HELPS, None),
        "baby_tells": (FORMULATION_BABY_TELLS, dyad),
        "understand": (FORMULATION_UNDERSTANDING, dyad),
    }
    if rng.random() < 0.5:
        parts["hard"] = (FORMULATION_HARD, context.carers[0])
    actions.write_formulation(
        episode=episode,
        written_on=_get_start_date(context, episode, 20),
        with_family=True,
        parts=parts,
        by=context.by,
    )


def _seed_intervention_wait(context: FamilyContext, episode: Episode, rng: Random) -> None:
    way = Intervention.objects.get(code=rng.choice(WAITED_FOR))
    if not Intervention.objects.under_way(episode).filter(pk=way.pk).exists():
        since = _get_start_date(context, episode, rng.choice((9, 23, 40, 61)))
        actions.start_wait(episode=episode, intervention=way, since=since, by=context.by)


def _seed_co_worker(context: FamilyContext, episode: Episode, rng: Random) -> None:
    colleague = query_possible_leads(episode.site_id).exclude(pk=episode.lead_id).first()
    if colleague:
        since = _get_start_date(context, episode, 30)
        actions.add_co_worker(
            episode=episode,
            user=colleague,
            since=since,
            why="Films and looks at the films with them",
            by=context.by,
        )


def _seed_open_ended_work(context: FamilyContext, episode: Episode, rng: Random) -> None:
    """Open-ended work that began a while ago; some were asked last week, some are to be asked now."""
    way = Intervention.objects.get(code=OPEN_ENDED)
    if Intervention.objects.under_way(episode).filter(pk=way.pk).exists():
        return
    use = actions.start_intervention(
        episode=episode, intervention=way, started_on=_get_start_date(context, episode, 100), by=context.by
    )
    if context.number % 12 == 0:
        actions.answer_helping(
            use=use,
            asked_on=_get_start_date(context, episode, 0),
            family_says=FamilyAnswer.PARTLY,
            family_words="It is good to be heard.",
            we_say=OurAnswer.YES,
            what_next=NextStep.GO_ON,
            what_changes="",
            ask_again_on=context.on + timedelta(weeks=6),
            by=context.by,
        )


def _seed_thrive_grouping(context: FamilyContext, episode: Episode, rng: Random) -> None:
    grouping = "more_help" if episode.thrive != ThriveGrouping.MORE_HELP else "help"
    actions.set_grouping(
        episode=episode, grouping=grouping, since=_get_start_date(context, episode, 10),
        why="More is asked of them at home than anybody knew at first.", agreed=True, by=context.by,
    )  # fmt: skip
