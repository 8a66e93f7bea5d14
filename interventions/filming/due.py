"""What is due about recordings: each one whose day has come, until it is deleted."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Q
from django.urls import reverse

from interventions.filming.models import FilmCycle
from interventions.filming.rules import Recording, recording_due
from pairs.access.asking import Question, day, name_of
from pairs.access.scope import Scope
from pairs.families.due import CLINICAL, DueItem, of_families

DAYS = tuple(Recording.__dataclass_fields__)


def family_questions(scope: Scope, on: date, families: Iterable[UUID] | None = None) -> list[Question]:
    """Recordings past their day, or of families who withdrew; after the episode's end as before it."""
    kept = FilmCycle.objects.visible_to(scope).recordings().filter(of_families(families, "episode__family"))
    rows = kept.filter(Q(delete_by__lte=on) | Q(withdrawn_on__lte=on))
    fields = {"id": "id", "family": "episode__family_id", "site": "episode__site_id", "lead": "episode__lead"}
    fields |= {"who": name_of("dyad__infant"), "reference": "dyad__infant__reference"}
    fields |= {"lost": "dyad__infant__lost_on", **{name: name for name in DAYS}}
    return [Question(rows, fields, lambda row: _item(row, on))]


def _item(row, on):
    due = recording_due(Recording(**{name: day(row[name]) for name in DAYS}))
    if due is None or due > on:
        return
    yield DueItem(
        code="recording",
        kind=CLINICAL,
        title=_title(row),
        subject_id=UUID(row["id"]),
        href=reverse("film", args=[row["id"]]),
        due_on=due,
        family_id=UUID(row["family"]),
        site_id=UUID(row["site"]),
        owner_id=UUID(row["lead"]),
        who=row["who"] or row["reference"],
        why=_why(row),
    )


def _title(row):
    """After a loss a film may be all that a family has: nobody is told to delete it."""
    return "Decide what becomes of a recording" if row["lost"] else "Delete this recording"


def _why(row):
    if row["lost"]:
        return "There has been a loss. Read the record first: the family may want to keep it."
    return "The family has withdrawn their consent." if row["withdrawn_on"] else ""
