"""What is still open about a family when the work with it ends: asked of every room, in one query.

The rooms below are asked here, each in a function of its own; a room above adds its own with ``also_open``, said
once in its AppConfig. Nothing here closes anything: each thing is closed on its own page, or handed on by name.
"""

from collections.abc import Callable, Iterable
from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from interventions.endings.open_beside import BESIDE
from interventions.endings.rules.endings import Open
from interventions.episodes.models import CareContact, Episode
from pairs.access.asking import Question, answers, day, moment
from pairs.families.models import RiskAlert
from pairs.safeguarding.models import SafeguardingConcern
from pairs.safeguarding.rules import waits_until
from pairs.service.pages import short_day
from pairs.village.models import Letter

_said_above: dict[str, Callable[[Episode], Question]] = {}


def also_open(room: str, question: Callable[[Episode], Question]) -> None:
    """A room's own open things, as rules.endings.Open. Said once, in its AppConfig."""
    _said_above[room] = question


def open_work_of(episode: Episode) -> list[Open]:
    """Everything open about the episode and its family, what has to be settled first. One query."""
    questions: Iterable[Question] = [*(ask(episode) for ask in (*BELOW, *BESIDE, *_said_above.values()))]
    return sorted(answers(questions), key=lambda each: (not each.settle, each.code, each.what))


def _unsigned(episode: Episode) -> Question:
    rows = CareContact.objects.live().filter(episode=episode, signed_at=None)
    fields = {"id": "id", "at": "starts_at", "by": "practitioner__display_name"}

    def says(row):
        when = short_day(timezone.localdate(moment(row["at"])))
        href = reverse("care-contact", args=[row["id"]])
        # It can be signed after the ending too, by whoever wrote it.
        yield Open("unsigned", UUID(row["id"]), f"Sign the contact of {when}", href, row["by"], settle=False)

    return Question(rows, fields, says)


def _alerts(episode: Episode) -> Question:
    rows = RiskAlert.objects.live().open().filter(family=episode.family_id)
    fields = {"id": "id", "what": "what", "lead": "lead__display_name"}

    def says(row):
        href = reverse("alert", args=[row["id"]])
        yield Open("alert", UUID(row["id"]), f"Risk alert: {row['what'][:120]}", href, row["lead"] or "")

    return Question(rows, fields, says)


def _concerns(episode: Episode) -> Question:
    """Safeguarding concerns that wait for an answer."""
    rows = SafeguardingConcern.objects.live().filter(family=episode.family_id).to_ask_about()
    fields = {"id": "id", "by": "recorded_by__display_name", "family": "family_id"}
    fields |= {"chase_by": "chase_by", "steps": "step_days"}

    def says(row):
        steps = [(step["kind"], day(step["ask_by"])) for step in row["steps"]]
        ask_by = waits_until([("raised", day(row["chase_by"])), *steps])
        if ask_by:
            what = f"Safeguarding: ask for the answer by {short_day(ask_by)}"
            href = reverse("safeguarding", args=[row["family"]])
            yield Open("concern", UUID(row["id"]), what, href, row["by"])

    return Question(rows, fields, says)


def _letters(episode: Episode) -> Question:
    """Drafts, and what was signed and has not gone: nobody waits for either by law, and both are easily forgotten."""
    rows = Letter.objects.live().filter(family=episode.family_id, sent_on=None)
    fields = {"id": "id", "signed_at": "signed_at", "by": "written_by__display_name"}

    def says(row):
        what = "Send the letter that is signed" if row["signed_at"] else "Finish the letter begun"
        href = reverse("letter", args=[row["id"]])
        yield Open("letter", UUID(row["id"]), what, href, row["by"], settle=False)

    return Question(rows, fields, says)


BELOW = (_alerts, _concerns, _unsigned, _letters)
