"""Endings of a few made-up families: prepared, completed, undone; letters, a keepsake, cards, turning two and five.

Written through the apps' own actions, as if on the day of seeding. The cards
are one for each site, and one in another language that says it is only an example.
"""

from collections.abc import Iterable, Iterator

from django.utils import timezone

from interventions.endings.actions import (
    begin_ending_letter,
    begin_keepsake,
    mark_keepsake_ready,
    plan_transition,
    prepare_ending,
    reopen_episode,
    save_way_back,
    write_keepsake,
)
from interventions.endings.actions.endings import list_family_dyads
from interventions.endings.actions.keepsakes import ChosenLine
from interventions.endings.due import build_family_due_queries
from interventions.endings.keepsake_excerpts import KeepsakeExcerpt, KeepsakePolicy, list_keepsake_excerpts
from interventions.endings.models import Keepsake
from interventions.endings.outstanding_work import list_outstanding_work
from interventions.endings.printed_keepsake import compute_keepsake_digest
from interventions.endings.rules.endings import EndingDiscussion, EndingTiming
from interventions.episodes.models import CareContact, Episode
from interventions.episodes.rules import EndingReason
from pairs.access.batch_query import run_queries
from pairs.access.scope import load_scope
from pairs.demo.acts import act_as, skip_if_refused
from pairs.demo.scenario_rows import ReferenceIds
from pairs.demo.scenarios.records import FamilyScenario
from pairs.families.models import Dyad, Family, Infant
from pairs.service.models import Site, User

# Of the families whose work goes on, the cast's own first and from the last one backwards: what becomes of each.
ENDING_STEPS = ("completed", "draft", "completed", "undone", "kept", "draft")
FIRST_LEAD = "blackburn"
CHANGED_TEXT = "The evenings are quieter, and there is more laughing at bath time (made up)."
BETWEEN_TEXT = "{carer} sees sooner when {infant} has had enough, and {infant} looks for {carer}."
ENDING_ANSWERS = {
    "reason": EndingReason.WORK_DONE,
    "together": EndingDiscussion.ALL,
    "planned": EndingTiming.PLANNED,
    "preparing": "Look at the first film again together; choose lines for the keepsake.",
    "summary": CHANGED_TEXT,
    "helped": "Watching the short films together, and somebody who came back each week.",
    "held_next_by": "Health visitor and family hub",
    "way_back": "Ring the site, or ask the health visitor to ring for them",
}
CARD_TEXT = (
    "You can come back to us whenever you would like to think things through with someone again. Ring, and "
    "say that we have met."
)


def seed_return_cards(by: User) -> None:
    """One card a site, and a second one at the hub."""
    for number, site in enumerate(Site.objects.order_by("-is_hub", "name")):
        card = {"title": "You can come back", "words": CARD_TEXT, "hours": "Weekdays, 9 to 5 (example)"}
        save_way_back(site=site, language="English", phone=f"01632 9602{number:02d}", by=by, **card)
    hub = Site.objects.hub()
    words = "An example: here stands the card’s text in another language, checked by somebody who speaks it."
    save_way_back(
        site=hub, language="Another language (example)", title="Example", words=words, phone="01632 960200",
        hours="", by=by,
    )  # fmt: skip


def seed_endings(ids: ReferenceIds, lives: list[FamilyScenario]) -> int:
    """Give the last of these families their endings; how many there were."""
    people = User.objects.in_bulk(set(ids.users.values()))
    with act_as(ids.users["supervisor"]):
        seed_return_cards(people[ids.users["supervisor"]])
    count = 0
    for step, episode in zip(ENDING_STEPS, _list_endable_episodes(_order_for_endings(lives)), strict=False):
        with act_as(episode.lead_id):
            _seed_ending(episode, step, people[ids.users["supervisor"]])
        count += 1
    _plan_transitions(people[ids.users["blackburn"]])
    return count


def _order_for_endings(lives: list[FamilyScenario]) -> list[FamilyScenario]:
    backwards = lives[::-1]
    return sorted(backwards, key=lambda life: life.work.lead != FIRST_LEAD)


def _list_endable_episodes(lives: Iterable[FamilyScenario]) -> Iterator[Episode]:
    """Open episodes about children who live, with somebody in focus and nothing worse under way."""
    for life in lives:
        episode = (
            Episode.objects.open().live().filter(pk=life.work.id).select_related("lead", "referral").first()
        )
        later = CareContact.objects.live().filter(episode=life.work.id, starts_at__gt=timezone.now()).exists()
        grieving = Infant.objects.live().filter(family=life.family).exclude(lost_on=None).exists()
        if (
            episode
            and not later
            and not grieving
            and not episode.referral.patient_id
            and list_family_dyads(episode)
        ):
            yield episode


def _seed_ending(episode: Episode, step: str, supervisor: User) -> None:
    if step != "kept":
        _prepare_ending(episode, complete=step != "draft")
    if step == "undone":
        reopen_episode(episode=episode, because="Ended on the wrong record (made up)", by=supervisor)
    if step == "completed":
        episode.refresh_from_db()
        _seed_ending_letter(episode)
    if step != "draft":
        _seed_keepsake(episode)


def _prepare_ending(episode: Episode, *, complete: bool) -> None:
    changed = {
        dyad.pk: BETWEEN_TEXT.format(
            carer=dyad.caregiver.given_name, infant=dyad.infant.given_name or "the baby"
        )
        for dyad in list_family_dyads(episode)
    }
    handed_on = {each.key: "Duty, until the health visitor has it" for each in list_outstanding_work(episode)}
    prepare_ending(
        episode=episode, said=ENDING_ANSWERS | {"ended_on": timezone.localdate()}, changed=changed, handed_on=handed_on,
        complete=complete, by=episode.lead,
    )  # fmt: skip


def _seed_ending_letter(episode: Episode) -> None:
    """To the main carer, unless something made up around the family forbids it."""
    dyad = list_family_dyads(episode)[0]
    with skip_if_refused():
        begin_ending_letter(episode=episode, to=dyad.caregiver, by=episode.lead)


def _seed_keepsake(episode: Episode) -> None:
    """The first lines that are these two's alone; none where there is no such line."""
    for dyad in list_family_dyads(episode):
        guard = KeepsakePolicy(dyad, timezone.localdate())
        lines = [line for line in list_keepsake_excerpts(dyad) if not guard.why_not(line.text)][:6]
        if lines and not guard.disclosure_problem:
            _create_keepsake(dyad, lines, episode.lead)
            return


def _create_keepsake(dyad: Dyad, lines: list[KeepsakeExcerpt], by: User) -> None:
    keepsake = begin_keepsake(dyad=dyad, asked_for=False, by=by)
    chosen = [ChosenLine(line.note_id, line.text) for line in lines]
    write_keepsake(
        keepsake=keepsake, title=keepsake.title, opening="From the time we spent together.", closing="", lines=chosen,
        by=by,
    )  # fmt: skip
    whole = Keepsake.objects.whole().get(pk=keepsake.pk)
    mark_keepsake_ready(keepsake=whole, seen=compute_keepsake_digest(whole), by=by)


def _plan_transitions(by: User) -> None:
    """Every third transition that is announced to Blackburn has been planned."""
    today = timezone.localdate()
    for item in run_queries(build_family_due_queries(load_scope(by), today))[::3]:
        with act_as(by.pk):
            _plan_one_transition(item, by, today)


def _plan_one_transition(item, by, today) -> None:
    plan_transition(
        family=Family.objects.get(pk=item.family_id), infant=Infant.objects.get(pk=item.subject_id),
        turning=item.code.removeprefix("turning_"), who_next="Example Nursery and the health visitor",
        agreed_with="The family and the health visitor", agreed_on=today, note="", by=by,
    )  # fmt: skip
