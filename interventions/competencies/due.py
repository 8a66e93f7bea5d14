"""Due items of competences: interventions to sign off, and accreditations that run out."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet

from interventions.competencies.models import Competence, query_unsigned_uses
from interventions.competencies.rules import get_notice_end
from pairs.access.batch_query import Query, build_user_name, parse_date
from pairs.access.scope import Scope
from pairs.families.due import CLINICAL, DueItem, build_due_item, in_families


def build_due_queries(scope: Scope, on: date, families: Iterable[UUID] | None = None) -> list[Query]:
    """For supervisors, deliveries to sign off; for them and for the person, accreditations that run out."""
    found = [_build_sign_off_query(scope, on, families)] if scope.may("supervise") else []
    if families is not None:
        return found
    mine = Competence.objects.visible_to(scope).filter(person=scope.user_id)
    found.append(_build_expiry_query(mine, on, code="own_accreditation_ends", owner={"owner": "person_id"}))
    if scope.may("supervise"):
        theirs = Competence.objects.visible_to(scope).filter(site__in=scope.sites("supervise"))
        theirs = theirs.exclude(person=scope.user_id)
        found.append(_build_expiry_query(theirs, on, code="accreditation_ends", owner={}))
    return found


def _build_sign_off_query(scope: Scope, on: date, families: Iterable[UUID] | None) -> Query:
    rows = query_unsigned_uses(on).visible_to(scope)
    rows = rows.filter(in_families(families, "episode__family"), episode__site__in=scope.sites("supervise"))
    fields = {"id": "id", "since": "started_on", "family": "episode__family_id", "site": "episode__site_id"}
    fields |= {"name": "intervention__name", "lead": build_user_name("episode__lead")}
    return Query(rows, fields, lambda row: [_build_sign_off_item(row)])


def _build_sign_off_item(row: dict[str, Any]) -> DueItem:
    return build_due_item(
        row,
        code="delivery_to_sign_off",
        kind=CLINICAL,
        title="Sign off how an intervention is delivered",
        page="sign-off-delivery",
        due_on=parse_date(row["since"]),
        why=f"{row['lead']} may not deliver {row['name']} alone yet.",
    )


def _build_expiry_query(rows: QuerySet[Any], on: date, *, code: str, owner: dict[str, str]) -> Query:
    ends = rows.filter(accredited_until__lte=get_notice_end(on, settings.ACCREDITATION_NOTICE_DAYS))
    fields = {"id": "id", "site": "site_id", "ends": "accredited_until", "training": "training"}
    fields |= {"name": "intervention__name", "who": build_user_name("person")} | owner
    return Query(ends, fields, lambda row: [_build_expiry_item(row, code)])


def _build_expiry_item(row: dict[str, Any], code: str) -> DueItem:
    return build_due_item(
        row,
        code=code,
        kind=CLINICAL,
        title="Renew an accreditation",
        page="competence",
        due_on=parse_date(row["ends"]),
        why=row["name"] or row["training"],
    )
