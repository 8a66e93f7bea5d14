"""The address of a record that was merged away leads on to the record it was merged into."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from pairs.access.prepared_queries import PreparedLookup
from pairs.access.scope import TemplateScope
from pairs.matching.merge_targets import find_merge_target
from pairs.matching.models import MergeStep


class MergedRecordMiddleware:
    """Where a page or an address of the API is not there because its record was merged, to the one that is.

    Only for those who may read of the merge: to everybody else it is as if there had never been such a record.
    """

    def __init__(self, get_response: Callable[..., Any]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != 404 or request.method not in ("GET", "HEAD") or not request.resolver_match:
            return response
        path = _find_path_of_kept(request) if request.user.is_authenticated else ""
        return redirect(path) if path else response


def _find_path_of_kept(request: Any) -> str:
    """The same address with the id that each merged-away record goes by now; '' when there is none."""
    match = request.resolver_match
    ids = {name: each for name, each in match.kwargs.items() if isinstance(each, UUID)}
    merged = {name: each for name, each in ids.items() if _STEPS_OF_ROW.first(request.scope, row=str(each))}
    now = {name: find_merge_target(each) for name, each in merged.items()}
    now = {name: target for name, target in now.items() if target}
    if not now:
        return ""
    path = reverse(match.view_name, kwargs=match.kwargs | now)
    query = request.META.get("QUERY_STRING", "")
    return f"{path}?{query}" if query else path


def _query_steps_of_row(scope: TemplateScope, row: Any) -> Any:
    """A merge's step about this row, if the merge is in force and in scope."""
    return MergeStep.objects.in_force().visible_to(scope).filter(row_id=row).order_by().only("row_id")[:1]


_STEPS_OF_ROW = PreparedLookup(_query_steps_of_row)  # asked at every address that is not there
