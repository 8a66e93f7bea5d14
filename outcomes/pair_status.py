"""Pair status of each open episode: complete, or what is missing and until when it can be completed."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from django.utils import timezone

from interventions.episodes.models import Episode
from outcomes.attended_days import query_attended_days
from outcomes.completed_measures import build_completed_measure
from outcomes.core_set import list_fitting_core
from outcomes.dyad_choices import query_babies_to_ask_about
from outcomes.measures import get_catalogue
from outcomes.models import Assessment, ChosenMeasure
from outcomes.pairing import CompletedMeasure, explain_missing_pair, find_pair
from outcomes.rules import get_pair_deadline
from pairs.access.batch_query import Query, parse_date
from pairs.access.scope import Scope
from pairs.families.due import in_families

A_YEAR = timedelta(days=365)
NO_CORE_YET = "No core measure yet."
NO_CORE_FITS = "No core measure fits this age."
NOT_ASKED_AFTER_LOSS = "No measure is requested after a loss."


@dataclass(frozen=True)
class PairStatus:
    """Of one episode. ``measure``: '' where none of the core was asked; ``until``: None once paired, or without end."""

    episode: UUID
    paired: bool
    measure: str
    why: str
    until: date | None = None
    family: UUID | None = None


ASSESSMENT_FIELDS = {
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


def query_pair_statuses(scope: Scope, families: Iterable[UUID]) -> Query:
    """Query that gives one `PairStatus` for each open episode of these families, by core measures."""
    rows = Episode.objects.visible_to(scope).open().filter(in_families(families))
    core = ChosenMeasure.objects.core()
    done = Assessment.objects.live().filter(episode=OuterRef("pk"), measure__in=core.values("measure"))
    done = done.filter(dyad__infant__lost_on=None, dyad__caregiver__died_on=None).order_by(
        "completed_on", "created_at"
    )
    fields = {
        "id": "id",
        "family": "family_id",
        "days": ArraySubquery(query_attended_days(OuterRef("pk"))),
        "done": ArraySubquery(done.values(row=JSONObject(**ASSESSMENT_FIELDS))),
        "core": ArraySubquery(core.values(row=JSONObject(measure="measure", bands="core_for"))),
        "births": ArraySubquery(
            query_babies_to_ask_about(OuterRef("family")).values(row=JSONObject(born="birth_date"))
        ),
    }
    return Query(rows, fields, _to_pair_status)


def _to_pair_status(row: Mapping[str, Any]) -> Iterator[PairStatus]:
    """The pair, if one is made; else the measure that was asked last, and what it still lacks."""
    days = [found for each in row["days"] if (found := parse_date(each))]
    groups: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for done in row["done"]:
        groups.setdefault((done["measure"], done["dyad"]), []).append(done)
    found = [_get_group_status(UUID(row["id"]), group, days) for group in groups.values()]
    made = [each for each in found if each.paired]
    none = PairStatus(UUID(row["id"]), False, "", _explain_no_measure(row))
    yield replace((made or found[::-1] or [none])[0], family=UUID(row["family"]))


def _explain_no_measure(row: Mapping[str, Any]) -> str:
    """Whether one of the core is still to come: not after a loss, nor where none fits the age of any baby today."""
    core, on = {each["measure"]: each["bands"] for each in row["core"]}, timezone.localdate()
    births = [parse_date(baby["born"]) for baby in row["births"]]
    if not births:
        return NOT_ASKED_AFTER_LOSS
    fits = any(list_fitting_core(core, get_catalogue(), born=born, on=on) for born in births)
    return NO_CORE_YET if fits else NO_CORE_FITS


def _get_group_status(episode: UUID, group: list[Mapping[str, Any]], days: list[date]) -> PairStatus:
    sheet = get_catalogue()[group[0]["measure"]]
    known = [_to_completed_measure(each) for each in group]
    if find_pair(known, days):
        return PairStatus(episode, True, sheet.short_name, "")
    born, answered = parse_date(group[0]["born"]), not group[-1]["declined"]
    until = get_pair_deadline(sheet.window, born, answered=answered, on=timezone.localdate())
    return PairStatus(episode, False, sheet.short_name, explain_missing_pair(known, days), until)


def _to_completed_measure(done: Mapping[str, Any]) -> CompletedMeasure:
    on = parse_date(done["on"])
    if on is None:
        raise ValueError(f"Assessment {done['id']} has no completed_on.")
    return build_completed_measure(
        id=UUID(done["id"]),
        measure=done["measure"],
        version=done["version"],
        dyad=UUID(done["dyad"]),
        rater=done["rater"] or done["role"] or done["staff"],
        completed_on=on,
        born=parse_date(done["born"]),
        scores=done["scores"],
        declined=done["declined"],
        form=done["form"],
    )


def describe_pair_deadline(until: date | None, on: date, format_date: Callable[[date], str]) -> str:
    """By when to repeat a measure, in words; "" without end. A day years away, such as a fifth birthday, is none."""
    if until is None:
        return ""
    return format_date(until) if until <= on + A_YEAR else "the ending"
