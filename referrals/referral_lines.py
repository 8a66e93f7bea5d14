"""Referrals as lines, by who was named in them: for a family without a record that the reader may open."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from pairs.access.batch_query import PreparedBatch, Query, build_person_name, parse_date
from pairs.access.records import live_q
from pairs.access.scope import NOBODY, TemplateScope
from pairs.families.family_line import FamilyLine, LineCarer, LineInfant, build_family_line
from referrals.models import ReferredCaregiver, ReferredInfant

INFANT_FIELDS = {
    name: name
    for name in ("given_name", "family_name", "birth_date", "estimated_due_date", "lost_on", "loss", "order")
}
CARER_FIELDS = {"relationship": "relationship", "main": "main_carer", "order": "order"}


def load_referral_lines(
    referrals: Iterable[UUID], on: date, *, as_named: bool = False
) -> dict[UUID, FamilyLine]:
    """{referral: its line}, of referrals that were fetched in scope: one query, however many.

    ``as_named``: only by those whom the referral itself named, for whoever made it.
    """
    ids = list(set(referrals))
    if not ids:
        return {}
    babies, carers = _LINES_BATCH.rows(NOBODY, as_named, referrals=ids)
    return {
        pk: build_family_line(
            [_parse_infant(row) for row in _select(babies, pk)],
            [LineCarer(row["name"], row["relationship"]) for row in _select(carers, pk)],
            on=on,
        )
        for pk in ids
    }


def describe_referral(referral: Any, on: date) -> FamilyLine:
    """Of a referral that came with its people: no query."""
    carers = sorted(referral.caregivers.all(), key=lambda each: (not each.main_carer, each.order))
    infants = [
        LineInfant(
            given_name=each.given_name,
            family_name=each.family_name,
            born=each.birth_date,
            due=each.estimated_due_date,
            lost_on=each.lost_on,
            loss=each.loss,
            pregnancy=each.birth_date or each.estimated_due_date,
        )
        for each in referral.infants.all()
    ]
    return build_family_line(infants, [LineCarer(each.name, each.relationship) for each in carers], on=on)


def _select(rows: list[dict[str, Any]], referral: UUID) -> list[dict[str, Any]]:
    """This referral's, the main carer first."""
    theirs = [row for row in rows if row["referral"] == str(referral)]
    return sorted(theirs, key=lambda row: (not row.get("main"), row["order"]))


def _parse_infant(row: dict[str, Any]) -> LineInfant:
    born, due = parse_date(row["birth_date"]), parse_date(row["estimated_due_date"])
    return LineInfant(
        given_name=row["given_name"],
        family_name=row["family_name"],
        born=born,
        due=due,
        lost_on=parse_date(row["lost_on"]),
        loss=row["loss"],
        pregnancy=born or due,
    )


def _build_line_queries(_: TemplateScope, as_named: bool, referrals: UUID) -> list[Query]:
    here = live_q(referral__in=[referrals], **({"added_by": None} if as_named else {}))
    return [
        Query(ReferredInfant.objects.filter(here), INFANT_FIELDS | {"referral": "referral_id"}),
        Query(
            ReferredCaregiver.objects.filter(here),
            CARER_FIELDS | {"referral": "referral_id", "name": build_person_name()},
        ),
    ]


_LINES_BATCH = PreparedBatch(_build_line_queries)
