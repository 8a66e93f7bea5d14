"""What was agreed with some made-up families: plans, formulations, co-workers, waits, and whether it helps."""

from contextlib import suppress
from datetime import date, timedelta
from random import Random

from interventions.episodes.models import Episode, Intervention, leads_at
from interventions.plans import actions
from pairs.service.refusals import Refused
from reporting.demo.around_village import Around

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
IF_NOT = "We say so, and think together about something else, or about somebody else who could help more."
SAW = "When she turned away, you waited. Then she looked back at you, and you both smiled."
HELPS = "Slowing down. A quiet room. Somebody else in the house."
HARD = "The hours after midnight, when everybody is tired."
TELLS = "“I need a little break, and then I want you again.”"
TOGETHER = "Both of you are still getting to know each other after a frightening start."
OPEN_ENDED, WAITED_FOR = "parent-infant-psychotherapy", ("emdr", "mellow", "watch-wait-and-wonder")


def agree(each: Around) -> None:
    """This family's share of it, through the rooms' own actions."""
    episode = Episode.objects.live().open().filter(family=each.family).order_by("opened_on").first()
    if episode is None:
        return
    for every, act in (
        (2, _plan),
        (3, _formulation),
        (4, _wait),
        (5, _co_worker),
        (6, _helping),
        (7, _grouping),
    ):
        if each.number % every == 0:
            act(each, episode, Random(f"{each.family.pk}/{every}"))
    if each.number % 9 == 1:
        actions.decline(episode=episode, what="goals", declined_on=each.on, why="", by=each.by)


def _since(each: Around, episode: Episode, days: int) -> date:
    return max(episode.opened_on, each.on - timedelta(days=days))


def _plan(each: Around, episode: Episode, rng: Random) -> None:
    plan = actions.write_plan(
        episode=episode,
        caregiver=None,
        aims=rng.choice(AIMS),
        success=rng.choice(SUCCESS),
        by_when=each.on + timedelta(weeks=12),
        who_when=WHO_WHEN,
        if_not_helping=IF_NOT,
        review_on=each.on + timedelta(weeks=rng.choice((3, 4, 6))),
        agreed_on=episode.plan_agreed_on,
        by=each.by,
    )
    if each.number % 4 == 0:
        with suppress(Refused):  # something made up around the family may forbid it
            actions.make_paper(plan=plan, to=each.carers[0], by=each.by)


def _formulation(each: Around, episode: Episode, rng: Random) -> None:
    dyad = episode.focus.order_by("created_at").first()
    parts = {
        "saw": (SAW, dyad),
        "helps": (HELPS, None),
        "baby_tells": (TELLS, dyad),
        "understand": (TOGETHER, dyad),
    }
    if rng.random() < 0.5:
        parts["hard"] = (HARD, each.carers[0])
    actions.write_formulation(
        episode=episode, written_on=_since(each, episode, 20), with_family=True, parts=parts, by=each.by
    )


def _wait(each: Around, episode: Episode, rng: Random) -> None:
    way = Intervention.objects.get(code=rng.choice(WAITED_FOR))
    if not Intervention.objects.under_way(episode).filter(pk=way.pk).exists():
        since = _since(each, episode, rng.choice((9, 23, 40, 61)))
        actions.wait_for_way(episode=episode, intervention=way, since=since, by=each.by)


def _co_worker(each: Around, episode: Episode, rng: Random) -> None:
    colleague = leads_at(episode.site_id).exclude(pk=episode.lead_id).first()
    if colleague:
        since = _since(each, episode, 30)
        actions.add_co_worker(
            episode=episode,
            user=colleague,
            since=since,
            why="Films and looks at the films with them",
            by=each.by,
        )


def _helping(each: Around, episode: Episode, rng: Random) -> None:
    """Open-ended work that began a while ago; some were asked last week, some are to be asked now."""
    way = Intervention.objects.get(code=OPEN_ENDED)
    if Intervention.objects.under_way(episode).filter(pk=way.pk).exists():
        return
    use = actions.begin_way(
        episode=episode, intervention=way, started_on=_since(each, episode, 100), by=each.by
    )
    if each.number % 12 == 0:
        actions.answer_helping(
            use=use, asked_on=_since(each, episode, 0), family_says="partly", family_words="It is good to be heard.",
            we_say="yes", what_next="go_on", what_changes="", ask_again_on=each.on + timedelta(weeks=6), by=each.by,
        )  # fmt: skip


def _grouping(each: Around, episode: Episode, rng: Random) -> None:
    grouping = "more_help" if episode.thrive != "more_help" else "help"
    actions.set_grouping(
        episode=episode, grouping=grouping, since=_since(each, episode, 10),
        why="More is asked of them at home than anybody knew at first.", agreed=True, by=each.by,
    )  # fmt: skip
