"""Due items of filming: recordings to delete."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.db.models.functions import Coalesce

from interventions.filming.models import FilmCycle
from interventions.filming.rules import Recording, get_deletion_due_date
from pairs.access.batch_query import Query, build_person_name, parse_date
from pairs.access.scope import Scope
from pairs.families.due import CLINICAL, DueItem, build_due_item, in_families
from pairs.web.formats import format_short_day

RECORDING_DATES = tuple(Recording.__dataclass_fields__)


def build_family_due_queries(scope: Scope, on: date, families: Iterable[UUID] | None = None) -> list[Query]:
    """Recordings past their agreed day or with withdrawn consent, whether or not the episode has ended."""
    kept = FilmCycle.objects.visible_to(scope).recordings().filter(in_families(families, "episode__family"))
    rows = kept.filter(Q(delete_by__lte=on) | Q(withdrawn_on__lte=on))
    fields: dict[str, Any] = {
        "id": "id",
        "family": "episode__family_id",
        "site": "episode__site_id",
        "owner": "episode__lead",
    }
    fields |= {"who": build_person_name("dyad__infant"), "reference": "dyad__infant__reference"}
    lost = Coalesce("dyad__infant__lost_on", "dyad__caregiver__died_on")
    fields |= {"lost": lost, **{name: name for name in RECORDING_DATES}}
    return [Query(rows, fields, lambda row: _build_recording_items(row, on))]


def _build_recording_items(row: dict[str, Any], on: date) -> Iterator[DueItem]:
    due = get_deletion_due_date(Recording(**{name: parse_date(row[name]) for name in RECORDING_DATES}))
    if due is None or due > on:
        return
    yield build_due_item(
        row,
        code="recording",
        kind=CLINICAL,
        title=_get_recording_title(row),
        page="film",
        due_on=due,
        who=row["who"] or row["reference"],
        why=_get_recording_reason(row),
    )


def _get_recording_title(row: Mapping[str, str | None]) -> str:
    """After a baby's or a carer's death the film may be all that a family has: the item does not say to delete it."""
    return "Decide what happens to a recording" if row["lost"] else "Delete this recording"


def _get_recording_reason(row: Mapping[str, str | None]) -> str:
    if row["lost"]:
        return "A loss is recorded. Read the record first: the family may want to keep the recording."
    filmed = f"Filmed {format_short_day(parse_date(row['filmed_on']))}."
    return f"{filmed} The family has withdrawn their consent." if row["withdrawn_on"] else filmed
