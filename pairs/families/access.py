"""Gets the family whose record a page opens, with everybody the banner names: in scope, or 404."""

from collections.abc import Callable
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from pairs.access.prepared_records import PreparedRecords, attach_rows
from pairs.access.records import OUT_OF_SIGHT
from pairs.access.requests import ScopedRequest
from pairs.access.scope import TemplateScope
from pairs.access.visible_records import annotate_family_id, get_parts_or_404, record_family_listed
from pairs.families.banner import build_banner, build_banner_queries
from pairs.families.models import Caution, Family, RiskAlert
from pairs.families.models.family import build_people_querysets, join_linked_infants
from pairs.families.models.people import NAME_FIELDS

INFANT_FIELDS = (
    *OUT_OF_SIGHT, *NAME_FIELDS, "family", "said_as", "nhs_number", "reference", "birth_date", "estimated_due_date",
    "twin_order", "plurality", "pregnancy", "gestation_weeks", "lost_on", "loss",
)  # fmt: skip
CAREGIVER_FIELDS = (
    *NAME_FIELDS,
    "family",
    "birth_date",
    "died_on",
    "may_call",
    "may_text",
    "may_leave_message",
    "may_email",
    "may_post",
    "safe_contact",
    "language",
    "needs_interpreter",
    "communication_needs",
    "access_needs",
)
# The same of an infant and a caregiver to whom a row leads.
PERSON_FIELDS = (
    *(f"infant__{name}" for name in INFANT_FIELDS),
    *(f"caregiver__{name}" for name in CAREGIVER_FIELDS),
)
PEOPLE_RELATIONS = ("cautions", "infants", "dyads")
HISTORY_FIELDS = ("created_at", "entered_in_error_by", "entered_in_error_reason")


def get_family(
    request: SimpleNamespace | ScopedRequest, family_id: UUID | None, may: str | None = None
) -> Family:
    """The family with its people, site and place; ``may``: the right needed at its site."""
    return join_people(get_parts_or_404(request, _FAMILY_RECORDS, may=may, family=family_id))


def prepare_with_family(build: Callable[..., dict[str, Any]]) -> PreparedRecords:
    """For ``get_family_with``: the family with its people, and what ``build(scope, *choices, family)`` returns."""
    return PreparedRecords(
        lambda scope, *choices, family: _build_family_parts(scope, family) | build(scope, *choices, family)
    )


def get_family_with(
    request: ScopedRequest, records: PreparedRecords, family_id: UUID, *choices: Any
) -> tuple[Family, dict[str, list[Any]]]:
    """``get_family``, and the other parts of ``prepare_with_family``, in one query: 404 for one out of scope."""
    parts = get_parts_or_404(request, records, *choices, family=family_id)
    return join_people(parts), parts


def list_families_with_people(request: ScopedRequest, ids: list[UUID]) -> list[Family]:
    """Those of these families that are in scope, each with its people and site, and noted as listed."""
    return join_families(request, _FAMILIES_RECORDS.rows(request.scope, families=ids))


def join_families(request: ScopedRequest, parts: dict[str, list[Any]]) -> list[Family]:
    """The families of these parts, which ``build_listed_families_parts`` asked for: noted as listed."""
    for family in parts["families"]:
        record_family_listed(request, family.pk)
    return [
        join_people({"family": [family]} | _select_family_rows(family, parts)) for family in parts["families"]
    ]


def _select_family_rows(family: Family, parts: dict[str, list[Any]]) -> dict[str, list[Any]]:
    return {name: [row for row in parts[name] if row.family_id == family.pk] for name in PEOPLE_RELATIONS}


@dataclass(frozen=True)
class OpenedFamily:
    """A family with its people, and what its banner says."""

    family: Family
    alerts: list[RiskAlert]
    above: list[dict]

    def build_family_banner(self, request: ScopedRequest) -> dict[str, Any]:
        """For the page that shows the record: its alerts are noted in the access log."""
        if self.alerts:
            record_family_listed(request, self.family.pk)
        return build_banner(self.family, alerts=self.alerts, above=self.above)


def open_family(
    request: SimpleNamespace | ScopedRequest, family_id: UUID, may: str | None = None
) -> OpenedFamily:
    """The same family and its banner, in one query, with what a banner or a contact's form shows of its people."""
    parts = get_parts_or_404(request, _BANNER_RECORDS, may=may, family=family_id)
    return _join_opened(join_people(parts), parts)


def prepare_opened_with(build: Callable[..., dict[str, Any]]) -> PreparedRecords:
    """For ``open_family_with``: what ``open_family`` reads, and what ``build`` returns, by other ids too."""
    return PreparedRecords(
        lambda scope, *choices, family, **ids: (
            _build_banner_parts(scope, family) | build(scope, *choices, family=family, **ids)
        )
    )


def open_family_with(
    request: ScopedRequest, records: PreparedRecords, family_id: UUID, *choices: Any, **ids: UUID
) -> tuple[OpenedFamily, dict[str, list[Any]]]:
    """``open_family``, and the other parts of ``prepare_opened_with``, in one query: 404 for one out of scope."""
    parts = get_parts_or_404(request, records, *choices, family=family_id, **ids)
    return _join_opened(join_people(parts), parts), parts


def open_record(request: ScopedRequest, family: Family) -> OpenedFamily:
    """A family in scope that is at hand with its people, and its banner: in one query."""
    return _join_opened(family, _ABOVE_RECORDS.rows(request.scope, family=family.pk))


def _join_opened(family: Family, parts: dict[str, list[Any]]) -> OpenedFamily:
    above = [line for name, lines in parts.items() if name.startswith("above") for line in lines]
    return OpenedFamily(family, parts["alerts"], above)


def get_family_people(request: SimpleNamespace | ScopedRequest, family_id: UUID) -> Family:
    """The same family with its people and cautions alone, for what is written about them: no banner is shown."""
    return join_people(get_parts_or_404(request, _PEOPLE_RECORDS, family=family_id))


def join_people(parts: dict[str, list[Any]]) -> Family:
    """The family of these parts with its cautions, infants and dyads at hand, as ``Family.with_people()`` has them."""
    family = parts["family"][0]
    fetched = {name: attach_rows(family, name, parts[name]) for name in PEOPLE_RELATIONS}
    join_linked_infants(fetched)
    return family


def _query_family(scope: TemplateScope, family: UUID) -> QuerySet[Any]:
    return annotate_family_id(Family.objects.visible_to(scope).filter(pk=family))


def _query_people(**of: Any) -> dict[str, QuerySet[Any]]:
    """Those of ``Family.with_people()``. ``of``: the lookup that says of which families."""
    people = {name: rows.filter(**of) for name, rows in build_people_querysets().items()}
    named = [f"{person}__{name}" for person in ("caregiver", "infant", "kept_from") for name in NAME_FIELDS]
    shown = (each.name for each in Caution._meta.concrete_fields)
    return people | {"cautions": people["cautions"].only(*shown, *named)}


def _build_family_parts(scope: TemplateScope, family: UUID) -> dict[str, QuerySet[Any]]:
    return {"family": _query_family(scope, family).select_related("site", "place")} | _query_people(
        family=family
    )


def _build_people_parts(scope: TemplateScope, family: UUID) -> dict[str, QuerySet[Any]]:
    return {"family": _query_family(scope, family).only("site")} | _query_shown_people(family=family)


def _query_shown_people(**of: Any) -> dict[str, QuerySet[Any]]:
    """The same people, with what banners and lists show of them."""
    people = _query_people(**of)
    return {
        "cautions": people["cautions"].defer(*HISTORY_FIELDS, "since", "until"),
        "infants": people["infants"].only(*INFANT_FIELDS),
        "dyads": people["dyads"].only(
            "family", "relationship", "main_carer", "lives_with", "infant", "caregiver", *PERSON_FIELDS
        ),
    }


def _build_banner_parts(scope: TemplateScope, family: UUID) -> dict[str, Any]:
    return _build_people_parts(scope, family) | _build_above_parts(scope, family)


def _build_above_parts(_scope: TemplateScope, family: UUID) -> dict[str, Any]:
    """The alerts and the lines above a record that its reader may open."""
    alerts = {"alerts": RiskAlert.objects.live().open().filter(family=family).only("what")}
    lines = {f"above {number}": each for number, each in enumerate(build_banner_queries(Family(pk=family)))}
    return alerts | lines


def build_listed_families_parts(scope: TemplateScope, families: UUID) -> dict[str, QuerySet[Any]]:
    """What a list shows of these families, for ``join_families``."""
    return {"families": _query_families(scope, families).only("site")} | _query_shown_people(
        family__in=[families]
    )


def _build_families_parts(scope: TemplateScope, families: UUID) -> dict[str, QuerySet[Any]]:
    return {"families": _query_families(scope, families).select_related("site")} | _query_people(
        family__in=[families]
    )


def _query_families(scope: TemplateScope, families: UUID) -> QuerySet[Any]:
    return annotate_family_id(Family.objects.visible_to(scope).filter(pk__in=[families]))


_FAMILIES_RECORDS = PreparedRecords(_build_families_parts)
_FAMILY_RECORDS = PreparedRecords(_build_family_parts)
_BANNER_RECORDS = PreparedRecords(_build_banner_parts)
_ABOVE_RECORDS = PreparedRecords(_build_above_parts)
_PEOPLE_RECORDS = PreparedRecords(_build_people_parts)
