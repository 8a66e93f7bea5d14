"""One record for one Idempotency-Key, however often the API is called with it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from rest_framework.request import Request
from rest_framework.response import Response

from pairs.service.refusals import ActionRefused
from pairs.submissions.actions import IDEMPOTENCY_HEADER, create_once_for_key
from pairs.submissions.deadlocks import atomic_or_conflict

MAX_KEY_LENGTH = 80
KIND = "api"


def create_once(
    request: Request, *, make: Callable[[], Any], show: Callable[[UUID], Any], path: str = ""
) -> Response:
    """Make the record and show it (201); called again with its key, show the same record (200).

    ``show`` gets the record's id and returns its JSON. ``path``: the address that the key is for, where the
    called one does not say all of it. A key that comes again with another body or for another address is refused
    (422, as draft-ietf-httpapi-idempotency-key-header asks): nobody takes for saved what is not. Whatever is refused
    leaves nothing, so that the key is free to try again.
    """
    key = request.headers.get(IDEMPOTENCY_HEADER, "")
    if len(key) > MAX_KEY_LENGTH or not key.isprintable():
        raise ActionRefused({IDEMPOTENCY_HEADER: f"Send at most {MAX_KEY_LENGTH} printable characters."})
    with atomic_or_conflict():
        made, first = _make_for_key(request, key, path or request.path, make) if key else (make().pk, True)
    return Response(show(made), status=201 if first else 200)


def _make_for_key(request: Request, key: str, path: str, make: Callable[[], Any]) -> tuple[Any, bool]:
    return create_once_for_key(user=request.user, kind=KIND, key=key, path=path, make=make, sent=request.data)
