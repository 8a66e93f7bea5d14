"""The one lawful road to a sealed birth identity: two people of information governance, a few days, and a log."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.apps import apps
from django.db import transaction
from django.utils import timezone

from pairs.families.models import Adoption
from pairs.service.models import User
from pairs.service.refusals import ActionRefused, refuse_all
from pairs.subject_access.choices import SealedGround
from pairs.subject_access.models import SealedReading
from pairs.subject_access.rules import find_reading_end_error, is_adult
from pairs.subject_access.sections import build_lines, follow_date, list_sections, list_shown_fields
from pairs.web.formats import format_day


@transaction.atomic
def ask_for_sealed_reading(
    *, adoption: Adoption, ground: str, authority: str, reason: str, by: User
) -> SealedReading:
    """It opens nothing: someone else decides. Raises ActionRefused where the adopted person is no adult."""
    born = adoption.birth_infant.birth_date
    adult = born is not None and is_adult(born, timezone.localdate())
    too_young = ground == SealedGround.ADOPTED_ADULT and not adult
    refuse_all({"ground": "The adopted person is not yet 18. A court order is needed." if too_young else ""})
    return SealedReading.objects.create(
        family_id=adoption.family_id,
        adoption=adoption,
        ground=ground,
        authority=authority,
        reason=reason,
        asked_by=by,
    )


@transaction.atomic
def decide_sealed_reading(
    *, reading: SealedReading, approved: bool, until: date | None, decision_note: str, by: User
) -> SealedReading:
    """A second person approves it until a day, or declines; once. Raises ActionRefused for whoever asked."""
    reading = SealedReading.objects.select_for_update(of=("self",)).get(pk=reading.pk)
    if reading.decided_at:
        raise ActionRefused("This has already been decided.")
    if reading.asked_by_id == by.pk:
        raise ActionRefused("You asked for this yourself. A colleague has to decide.")
    error = find_reading_end_error(until, timezone.localdate()) if approved and until else ""
    missing = "Enter the last day on which it may be read." if approved and until is None else ""
    refuse_all({"until": missing or error})
    return reading.change(
        approved=approved,
        until=until if approved else None,
        decision_note=decision_note,
        decided_by=by,
        decided_at=timezone.now(),
    )


def find_reading_obstacle(reading: SealedReading, by: User) -> str:
    """Why this person may not read it now; "" while they may."""
    if by.pk not in (reading.asked_by_id, reading.decided_by_id):
        return "Only the two people who asked and approved can read it."
    if reading.decided_at is None:
        return "A second person has not decided yet."
    if not reading.approved:
        return "It was declined. The identity stays sealed."
    return "" if reading.is_readable() else f"The last day to read it was {format_day(reading.until)}."


def list_sealed_entries(adoption: Adoption) -> Iterator[dict[str, Any]]:
    """{section, on, lines} of everything that was sealed with the birth identity, by section."""
    for section in list_sections():
        ids = adoption.sealed_rows.get(section.model, [])
        rows = apps.get_model(section.model)._base_manager.filter(pk__in=ids).order_by("created_at")
        fields = list_shown_fields(section)
        for row in rows if ids else ():
            lines = build_lines(row, fields)
            if lines:
                yield {"section": section.title, "on": follow_date(row, section.on), "lines": lines}
