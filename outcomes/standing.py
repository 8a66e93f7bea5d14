"""How the pair of each open episode stands: made, or what is missing and until when it can still be had."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from django.utils import timezone

from interventions.episodes.models import Episode
from outcomes.contact_days import attended_days
from outcomes.measures import catalogue
from outcomes.models import Assessment, ChosenMeasure
from outcomes.pairing import Completed, pair_of, why_no_pair
from outcomes.rules import still_had_until
from pairs.access.asking import Question, day
from pairs.access.scope import Scope
from pairs.families.due import of_families


@dataclass(frozen=True)
class Standing:
    """Of one episode. ``measure``: '' where none of the core was asked; ``until``: None once paired, or without end."""

    episode: UUID
    paired: bool
    measure: str
    why: str
    until: date | None = None
    family: UUID | None = None


DONE = {
    "id": "id",
    "measure": "measure",
    "version": "measure_version",
    "form": "form",
    "dyad": "dyad_id",
    "rater": "rater_id",
    "role": "rater_role",
    "staff": "rated_by_staff_id",
    "on": "completed_on",
    "declined": "declined",
    "scores": "scores",
    "born": "dyad__infant__birth_date",
}


def standing(scope: Scope, families: Iterable[UUID]) -> Question:
    """One `Standing` for each open episode of these families, by the measures of the core."""
    rows = Episode.objects.visible_to(scope).open().filter(of_families(families))
    core = ChosenMeasure.objects.filter(core=True).values("measure")
    done = Assessment.objects.live().filter(episode=OuterRef("pk"), measure__in=core)
    done = done.filter(dyad__infant__lost_on=None).order_by("completed_on", "created_at")
    fields = {
        "id": "id",
        "family": "family_id",
        "days": ArraySubquery(attended_days(OuterRef("pk"))),
        "done": ArraySubquery(done.values(row=JSONObject(**DONE))),
    }
    return Question(rows, fields, _standing)


def _standing(row: Mapping[str, Any]) -> Iterator[Standing]:
    """The pair, if one is made; else the measure that was asked last, and what it still lacks."""
    days = [found for each in row["days"] if (found := day(each))]
    groups: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for done in row["done"]:
        groups.setdefault((done["measure"], done["dyad"]), []).append(done)
    found = [_of_group(UUID(row["id"]), group, days) for group in groups.values()]
    made = [each for each in found if each.paired]
    none = Standing(UUID(row["id"]), False, "", "No measure of the core yet.")
    yield replace((made or found[::-1] or [none])[0], family=UUID(row["family"]))


def _of_group(episode: UUID, group: list[Mapping[str, Any]], days: list[date]) -> Standing:
    sheet = catalogue()[group[0]["measure"]]
    known = [_completed(each) for each in group]
    if pair_of(known, days):
        return Standing(episode, True, sheet.short_name, "")
    born, answered = day(group[0]["born"]), not group[-1]["declined"]
    until = still_had_until(sheet.window, born, answered=answered, on=timezone.localdate())
    return Standing(episode, False, sheet.short_name, why_no_pair(known, days), until)


def _completed(done: Mapping[str, Any]) -> Completed:
    on = day(done["on"])
    if on is None:
        raise ValueError("A measure without its day.")
    sheet = catalogue()[done["measure"]]
    return Completed(
        id=UUID(done["id"]),
        measure=done["measure"],
        version=done["version"],
        dyad=UUID(done["dyad"]),
        rater=done["rater"] or done["role"] or done["staff"],
        completed_on=on,
        in_window=not sheet.why_not(born=day(done["born"]), on=on),
        scores=done["scores"],
        declined=done["declined"],
        form=done["form"],
    )
