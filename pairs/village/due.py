"""What is due about sharing: an agreement that has run out by its own date, as a gap in the record."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from pairs.access.batch_query import Query, parse_date
from pairs.access.scope import Scope
from pairs.families.due import DATA_QUALITY, DueItem, build_due_item, in_families
from pairs.families.models import Infant
from pairs.village.models import SharingAgreement
from pairs.village.rules import get_lapse_date


def build_family_due_queries(scope: Scope, on: date, families: list[UUID] | None = None) -> list[Query]:
    """Agreements that ended and were neither withdrawn nor agreed anew."""
    rows = SharingAgreement.objects.visible_to(scope).filter(in_families(families), until__lt=on)
    fields = {"id": "id", "until": "until", "renewed": _build_renewed_condition(), "family": "family_id"}
    fields |= {"site": "family__site_id", "member": "member__name", "team": "team__name", "agency": "agency"}
    rows = rows.filter(withdrawn_on=None).exclude(_build_all_lost_condition())
    return [Query(rows, fields, lambda row: _list_agreement_items(row, on))]


def _build_all_lost_condition() -> Q:
    """Every baby of the family is lost: nobody is asked to agree anew to what is told about them."""
    here = Infant.objects.live().filter(family=OuterRef("family"))
    return Q(Exists(here) & ~Exists(here.active()))


def _build_renewed_condition() -> Exists:
    """A later one with the same person, team or agency."""
    same = Q(member=OuterRef("member")) | Q(team=OuterRef("team")) | Q(agency__iexact=OuterRef("agency"))
    later = SharingAgreement.objects.live().filter(same, created_at__gt=OuterRef("created_at"))
    return Exists(later.filter(family=OuterRef("family")))


def _list_agreement_items(row: dict[str, Any], on: date) -> Iterator[DueItem]:
    until = parse_date(row["until"])
    if get_lapse_date(until=until, withdrawn_on=None, renewed=row["renewed"], on=on):
        yield build_due_item(
            row,
            code="agreement_ended",
            kind=DATA_QUALITY,
            title=f"Sharing agreement ended on {until:%-d %b %Y}: renew or withdraw it",
            page="sharing",
            of="family",
            due_on=until,
            who=row["member"] or row["team"] or row["agency"],
        )
