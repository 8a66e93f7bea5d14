"""Queries for the completeness of records: the facts that the rules read, one row per person, in scope."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from pairs.access.batch_query import Query, build_person_name, parse_date
from pairs.access.scope import Scope
from pairs.families.choices import ParentalResponsibility
from pairs.families.completeness import CarerFacts, Gap, InfantFacts, find_carer_gaps, find_infant_gaps
from pairs.families.models import Address, Caregiver, Dyad, Infant
from pairs.geography.rules import stands_for_no_place

CONTACT_WAY_FIELDS = ("may_call", "may_text", "may_leave_message", "may_email", "may_post")


def build_completeness_queries(scope: Scope, on: date, families: list[UUID]) -> list[Query]:
    """(family id, Gap) of everybody in the given families: infants, then carers with whom a baby lives or lived."""
    return [_build_infants_query(scope, on, families), _build_carers_query(scope, families)]


def _build_infants_query(scope: Scope, on: date, families: list[UUID]) -> Query:
    dyads = Dyad.objects.live().current().filter(infant=OuterRef("pk")).order_by().values("infant")
    main = dyads.filter(main_carer=True)
    fields = {"id": "id", "family": "family_id", "name": build_person_name(), "ethnicity": "ethnicity"}
    fields |= {"born": "birth_date", "nhs_number": "nhs_number", "carers": _build_count_subquery(dyads)}
    fields |= {"main_carers": _build_count_subquery(main)}

    def to_gaps(row: dict[str, Any]) -> list[tuple[UUID, Gap]]:
        known = InfantFacts(
            id=UUID(row["id"]),
            name=row["name"],
            ethnicity=row["ethnicity"],
            born=parse_date(row["born"]),
            lost=False,
            has_nhs_number=bool(row["nhs_number"]),
            carers=row["carers"],
            main_carers=row["main_carers"],
        )
        return [(UUID(row["family"]), gap) for gap in find_infant_gaps(known, on)]

    return Query(Infant.objects.visible_to(scope).active().filter(family__in=families), fields, to_gaps)


def _build_count_subquery(dyads: QuerySet[Any, dict[str, Any]]) -> Coalesce:
    return Coalesce(Subquery(dyads.annotate(n=Count("pk")).values("n")), 0)


def _build_carers_query(scope: Scope, families: list[UUID]) -> Query:
    dyads = Dyad.objects.live().current().filter(caregiver=OuterRef("pk"))
    home = Address.objects.live().current().filter(caregiver=OuterRef("pk")).order_by("-since", "-created_at")
    fields = {
        "id": "id",
        "family": "family_id",
        "name": build_person_name(),
        "ethnicity": "ethnicity",
        "born": "birth_date",
    }
    fields |= {name: name for name in ("language", "phone", "email", "safe_contact", *CONTACT_WAY_FIELDS)}
    fields |= {"unknown": Exists(dyads.filter(parental_responsibility=ParentalResponsibility.UNKNOWN))}
    fields |= {name: Subquery(home.values(name)[:1]) for name in ("kind", "postcode", "lsoa_code")}

    def to_gaps(row: dict[str, Any]) -> list[tuple[UUID, Gap]]:
        return [(UUID(row["family"]), gap) for gap in find_carer_gaps(_to_carer_facts(row))]

    carers = Caregiver.objects.visible_to(scope).filter(Exists(dyads), family__in=families, died_on=None)
    return Query(carers, fields, to_gaps)


def _to_carer_facts(row: dict[str, Any]) -> CarerFacts:
    return CarerFacts(
        id=UUID(row["id"]),
        name=row["name"],
        ethnicity=row["ethnicity"],
        language=row["language"],
        born=parse_date(row["born"]),
        reachable=bool(row["phone"] or row["email"]),
        asked_how=bool(row["safe_contact"]) or any(row[name] is not None for name in CONTACT_WAY_FIELDS),
        responsibility_unknown=row["unknown"],
        address=row["kind"] or "",
        has_postcode=bool(row["postcode"]),
        has_area=bool(row["lsoa_code"]),
        stands_for_no_place=stands_for_no_place(row["postcode"] or ""),
    )
