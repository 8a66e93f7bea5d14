"""How pages and the API reach rows: in scope or 404, and written to the access log by the same act."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import F, UUIDField, Value
from django.http import Http404


class Sight:
    """What this request has shown so far: ids of the families opened and listed, and why."""

    def __init__(self):
        self.opened, self.listed, self.reason = set(), set(), ""

    def __bool__(self):
        return bool(self.opened or self.listed or self.reason)


def fetch(request, records, *, may=None, within="visible_to", by_grant=True, **lookup):
    """The one live record in scope that matches; else 404, the same for another's and for none.

    ``may``: a permission needed at the record's site to go on (403 when it is held elsewhere only);
    of several, any one will do. A grant of this very family may carry it too, unless ``by_grant`` is False:
    for acts that give others access, or decide who holds the family.
    ``within``: another named door of the QuerySet that takes the scope (``made_by``, ``supported_by``).
    """
    record = with_family_id(getattr(records, within)(request.scope)).filter(**lookup).first()
    return _open(request, record, may, by_grant)


def fetch_prepared(request, query, *choices, may=None, by_grant=True, **values):
    """``fetch`` of a PreparedQuery, whose rows are ``visible_to`` its scope and ``with_family_id``."""
    return _open(request, query.first(request.scope, *choices, **values), may, by_grant)


def fetch_whole(request, records, *choices, may=None, by_grant=True, **values):
    """{part: rows} of PreparedRecords whose first part is the one record that is opened, as ``fetch`` opens one.

    The other parts are asked for by that record's id, and nobody is given them whom it is refused.
    """
    parts = records.rows(request.scope, *choices, **values)
    found = next(iter(parts.values()))
    _open(request, found[0] if found else None, may, by_grant)
    return parts


def fetch_parts(request, records, *choices, of, **values):
    """{part: rows} of PreparedRecords that belong to ``of``, a record that was fetched: its family counts as listed."""
    parts = records.rows(request.scope, *choices, **values)
    if any(parts.values()):
        note_listed(request, of.sight_id)
    return parts


def note_listed(request, family_id):
    """For the access log: rows of this family were shown."""
    request.sight.listed.add(family_id)


def _open(request, record, may, by_grant):
    """404 for none, 403 for a right that is held elsewhere; else the record, noted in the access log."""
    if record is None:
        raise Http404
    _note_opened(request, record.sight_id)
    needed = (may,) if isinstance(may, str) else may
    of = record.sight_id if by_grant else None
    if needed and not request.scope.may(*needed, at=record.site_id, of=of):
        raise PermissionDenied
    return record


def _note_opened(request, family_id):
    """For the access log: this family, and why somebody from elsewhere reaches it."""
    if family_id:
        request.sight.opened.add(family_id)
        request.sight.reason = request.sight.reason or request.scope.reasons.get(family_id, "")


def fetch_page(request, records, *, per_page=50, within="visible_to"):
    """One page (django Page) of the live records in scope, each family noted as listed."""
    ordered = with_family_id(getattr(records, within)(request.scope))
    page = Paginator(ordered, per_page).get_page(request.GET.get("page"))
    page.object_list = list(page.object_list)
    request.sight.listed.update(row.sight_id for row in page.object_list if row.sight_id)
    return page


def fetch_prepared_page(request, query, *choices, per_page=50, **values):
    """``fetch_page`` of a PreparedQuery, whose rows are ``visible_to`` its scope and ``with_family_id``."""
    rows = query.pages(request.scope, *choices, **values)
    page = Paginator(rows, per_page).get_page(request.GET.get("page"))
    request.sight.listed.update(row.sight_id for row in page.object_list if row.sight_id)
    return page


def fetch_prepared_list(request, query, *choices, **values):
    """``fetch_list`` of a PreparedQuery, whose rows are ``visible_to`` its scope and ``with_family_id``."""
    rows = query.rows(request.scope, *choices, **values)
    request.sight.listed.update(row.sight_id for row in rows if row.sight_id)
    return rows


def fetch_list(request, records, *, within="visible_to"):
    """All live records in scope, as a list, each family noted as listed. For what belongs to one open record."""
    rows = list(with_family_id(getattr(records, within)(request.scope)))
    request.sight.listed.update(row.sight_id for row in rows if row.sight_id)
    return rows


def with_family_id(records):
    """For the access log: annotate the owning family's id; rows about no family (supervision, reports) carry None."""
    path = records.model.family_path
    return records.annotate(sight_id=F(path) if path else Value(None, output_field=UUIDField()))
