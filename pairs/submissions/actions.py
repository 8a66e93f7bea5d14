"""Saving form drafts, and creating one record however often a form is sent."""

import hashlib
import json
from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.http import Http404, QueryDict
from django.utils import timezone

from pairs.access.page_author import AUTHOR_FIELD
from pairs.access.prepared_writes import insert_or_lock, update_row
from pairs.service.refusals import ActionRefused, EditConflict
from pairs.submissions.deadlocks import atomic_or_conflict
from pairs.submissions.models import Submission
from pairs.submissions.sent_words import compare_with_saved, compute_digest, has_digest

IDEMPOTENCY_HEADER = "Idempotency-Key"
EXCLUDED_FIELDS = {"csrfmiddlewaretoken", "submission", AUTHOR_FIELD}


def get_draft_values(posted: QueryDict) -> dict[str, list[str]]:
    """What was posted, as it can be kept and filled in again."""
    return {
        name: values
        for name, values in posted.lists()
        if name not in EXCLUDED_FIELDS and "password" not in name
    }


def save_posted_draft(*, user: Any, path: str, posted: QueryDict, kind: str) -> Submission:
    """Keep a whole posted form as the user's draft. Of one that is saved already, only what it says anew."""
    token, values = parse_token(posted.get("submission")), get_draft_values(posted)
    submission = get_or_create_submission(token=token, user=user, kind=kind, path=path)
    return save_submission_page(submission=get_unsaved(submission, values), page="", values=values)


def get_unsaved(submission: Submission, values: Mapping[str, list[str]]) -> Submission:
    """The submission that keeps these words: of one that was saved with others, the one that follows it.

    One that was saved with these very words is returned as it is, and keeps nothing.
    """
    if submission.used_at is None:
        return submission
    sent = compare_with_saved(submission, values)
    if sent.is_same:
        return sent.saved
    return get_or_create_submission(
        token=sent.token, user=submission.user, kind=submission.kind, path=submission.path
    )


def get_or_create_submission(*, token: UUID | None, user: Any, kind: str, path: str = "") -> Submission:
    """The user's submission with this token, made when it is new. Somebody else's token is 404."""
    if token is None:
        return Submission.objects.create(user=user, kind=kind, path=path)
    submission, _ = Submission.objects.get_or_create(
        pk=token, defaults={"user": user, "kind": kind, "path": path}
    )
    if submission.user_id != (user.pk if user else None):
        raise Http404
    return submission


def save_submission_page(
    *, submission: Submission, page: str, values: Mapping, version: int | None = None
) -> Submission:
    """Keep one page's values. Raises EditConflict when ``version`` is given and another device saved since.

    A submission that has become its record keeps nothing more.
    """
    data = submission.data | {page: dict(values)}
    mine = Submission.objects.unfinished().filter(pk=submission.pk)
    if version is not None:
        mine = mine.filter(version=version)
    kept = mine.update(data=data, version=F("version") + 1, updated_at=timezone.now())
    if version is not None and not kept:
        raise EditConflict("This has since been saved in another window. Both versions are kept.")
    submission.refresh_from_db()
    return submission


# What a page that two devices may have open carries beside its fields: which window it is, and what it showed.
WINDOW_FIELD, SEEN_FIELD = "window", "seen"


def compute_page_digest(values: Mapping | None) -> str:
    """A mark of what a kept page holds; "" for a page that holds nothing yet."""
    if values is None:
        return ""
    answers = {name: texts for name, texts in values.items() if name not in (WINDOW_FIELD, SEEN_FIELD)}
    return hashlib.sha256(json.dumps(answers, sort_keys=True).encode()).hexdigest()[:16]


@transaction.atomic
def save_page_if_unchanged(*, submission: Submission, page: str, values: Mapping) -> Submission:
    """Keep one page of a draft that may be open on two devices.

    Raises EditConflict, and keeps the other's text, when another window has saved it since this one was shown.
    """
    locked = Submission.objects.select_for_update().get(pk=submission.pk)
    kept = locked.data.get(page)
    from_elsewhere = (
        SEEN_FIELD in values and kept is not None and kept.get(WINDOW_FIELD) != values.get(WINDOW_FIELD)
    )
    if from_elsewhere and compute_page_digest(kept) not in (*values[SEEN_FIELD], compute_page_digest(values)):
        raise EditConflict("This page was also changed on another device. Both versions are shown.")
    return save_submission_page(submission=locked, page=page, values=values)


class SavedOtherwise(ActionRefused):
    """The form was saved before, and says something else now. ``saved``: what was saved."""

    def __init__(self, saved: Submission) -> None:
        self.saved = saved
        super().__init__("This form was saved already, with other words.")


class KeyReused(ActionRefused):
    """An Idempotency-Key that comes with another request than it was used for."""

    def __init__(self) -> None:
        super().__init__({IDEMPOTENCY_HEADER: "This key was used for another request. Send a new one."})


def submit_once(*, submission: Submission, make: Callable[[], Any], path_of: Callable[[Any], str]) -> str:
    """Make the record, or, when it has been made, say where it is. Returns the record's path.

    Double click, retry and Back meet at the row's lock: the second finds the first one's result.
    """
    with atomic_or_conflict():
        locked = Submission.objects.select_for_update().get(pk=submission.pk)
        return locked.result_path if locked.used_at else _create_record(locked, make, path_of)


def create_and_submit_once(
    *,
    token: UUID,
    user: Any,
    kind: str,
    path: str,
    make: Callable[[], Any],
    path_of: Callable[[Any], str],
    words_digest: str = "",
) -> str:
    """``submit_once`` of the user's submission with this token, made when it is new. Somebody else's token is 404.

    ``words_digest``: of what is sent. Raises SavedOtherwise when it was saved with other words.
    """
    new = Submission(pk=token, user=user, kind=kind, path=path)
    with atomic_or_conflict():
        locked = insert_or_lock(new, "user", "used_at", "result_path", "words_digest")
        if locked.user_id != new.user_id:
            raise Http404
        if locked.used_at is None:
            return _create_record(locked, make, path_of, words_digest)
        if not has_digest(locked, words_digest):
            raise SavedOtherwise(locked)
        return locked.result_path


def _create_record(
    locked: Submission, make: Callable[[], Any], path_of: Callable[[Any], str], words_digest: str = ""
) -> str:
    """Make the record of a submission that is locked and has none; its path."""
    record = make()
    # A row of a list that the service keeps has a number; its page is all that one comes back to.
    locked.result_id = record.pk if isinstance(record.pk, UUID) else None
    locked.result_path = path_of(record)
    locked.used_at, locked.data, locked.words_digest = timezone.now(), {}, words_digest
    update_row(locked, "result_id", "result_path", "used_at", "data", "words_digest", "updated_at")
    return locked.result_path


def was_submitted(token: UUID) -> bool:
    """Whether a form with this token has become its record already."""
    return Submission.objects.filter(pk=token).exclude(used_at=None).exists()


def create_once_for_key(
    *, user: Any, kind: str, key: str, path: str, make: Callable[[], Any], sent: Any = None
) -> tuple[UUID | None, bool]:
    """The record made for an Idempotency-Key, and whether this call made it. Inside the caller's transaction.

    The same key of the same user is the same submission. ``sent``: the JSON that came with it. Raises KeyReused when
    it was for another path, or came with another JSON.
    """
    words_digest = compute_digest(key, sent)
    new = Submission(user=user, kind=kind, idempotency_key=key, path=path)
    Submission.objects.bulk_create([new], ignore_conflicts=True)
    locked = Submission.objects.select_for_update().get(user=user, kind=kind, idempotency_key=key)
    first = locked.used_at is None
    if locked.path != path or not (first or has_digest(locked, words_digest)):
        raise KeyReused
    if first:
        _create_record(locked, make, lambda made: path, words_digest)
    return locked.result_id, first


def parse_token(text: str | None) -> UUID | None:
    try:
        return UUID(text or "")
    except ValueError:
        return None
