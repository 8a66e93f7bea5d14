"""A keepsake begun, written, looked at and made ready; its PDF; another version of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from interventions.endings.lines import Guard, lines_for
from interventions.endings.models import Keepsake, KeepsakeLine
from interventions.endings.paper import seal_of, why_not_whole
from interventions.endings.rules.keepsakes import MOST_LINES, TITLE, why_not_kept
from pairs.families.models import Dyad
from pairs.jobs.actions import ask_for_paper
from pairs.service.models import User
from pairs.service.refusals import Refused

TASK = "endings.print_keepsake"
LOST = "A loss is recorded for this baby. A keepsake is made only if the family asks for one; say so."
CHANGED = "It has changed since you looked at it. Please look once more."


@dataclass(frozen=True)
class Chosen:
    """One line as it is to stand: from which note, in which words."""

    note_id: UUID
    text: str


@transaction.atomic
def begin_keepsake(*, dyad: Dyad, asked_for: bool, by: User) -> Keepsake:
    """A draft with a title and no line yet. One that is being written is gone on with instead."""
    dyad = Dyad.objects.select_for_update(of=("self",)).select_related("infant", "caregiver").get(pk=dyad.pk)
    if dyad.infant.lost_on and not asked_for:
        raise Refused({"asked_for": LOST})
    if dyad.caregiver.died_on:
        raise Refused("This carer has died.")
    if why := Guard(dyad, timezone.localdate()).why_not_at_all:
        raise Refused(why)
    keepsakes = Keepsake.objects.live().filter(dyad=dyad)
    if draft := keepsakes.drafts().first():
        return draft
    title = TITLE.format(infant=dyad.infant.given_name or "our baby")
    return Keepsake.objects.create(
        dyad=dyad, title=title, version=_next(dyad), asked_for=bool(dyad.infant.lost_on), written_by=by
    )


def _next(dyad: Dyad) -> int:
    newest = Keepsake.objects.filter(dyad=dyad).newest_first().first()
    return newest.version + 1 if newest else 1


@transaction.atomic
def write_keepsake(
    *, keepsake: Keepsake, title: str, opening: str, closing: str, lines: Sequence[Chosen], by: User
) -> Keepsake:
    """Put these words and lines in place of the draft's. What may not stand is refused by 'lines.<number>.text'."""
    draft = _draft(keepsake)
    _check(draft.dyad, title, opening, closing, lines)
    draft.change(title=title, opening=opening, closing=closing)
    draft.lines.all().delete()
    for order, line in enumerate(lines, start=1):
        KeepsakeLine.objects.create(keepsake=draft, note_id=line.note_id, text=line.text, order=order)
    return draft


def _check(dyad: Dyad, title: str, opening: str, closing: str, lines: Sequence[Chosen]) -> None:
    guard = Guard(dyad, timezone.localdate())
    theirs = {line.note_id for line in lines_for(dyad)}
    if guard.why_not_at_all:
        raise Refused(guard.why_not_at_all)
    errors = {name: guard.why_not(text) for name, text in _around(title, opening, closing).items()}
    for number, line in enumerate(lines):
        errors[f"lines.{number}.note"] = "" if line.note_id in theirs else "Choose from these lines."
        errors[f"lines.{number}.text"] = guard.why_not(line.text)
    errors["lines"] = f"Choose at most {MOST_LINES} lines." if len(lines) > MOST_LINES else ""
    errors = {name: why for name, why in errors.items() if why}
    if errors:
        raise Refused(errors)


def _around(title: str, opening: str, closing: str) -> dict[str, str]:
    return {"title": title, "opening": opening, "closing": closing}


def _draft(keepsake: Keepsake) -> Keepsake:
    Keepsake.objects.select_for_update(of=("self",)).get(pk=keepsake.pk)
    draft = Keepsake.objects.whole().get(pk=keepsake.pk)
    if draft.ready_at:
        raise Refused("This keepsake is ready. Begin another version to change it.")
    return draft


@transaction.atomic
def make_ready(*, keepsake: Keepsake, seen: str, by: User) -> Keepsake:
    """Somebody has looked at it on paper (``seen``: the seal of what they saw) and it is right: from now on frozen."""
    draft = _draft(keepsake)
    if missing := why_not_kept(lines=len(draft.lines.all()), title=draft.title):
        raise Refused(" ".join(missing.values()))
    if seen != seal_of(draft):
        raise Refused(CHANGED)
    if why := why_not_whole(draft):
        raise Refused(why)
    now = timezone.now()
    draft.lines.update(ready_at=now)
    return draft.change(ready_at=now, ready_by=by)


@transaction.atomic
def another_version(*, keepsake: Keepsake, by: User) -> Keepsake:
    """A draft that begins with the words of this one, as far as they may still stand."""
    old = Keepsake.objects.whole().get(pk=keepsake.pk)
    draft = begin_keepsake(dyad=old.dyad, asked_for=old.asked_for, by=by)
    if draft.lines.exists():
        return draft
    theirs = {line.note_id for line in lines_for(old.dyad)}
    draft.change(title=old.title, opening=old.opening, closing=old.closing)
    for line in old.lines.all():
        if line.note_id in theirs:
            KeepsakeLine.objects.create(keepsake=draft, note=line.note, text=line.text, order=line.order)
    return draft


@transaction.atomic
def ask_for_pdf(*, keepsake: Keepsake, by: User) -> Keepsake:
    """The keepsake as a PDF, made by the worker. Asked twice, made once."""
    found = Keepsake.objects.whole().get(pk=keepsake.pk)
    if found.ready_at is None:
        raise Refused("Look at it on paper first.")
    if why := why_not_whole(found):
        raise Refused(why)
    return found.change(job=ask_for_paper(task=TASK, key=f"keepsake:{found.pk}"))
