"""How pages and the API reach rows: in scope or 404, and written to the access log by the same act."""

from collections.abc import Iterable
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Model, QuerySet
from django.http import Http404

from pairs.access.opening_reasons import require_reason
from pairs.access.own_records import require_no_own_record
from pairs.access.record_lookups import annotate_family_id, find_visible
from pairs.access.requests import ScopedRequest


def get_visible_or_404(
    request: ScopedRequest,
    records: QuerySet[Any],
    *,
    may: Any = None,
    within: str = "visible_to",
    by_grant: bool = True,
    **lookup: Any,
) -> Any:
    """The one live record in scope that matches; else 404, whether it is out of scope or does not exist.

    ``may``: a permission needed at the record's site to go on (403 when it is held elsewhere only);
    of several, any one will do. A grant of this very family may carry it too, unless ``by_grant`` is False:
    for acts that give others access, or decide who holds the family.
    ``within``: another method of the QuerySet that takes the scope (``made_by``, ``supported_by``).
    """
    if lookup.keys() == {"pk"}:
        found = find_visible(records, request.scope, lookup["pk"], within=within)
    else:
        found = query_visible(request, records, within).filter(**lookup).first()
    return _open_or_404(request, found, may, by_grant)


def get_prepared_or_404(
    request: ScopedRequest,
    query: Any,
    *choices: Any,
    may: str | None = None,
    by_grant: bool = True,
    **values: UUID,
) -> Any:
    """``get_visible_or_404`` of a PreparedQuery that is in scope and carries the family id."""
    return _open_or_404(request, query.first(request.scope, *choices, **values), may, by_grant)


def get_parts_or_404(
    request: SimpleNamespace | ScopedRequest,
    records: Any,
    *choices: Any,
    may: str | None = None,
    by_grant: bool = True,
    **values: UUID | None,
) -> dict[str, list[Any]]:
    """{part: rows} of PreparedRecords whose first part is the one record, as for ``get_visible_or_404``.

    The other parts are read by that record's id, and are returned only to somebody who may open it.
    """
    parts = records.rows(request.scope, *choices, **values)
    found = next(iter(parts.values()))
    _open_or_404(request, found[0] if found else None, may, by_grant)
    return parts


def list_parts_of(
    request: SimpleNamespace | ScopedRequest, records: Any, *choices: int, of: Any, **values: UUID
) -> dict[str, list[Any]]:
    """{part: rows} of PreparedRecords that belong to ``of``, a record that was fetched: its family counts as listed."""
    parts = records.rows(request.scope, *choices, **values)
    if any(parts.values()):
        record_family_listed(request, of.family_id_for_log)
    return parts


def record_family_listed(request: SimpleNamespace | ScopedRequest, family_id: UUID) -> None:
    """For the access log: rows of this family were shown."""
    request.access_log.listed.add(family_id)


def _open_or_404(
    request: SimpleNamespace | ScopedRequest,
    record: Any,
    may: str | tuple[str, ...] | None,
    by_grant: bool,
) -> Model:
    """404 for none, 403 for a permission held elsewhere only; else the record, noted in the access log."""
    if record is None:
        raise Http404
    require_reason(request, record.family_id_for_log)
    require_no_own_record(request, record.family_id_for_log)
    _record_family_opened(request, record.family_id_for_log)
    needed = (may,) if isinstance(may, str) else may
    of = record.family_id_for_log if by_grant else None
    if needed and not request.scope.may(*needed, at=record.site_id, of=of):
        raise PermissionDenied
    return record


def _record_family_opened(request: SimpleNamespace | ScopedRequest, family_id: UUID | None) -> None:
    """For the access log: this family, and why somebody from elsewhere reaches it."""
    if family_id:
        request.access_log.opened.add(family_id)
        log = request.access_log
        log.reason = log.reason or request.scope.reasons.get(family_id, "")


def query_visible(
    request: ScopedRequest, records: QuerySet[Any], within: str = "visible_to"
) -> QuerySet[Any]:
    """The live records in scope, for a page of them that `record_listed_rows` notes once it is read."""
    return annotate_family_id(getattr(records, within)(request.scope))


def record_listed_rows(request: ScopedRequest, rows: Iterable[Any]) -> None:
    """For the access log: the families of these rows of `query_visible` were listed."""
    request.access_log.listed.update(row.family_id_for_log for row in rows if row.family_id_for_log)


def get_visible_page(request, records, *, per_page=50, within="visible_to"):
    """One page (django Page) of the live records in scope, each family noted as listed."""
    ordered = annotate_family_id(getattr(records, within)(request.scope))
    page = Paginator(ordered, per_page).get_page(request.GET.get("page"))
    page.object_list = list(page.object_list)
    request.access_log.listed.update(
        row.family_id_for_log for row in page.object_list if row.family_id_for_log
    )
    return page


def get_prepared_page(request, query, *choices, per_page=50, **values):
    """``get_visible_page`` of a PreparedQuery that is in scope and carries the family id."""
    rows = query.pages(request.scope, *choices, **values)
    page = Paginator(rows, per_page).get_page(request.GET.get("page"))
    request.access_log.listed.update(
        row.family_id_for_log for row in page.object_list if row.family_id_for_log
    )
    return page


def list_prepared(request, query, *choices, **values):
    """``list_visible`` of a PreparedQuery that is in scope and carries the family id."""
    rows = query.rows(request.scope, *choices, **values)
    request.access_log.listed.update(row.family_id_for_log for row in rows if row.family_id_for_log)
    return rows


def list_visible(request, records, *, within="visible_to"):
    """All live records in scope, as a list, each family noted as listed. For what belongs to one open record."""
    rows = list(annotate_family_id(getattr(records, within)(request.scope)))
    request.access_log.listed.update(row.family_id_for_log for row in rows if row.family_id_for_log)
    return rows
