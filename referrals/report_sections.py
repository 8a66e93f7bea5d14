"""Consultations in the month's report: how they came about, about whom, with whom, and what followed."""

from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import Any

from pairs.matching.counted import select_counted
from pairs.service.models import Place
from pairs.service.report_sections import ReportSection, SectionTable
from referrals.models import Consultation, ConsultationFeedback, ConsultationProfessional
from referrals.rules.choices import Agreement, ConsultationOutcome, ConsultationRoute, ProfessionalGroup

HELD = "Consultations held"
NOT_KNOWN = "Not known"
FACTS = ("pk", "came_by", "outcome", "named", "place__name", "place_assumed", "asker_group")


FEEDBACK = {  # as the questions are asked in referrals/forms/consultations.py
    "helped_to_think": "it helped to think about the baby and the carers",
    "knew_what_next": "they knew what to do next",
}


def build_tables(first: date, last: date) -> list[SectionTable]:
    """Consultations held between these days, and the professionals who took part."""
    held = select_counted(Consultation.objects.held()).filter(held_on__range=(first, last))
    rows = list(held.values(*FACTS))
    places = [*Place.objects.order_by("name").values_list("name", flat=True), NOT_KNOWN]
    return [
        _count(rows, "How they came about", ConsultationRoute.labels, _get_route),
        _count(rows, "Outcome", ConsultationOutcome.labels, _get_outcome),
        _count(rows, "Whether the family was named", ["Named", "Not named"], _get_naming),
        _count(rows, "District", places, _get_place),
        _count_professionals(rows),
        *(_count_answers(rows, question, words) for question, words in FEEDBACK.items()),
    ]


def _count(
    rows: list[dict[str, Any]], axis: str, labels: list[str], get_label: Callable[[dict[str, Any]], str]
) -> SectionTable:
    found = Counter(map(get_label, rows))
    title = f"Consultations held, by {axis[0].lower()}{axis[1:]}"
    return SectionTable(title, (axis, HELD), [(label, found[label]) for label in labels], adds_up=True)


def _get_route(row: dict[str, Any]) -> str:
    return ConsultationRoute(row["came_by"]).label


def _get_outcome(row: dict[str, Any]) -> str:
    return ConsultationOutcome(row["outcome"]).label


def _get_naming(row: dict[str, Any]) -> str:
    return "Named" if row["named"] else "Not named"


def _get_place(row: dict[str, Any]) -> str:
    return NOT_KNOWN if row["place_assumed"] else row["place__name"]


def _count_professionals(rows: list[dict[str, Any]]) -> SectionTable:
    """Whoever asked, and the others who took part: each once a consultation."""
    others = ConsultationProfessional.objects.live().filter(consultation__in=[row["pk"] for row in rows])
    found = Counter([*(row["asker_group"] for row in rows), *others.values_list("group", flat=True)])
    counts = [(group.label, found[group]) for group in ProfessionalGroup] + [(NOT_KNOWN, found[""])]
    title = "Professionals in consultations, by profession"
    return SectionTable(title, ("Profession", "Professionals"), counts, adds_up=True)


def _count_answers(rows: list[dict[str, Any]], question: str, words: str) -> SectionTable:
    """Of those who asked, what they answered; the others said nothing, or were not asked."""
    said = ConsultationFeedback.objects.live().filter(consultation__in=[row["pk"] for row in rows])
    found = Counter(said.exclude(**{question: None}).values_list(question, flat=True))
    counts = [(label, found[value]) for value, label in Agreement.choices]
    counts.append(("No answer", len(rows) - sum(found.values())))
    return SectionTable(f"Feedback on consultations: {words}", ("Answer", HELD), counts, adds_up=True)


REPORT_SECTIONS = (
    ReportSection(
        "Consultation",
        "Consultations with other professionals by the day on which they were held, and the professionals who took "
        "part: the one who asked and the others, each once a consultation. Feedback is what those who asked have "
        "answered by their link so far.",
        build_tables,
    ),
)
