"""Endings of a few made-up families: prepared, completed, undone; letters, a keepsake, cards, turning two and five.

Written through the rooms' own actions, as if on the day of seeding: so it is what they would have written. The cards
are one for each site, and one in another language that says it is only an example.
"""

from collections.abc import Iterable, Iterator
from contextlib import suppress

import pghistory
from django.utils import timezone

from interventions.endings.actions import (
    begin_ending_letter,
    begin_keepsake,
    keep_way_back,
    make_ready,
    plan_transition,
    prepare_ending,
    reopen_episode,
    write_keepsake,
)
from interventions.endings.actions.endings import dyads_of
from interventions.endings.actions.keepsakes import Chosen
from interventions.endings.due import family_questions
from interventions.endings.lines import Guard, lines_for
from interventions.endings.models import Keepsake
from interventions.endings.open_work import open_work_of
from interventions.endings.paper import seal_of
from interventions.episodes.models import CareContact, Episode
from pairs.access.asking import answers
from pairs.access.scope import scope_of
from pairs.families.models import Family, Infant
from pairs.service.models import Site, User
from pairs.service.refusals import Refused
from reporting.demo.lives import Life
from reporting.demo.rows import Known

# Of the families whose work goes on, the cast's own first and from the last one backwards: what becomes of each.
STEPS = ("completed", "draft", "completed", "undone", "kept", "draft")
FIRST = "blackburn"
CHANGED = "The evenings are quieter, and there is more laughing at bath time (made up)."
BETWEEN = "{carer} sees sooner when {infant} has had enough, and {infant} looks for {carer}."
SAID = {
    "reason": "02",
    "together": "all",
    "planned": "yes",
    "preparing": "Look at the first film again together; choose lines for the keepsake.",
    "summary": CHANGED,
    "helped": "Watching the short films together, and somebody who came back each week.",
    "held_next_by": "Health visitor and family hub",
    "way_back": "Ring the site, or ask the health visitor to ring for them",
}
WORDS = "You can come back to us whenever you would like to think with somebody again. Ring, and say that we have met."


def lay_cards(by: User) -> None:
    """One card a site, and a second one at the hub."""
    for number, site in enumerate(Site.objects.order_by("-is_hub", "name")):
        card = {"title": "You can come back", "words": WORDS, "hours": "Weekdays, 9 to 5 (example)"}
        keep_way_back(site=site, language="English", phone=f"01632 9602{number:02d}", by=by, **card)
    hub = Site.objects.hub()
    words = "An example: here stands the card’s text in another language, checked by somebody who speaks it."
    keep_way_back(
        site=hub, language="Another language (example)", title="Example", words=words, phone="01632 960200",
        hours="", by=by,
    )  # fmt: skip


def part(known: Known, lives: list[Life]) -> int:
    """Give the last of these families their endings; how many there were."""
    people = User.objects.in_bulk(set(known.users.values()))
    with pghistory.context(user=str(known.users["supervisor"])):
        lay_cards(people[known.users["supervisor"]])
    count = 0
    for step, episode in zip(STEPS, _episodes(_in_turn(lives)), strict=False):
        with pghistory.context(user=str(episode.lead_id)):
            _part(episode, step, people[known.users["supervisor"]])
        count += 1
    _plan_some(people[known.users["blackburn"]])
    return count


def _in_turn(lives: list[Life]) -> list[Life]:
    backwards = lives[::-1]
    return sorted(backwards, key=lambda life: life.work.lead != FIRST)


def _episodes(lives: Iterable[Life]) -> Iterator[Episode]:
    """Open episodes about children who live, with somebody in focus and nothing worse under way."""
    for life in lives:
        episode = (
            Episode.objects.open().live().filter(pk=life.work.id).select_related("lead", "referral").first()
        )
        later = CareContact.objects.live().filter(episode=life.work.id, starts_at__gt=timezone.now()).exists()
        grieving = Infant.objects.live().filter(family=life.family).exclude(lost_on=None).exists()
        if episode and not later and not grieving and not episode.referral.patient_id and dyads_of(episode):
            yield episode


def _part(episode: Episode, step: str, supervisor: User) -> None:
    if step != "kept":
        _prepare(episode, complete=step != "draft")
    if step == "undone":
        reopen_episode(episode=episode, because="Ended on the wrong record (made up)", by=supervisor)
    if step == "completed":
        episode.refresh_from_db()
        _letter(episode)
    if step != "draft":
        _keepsake(episode)


def _prepare(episode: Episode, *, complete: bool) -> None:
    changed = {
        dyad.pk: BETWEEN.format(carer=dyad.caregiver.given_name, infant=dyad.infant.given_name or "the baby")
        for dyad in dyads_of(episode)
    }
    handed_on = {each.key: "Duty, until the health visitor has it" for each in open_work_of(episode)}
    prepare_ending(
        episode=episode, said=SAID | {"ended_on": timezone.localdate()}, changed=changed, handed_on=handed_on,
        complete=complete, by=episode.lead,
    )  # fmt: skip


def _letter(episode: Episode) -> None:
    """To the main carer, unless something made up around the family forbids it."""
    dyad = dyads_of(episode)[0]
    with suppress(Refused):
        begin_ending_letter(episode=episode, to=dyad.caregiver, by=episode.lead)


def _keepsake(episode: Episode) -> None:
    """The first lines that are these two's alone; none where there is no such line."""
    for dyad in dyads_of(episode):
        guard = Guard(dyad, timezone.localdate())
        lines = [line for line in lines_for(dyad) if not guard.why_not(line.text)][:6]
        if lines and not guard.why_not_at_all:
            _keep(dyad, lines, episode.lead)
            return


def _keep(dyad, lines, by) -> None:
    keepsake = begin_keepsake(dyad=dyad, asked_for=False, by=by)
    chosen = [Chosen(line.note_id, line.text) for line in lines]
    write_keepsake(
        keepsake=keepsake, title=keepsake.title, opening="From the time we spent together.", closing="", lines=chosen,
        by=by,
    )  # fmt: skip
    whole = Keepsake.objects.whole().get(pk=keepsake.pk)
    make_ready(keepsake=whole, seen=seal_of(whole), by=by)


def _plan_some(by: User) -> None:
    """Every third transition that is announced to Blackburn has been planned."""
    today = timezone.localdate()
    for item in answers(family_questions(scope_of(by), today))[::3]:
        with pghistory.context(user=str(by.pk)):
            _plan(item, by, today)


def _plan(item, by, today) -> None:
    plan_transition(
        family=Family.objects.get(pk=item.family_id), infant=Infant.objects.get(pk=item.subject_id),
        turning=item.code.removeprefix("turning_"), who_next="Example Nursery and the health visitor",
        agreed_with="The family and the health visitor", agreed_on=today, note="", by=by,
    )  # fmt: skip
