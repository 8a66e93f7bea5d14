"""Training in the month's report: sessions held, and professionals trained beside the workforce."""

from collections import Counter
from datetime import date
from uuid import UUID

from interventions.training.models import WorkforceFigure
from interventions.training.reach import (
    TrainedPerson,
    load_trained_people,
    query_attended_places,
    query_held_sessions,
)
from interventions.training.reach_table import PLACE_NOT_KNOWN
from interventions.training.rules import ConfidenceChange, WorkforceGroup, compare_confidence
from pairs.service.models import Place
from pairs.service.report_sections import ReportSection, SectionTable
from referrals.rules.choices import ProfessionalGroup

TRAINED = "Professionals trained"
PLACES_TAKEN = "Places on a programme"


def build_tables(first: date, last: date) -> list[SectionTable]:
    """Sessions by district; people by level, profession and district; reach where the workforce is known."""
    names = dict(Place.objects.order_by("name").values_list("pk", "name"))
    people = load_trained_people(first, last)
    by_place = Counter(person.place for person in people)
    return [
        _build(
            "Training sessions held, by district", "District", "Sessions", _count_sessions(first, last, names)
        ),
        _build("Professionals trained, by level", "Level", TRAINED, _count_levels(people)),
        _build("Professionals trained, by profession", "Profession", TRAINED, _count_groups(people)),
        _build(
            "Professionals trained, by district",
            "District of work",
            TRAINED,
            [*((name, by_place[place]) for place, name in names.items()), (PLACE_NOT_KNOWN, by_place[None])],
        ),
        _build(
            "Confidence before and after training", "Change", PLACES_TAKEN, _count_confidence(first, last)
        ),
        _build_reach(people, last, names),
    ]


def _build(title: str, axis: str, what: str, rows: list[tuple[str, int]]) -> SectionTable:
    return SectionTable(title, (axis, what), rows, adds_up=True)


def _count_sessions(first: date, last: date, names: dict[UUID, str]) -> list[tuple[str, int]]:
    held = Counter(query_held_sessions(first, last).values_list("place", flat=True))
    return [(name, held[place]) for place, name in names.items()]


def _count_levels(people: list[TrainedPerson]) -> list[tuple[str, int]]:
    found = Counter(person.workforce_group for person in people)
    return [(group.label, found[group]) for group in WorkforceGroup]


def _count_groups(people: list[TrainedPerson]) -> list[tuple[str, int]]:
    found = Counter(person.group for person in people)
    return [(group.label, found[group]) for group in ProfessionalGroup]


def _count_confidence(first: date, last: date) -> list[tuple[str, int]]:
    """Of places on a programme of those who attended in the period: how they rated themselves before and after."""
    rated = query_attended_places(first, last).values_list("confidence_before", "confidence_after")
    found = Counter(compare_confidence(before, after) for before, after in rated)
    return [(change.label, found[change]) for change in ConfidenceChange]


def _build_reach(people: list[TrainedPerson], last: date, names: dict[UUID, str]) -> SectionTable:
    """Only of levels whose headcount is known there; a headcount is published, and no count of ours."""
    figures = {
        (each.place_id, each.workforce_group): each.headcount for each in WorkforceFigure.objects.newest(last)
    }
    trained = Counter(person.place for person in people if (person.place, person.workforce_group) in figures)
    workforce: Counter[UUID] = Counter()
    for (place, _), headcount in figures.items():
        workforce[place] += headcount
    rows = [
        (name, trained[place], str(workforce[place])) for place, name in names.items() if workforce[place]
    ]
    return SectionTable("Reach of training, by district", ("District of work", TRAINED, "Workforce"), rows)


REPORT_SECTIONS = (
    ReportSection(
        "Training delivered",
        "Sessions of training for other professionals that took place in the period, and the professionals who "
        "attended one, each once, as of their newest session. Reach is of the levels whose headcount is known in a "
        "district, beside the newest headcount of then. Confidence is rated by those who attended, from 0 to 10, and "
        "counted once a programme.",
        build_tables,
    ),
)
