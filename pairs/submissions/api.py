"""One record for one Idempotency-Key, however often the API is called with it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db import transaction
from rest_framework.request import Request
from rest_framework.response import Response

from pairs.service.refusals import Refused
from pairs.submissions.actions import submission_for_key, submit_once

HEADER = "Idempotency-Key"
LONGEST = 80


def create_once(
    request: Request, *, kind: str, make: Callable[[], Any], show: Callable[[UUID], Any], at: str = ""
) -> Response:
    """Make the record and show it (201); called again with its key, show the same record (200).

    ``show`` gets the record's id and answers its JSON. ``at`` is the address that the key is for, when the
    called one does not say all of it. Whatever is refused leaves nothing, so that the key is free to try again.
    """
    key = request.headers.get(HEADER, "")
    if len(key) > LONGEST or not key.isprintable():
        raise Refused({HEADER: f"Send at most {LONGEST} printable characters."})
    if not key:
        return Response(show(make().pk), status=201)
    made, first = _once(user=request.user, kind=kind, key=key, path=at or request.path, make=make)
    return Response(show(made), status=201 if first else 200)


@transaction.atomic
def _once(*, user, kind, key, path, make):
    """(the record's id, whether this call made it). A refusal rolls back the submission with the record."""
    submission = submission_for_key(user=user, kind=kind, key=key, path=path)
    if submission.path != path:
        raise Refused({HEADER: "This key was used for something else. Send a new one."})
    first = submission.used_at is None
    submit_once(submission=submission, make=make, path_of=lambda made: path)
    submission.refresh_from_db()
    return submission.result_id, first
