"""What is due of measures: a first after the first contact, and a second before the window closes."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Coalesce, JSONObject, TruncDate

from interventions.episodes.models import Episode
from outcomes.attended_days import query_attended_days
from outcomes.core_set import list_fitting_core
from outcomes.dyad_choices import query_babies_to_ask_about
from outcomes.measures import get_catalogue
from outcomes.models import Assessment, ChosenMeasure, MeasureLink
from outcomes.rules import (
    PAIR_LEAD_TIME,
    AssessmentRecord,
    get_pair_closing_date,
    get_start_due_date,
    is_pair_closing_soon,
    list_started_pairs,
)
from pairs.access.batch_query import Query, parse_date
from pairs.access.scope import FamiliesScope
from pairs.families.due import CLINICAL, DueItem, in_families
from pairs.families.models import Infant
from pairs.web.url_cache import reverse_cached


def build_family_due_queries(
    scope: FamiliesScope, on: date, families: list[UUID] | None = None
) -> list[Query]:
    """For each open episode: no measure at the start, a pair about to be missed, a parent's answers to read."""
    rows = Episode.objects.visible_to(scope).open().filter(in_families(families))
    links = MeasureLink.objects.visible_to(scope).to_read().filter(in_families(families, "episode__family"))
    return [
        Query(
            rows,
            _build_episode_fields(),
            lambda row: [*_list_start_items(row, on), *_list_closing_items(row, on)],
        ),
        Query(links, _build_answered_link_fields(), _list_answered_items),
    ]


def _build_episode_fields() -> dict[str, Any]:
    """Each open episode's first attended contact, its measures and its babies' birth dates."""
    core = ChosenMeasure.objects.core()
    kept = Assessment.objects.live().filter(episode=OuterRef("pk"), measure__in=core.values("measure"))
    kept = kept.order_by("completed_on")
    babies = query_babies_to_ask_about(OuterRef("family")).order_by("birth_date", "twin_order")
    return {
        "id": "id",
        "family": "family_id",
        "site": "site_id",
        "lead": "lead_id",
        "first_seen": Subquery(query_attended_days(OuterRef("pk"))[:1]),
        "review_on": "review_on",
        "core": ArraySubquery(core.values(row=JSONObject(measure="measure", bands="core_for"))),
        "kept": ArraySubquery(kept.values(row=JSONObject(**ASSESSMENT_FIELDS))),
        "babies": ArraySubquery(babies.values(row=JSONObject(born="birth_date", name=F("given_name")))),
    }


def _build_answered_link_fields() -> dict[str, Any]:
    """Each link that was answered: its measure, when, and whose baby it is about."""
    baby = Infant.objects.filter(dyads=OuterRef("dyad")).values(row=JSONObject(name=F("given_name")))
    return {
        "id": "assessment_id",
        "link": "id",
        "measure": "measure",
        "used_on": TruncDate("used_at"),
        "family": "episode__family_id",
        "site": "episode__site_id",
        "lead": "episode__lead_id",
        "babies": ArraySubquery(baby),
    }


ASSESSMENT_FIELDS = {
    "id": "id",
    "measure": "measure",
    "version": "measure_version",
    "dyad": "dyad_id",
    "completed_on": "completed_on",
    "declined": "declined",
    "form": "form",
    "role": "rater_role",
    "born": "dyad__infant__birth_date",
    "lost": Coalesce("dyad__infant__lost_on", "dyad__caregiver__died_on"),
}


def _to_assessment_records(row: dict[str, Any]) -> list[AssessmentRecord]:
    """The episode's core measures as the rules read them."""
    days = ("completed_on", "born", "lost")
    return [
        AssessmentRecord(**(each | {name: parse_date(each[name]) for name in days})) for each in row["kept"]
    ]


def _list_start_items(row: dict[str, Any], on: date) -> list[DueItem]:
    """Nothing is due for a baby whom no measure of the core suits yet, or any more."""
    births = [parse_date(baby["born"]) for baby in row["babies"]]
    core = {each["measure"]: each["bands"] for each in row["core"]}
    suits = any(list_fitting_core(core, get_catalogue(), born=born, on=on) for born in births)
    due = get_start_due_date(
        first_seen=parse_date(row["first_seen"]),
        kept=_to_assessment_records(row),
        ended=False,
        review_on=parse_date(row["review_on"]),
        on=on,
    )
    if not (suits and due):
        return []
    why = "The family has been seen but no core measure has been offered yet. Record it if they decline."
    return [_build_measure_item(row, "start_measure", "Offer a first core measure", row["id"], due, why)]


def _list_closing_items(row: dict[str, Any], on: date) -> Iterator[Any]:
    """One item for each pair that has begun and whose window closes soon."""
    for start in list_started_pairs(_to_assessment_records(row), first_seen=parse_date(row["first_seen"])):
        measure = get_catalogue()[start.measure]
        closes = get_pair_closing_date(start.born, measure.window)
        if is_pair_closing_soon(closes, on):
            weeks = PAIR_LEAD_TIME.days // 7
            why = f"{measure.short_name} needs repeating by then. Reminder {weeks} weeks before."
            title = f"Repeat {measure.short_name} before the baby is too old for it"
            yield _build_measure_item(row, "pair_closing", title, start.id, closes, why)


def _list_answered_items(row: dict[str, Any]) -> list[DueItem]:
    """Item for answers that a parent sent by link and nobody has read yet."""
    name = get_catalogue()[row["measure"]].short_name
    why = "A parent answered on their own phone. Read the answers, and discuss them together next time."
    title = f"Read the answers to {name}"
    return [
        _build_measure_item(
            row, "answers_to_read", title, row["link"], parse_date(row["used_on"]), why, href="assessment"
        )
    ]


def _build_measure_item(
    row: dict[str, Any],
    code: str,
    title: str,
    subject: Any,
    due_on: Any,
    why: str,
    href: str = "choose-measure",
) -> DueItem:
    return DueItem(
        code=code,
        kind=CLINICAL,
        title=title,
        subject_id=UUID(subject),
        href=reverse_cached(href, row["id"]),
        due_on=due_on,
        family_id=UUID(row["family"]),
        site_id=UUID(row["site"]),
        owner_id=UUID(row["lead"]),
        who=" and ".join(baby["name"] for baby in row["babies"] if baby["name"]) or "Baby not yet named",
        why=why,
    )
