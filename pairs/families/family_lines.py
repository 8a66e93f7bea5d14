"""Loads families as lines: of a family that is fetched with its people, or of many by their ids."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone

from pairs.access.batch_query import PreparedBatch, Query, build_person_name, parse_date
from pairs.access.records import live_q
from pairs.access.scope import NOBODY, FamiliesScope, Scope, TemplateScope
from pairs.families.family_line import FamilyLine, LineCarer, LineInfant, build_family_line
from pairs.families.models import Dyad, Family, Infant

INFANT_FIELDS = (
    "given_name",
    "family_name",
    "birth_date",
    "estimated_due_date",
    "gestation_weeks",
    "lost_on",
    "loss",
    "plurality",
)


def describe_family(family: Any, on: date | None = None) -> FamilyLine:
    """Of a family that came ``with_people()``."""
    infants = [_read_infant(infant) for infant in family.infants.all() if not infant.is_hidden]
    carers = [
        LineCarer(dyad.caregiver.name, dyad.relationship, dyad.caregiver.died_on is None)
        for dyad in family.dyads.all()
    ]
    return build_family_line(infants, carers, on=on or timezone.localdate())


def _read_infant(infant: Infant) -> LineInfant:
    return LineInfant(
        given_name=infant.given_name,
        family_name=infant.family_name,
        born=infant.birth_date,
        due=infant.estimated_due_date,
        weeks=infant.gestation_weeks,
        lost_on=infant.lost_on,
        loss=infant.loss,
        pregnancy=infant.pregnancy,
        plurality=infant.plurality,
    )


def load_family_lines(families: Iterable[UUID], on: date) -> dict[UUID, FamilyLine]:
    """{family: its line}, of families whom the reader is known to see: one query, however many."""
    ids = list({family for family in families if family})
    if not ids:
        return {}
    held, ties = _LINES_BATCH.rows(NOBODY, families=ids)
    return _build_lines(ids, held, ties, on)


def load_visible_family_lines(scope: Scope, families: Iterable[UUID], on: date) -> dict[UUID, FamilyLine]:
    """{family: its line}, of those of these families that are in scope: one query, however many."""
    ids = list({family for family in families if family})
    if not ids:
        return {}
    visible, held, ties = _VISIBLE_LINES_BATCH.rows(scope, families=ids)
    return _build_lines([UUID(row["id"]) for row in visible], held, ties, on)


def _build_lines(
    ids: list[UUID], held: list[dict[str, Any]], ties: list[dict[str, Any]], on: date
) -> dict[UUID, FamilyLine]:
    infants: dict[str, dict[str, LineInfant]] = {}
    carers: dict[str, list[LineCarer]] = {}
    for row in sorted(held, key=_get_order):
        infants.setdefault(row["family"], {})[row["id"]] = _parse_infant(row)
    for row in sorted(ties, key=lambda row: (not row["main"], row["at"])):
        infants.setdefault(row["family"], {}).setdefault(row["id"], _parse_infant(row))
        carers.setdefault(row["family"], []).append(
            LineCarer(row["carer"], row["relationship"], row["died"] is None)
        )
    return {
        pk: build_family_line(list(infants.get(str(pk), {}).values()), carers.get(str(pk), ()), on=on)
        for pk in ids
    }


def _get_order(row: dict[str, Any]) -> tuple[str, int]:
    """The elder first, the unborn last, twins in their own order."""
    return row["birth_date"] or "9", row["twin_order"]


def _parse_infant(row: dict[str, Any]) -> LineInfant:
    return LineInfant(
        given_name=row["given_name"],
        family_name=row["family_name"],
        born=parse_date(row["birth_date"]),
        due=parse_date(row["estimated_due_date"]),
        weeks=row["gestation_weeks"],
        lost_on=parse_date(row["lost_on"]),
        loss=row["loss"],
        pregnancy=row["pregnancy"],
        plurality=row["plurality"],
    )


def _build_line_queries(_: TemplateScope, families: UUID) -> list[Query]:
    """Those held in the family, and those who are there through a carer, as on the family's own page."""
    names = (*INFANT_FIELDS, "pregnancy", "twin_order")
    scope = FamiliesScope(families)
    held = Query(
        Infant.objects.visible_to(scope), {"id": "id", "family": "family_id"} | {name: name for name in names}
    )
    dyads = Dyad.objects.visible_to(scope).current()
    ties = {"family": "family_id", "id": "infant_id", "relationship": "relationship", "main": "main_carer"}
    ties |= {"at": "created_at", "carer": build_person_name("caregiver"), "died": "caregiver__died_on"}
    shown = dyads.filter(live_q("infant__"))
    return [held, Query(shown, ties | {name: f"infant__{name}" for name in names})]


def _build_visible_line_queries(scope: TemplateScope, families: UUID) -> list[Query]:
    visible = Family.objects.visible_to(scope).filter(pk__in=[families])
    return [Query(visible, {"id": "id"}), *_build_line_queries(scope, families)]


_LINES_BATCH = PreparedBatch(_build_line_queries)
_VISIBLE_LINES_BATCH = PreparedBatch(_build_visible_line_queries)
