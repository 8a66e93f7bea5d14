"""Actions on a keepsake: begin, write, mark as ready, request its PDF, create another version."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from interventions.endings.keepsake_excerpts import KeepsakePolicy, list_keepsake_excerpts
from interventions.endings.models import Keepsake, KeepsakeLine
from interventions.endings.printed_keepsake import compute_keepsake_digest, find_print_error
from interventions.endings.rules.keepsakes import DEFAULT_TITLE, MAX_LINES, find_keepsake_errors
from pairs.families.last_day import has_died
from pairs.families.models import Dyad
from pairs.service.models import User
from pairs.service.refusals import ActionRefused

LOSS_REFUSAL = (
    "A loss is recorded for this baby. Make a keepsake only if the family asks for one, "
    "and tick that they did."
)
CARER_HAS_DIED = "This carer has died."
CHANGED_SINCE_SEEN = "It has changed since you checked it. Check it again."


@dataclass(frozen=True)
class ChosenLine:
    """One chosen line: the note it is from, and its text."""

    note_id: UUID
    text: str


@transaction.atomic
def begin_keepsake(*, dyad: Dyad, asked_for: bool, by: User) -> Keepsake:
    """Begin a draft with a title and no lines; returns the existing draft if there is one."""
    dyad = Dyad.objects.select_for_update(of=("self",)).select_related("infant", "caregiver").get(pk=dyad.pk)
    if dyad.infant.lost_on and not asked_for:
        raise ActionRefused({"asked_for": LOSS_REFUSAL})
    if has_died(dyad.caregiver):
        raise ActionRefused(CARER_HAS_DIED)
    if why := KeepsakePolicy(dyad, timezone.localdate()).disclosure_problem:
        raise ActionRefused(why)
    keepsakes = Keepsake.objects.live().filter(dyad=dyad)
    if draft := keepsakes.drafts().first():
        return draft
    title = DEFAULT_TITLE.format(infant=dyad.infant.given_name or "our baby")
    return Keepsake.objects.create(
        dyad=dyad,
        title=title,
        version=_get_next_version(dyad),
        asked_for=bool(dyad.infant.lost_on),
        written_by=by,
    )


def _get_next_version(dyad: Dyad) -> int:
    newest = Keepsake.objects.filter(dyad=dyad).newest_first().first()
    return newest.version + 1 if newest else 1


@transaction.atomic
def write_keepsake(
    *, keepsake: Keepsake, title: str, opening: str, closing: str, lines: Sequence[ChosenLine], by: User
) -> Keepsake:
    """Replace the draft's text and lines. A line not allowed is refused under 'lines.<number>.text'."""
    draft = _lock_keepsake_draft(keepsake)
    _validate_keepsake(draft.dyad, title, opening, closing, lines)
    draft.change(title=title, opening=opening, closing=closing)
    draft.lines.all().delete()
    for order, line in enumerate(lines, start=1):
        KeepsakeLine.objects.create(keepsake=draft, note_id=line.note_id, text=line.text, order=order)
    return draft


def _validate_keepsake(
    dyad: Dyad, title: str, opening: str, closing: str, lines: Sequence[ChosenLine]
) -> None:
    guard = KeepsakePolicy(dyad, timezone.localdate())
    theirs = {line.note_id for line in list_keepsake_excerpts(dyad)}
    if guard.disclosure_problem:
        raise ActionRefused(guard.disclosure_problem)
    errors = {name: guard.why_not(text) for name, text in _build_text_fields(title, opening, closing).items()}
    for number, line in enumerate(lines):
        errors[f"lines.{number}.note"] = "" if line.note_id in theirs else "Choose from these lines."
        errors[f"lines.{number}.text"] = guard.why_not(line.text)
    errors["lines"] = f"Choose at most {MAX_LINES} lines." if len(lines) > MAX_LINES else ""
    errors = {name: why for name, why in errors.items() if why}
    if errors:
        raise ActionRefused(errors)


def _build_text_fields(title: str, opening: str, closing: str) -> dict[str, str]:
    return {"title": title, "opening": opening, "closing": closing}


def _lock_keepsake_draft(keepsake: Keepsake) -> Keepsake:
    Keepsake.objects.select_for_update(of=("self",)).get(pk=keepsake.pk)
    draft = Keepsake.objects.whole().get(pk=keepsake.pk)
    if draft.ready_at:
        raise ActionRefused("This keepsake is ready. Create a new version to change it.")
    return draft


@transaction.atomic
def mark_keepsake_ready(*, keepsake: Keepsake, seen: str, by: User) -> Keepsake:
    """Mark as ready and freeze it. ``seen`` is the digest of the preview that the user has approved."""
    draft = _lock_keepsake_draft(keepsake)
    if missing := find_keepsake_errors(lines=len(draft.lines.all()), title=draft.title):
        raise ActionRefused(" ".join(missing.values()))
    if seen != compute_keepsake_digest(draft):
        raise ActionRefused(CHANGED_SINCE_SEEN)
    if why := find_print_error(draft):
        raise ActionRefused(why)
    now = timezone.now()
    draft.lines.update(ready_at=now)
    return draft.change(ready_at=now, ready_by=by)


@transaction.atomic
def create_next_version(*, keepsake: Keepsake, by: User) -> Keepsake:
    """Create a draft from this version, without lines that are no longer allowed."""
    old = Keepsake.objects.whole().get(pk=keepsake.pk)
    draft = begin_keepsake(dyad=old.dyad, asked_for=old.asked_for, by=by)
    if draft.lines.exists():
        return draft
    theirs = {line.note_id for line in list_keepsake_excerpts(old.dyad)}
    draft.change(title=old.title, opening=old.opening, closing=old.closing)
    for line in old.lines.all():
        if line.note_id in theirs:
            KeepsakeLine.objects.create(keepsake=draft, note=line.note, text=line.text, order=line.order)
    return draft
