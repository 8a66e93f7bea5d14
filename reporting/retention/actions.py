"""What information governance decides about keeping records: holds, and at a review to keep on or to destroy."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from pairs.audit.signing import KeyMissing, read_key, sign
from pairs.families.models import Family
from pairs.service.models import Site, User
from pairs.service.refusals import ActionRefused
from reporting.retention.destruction import build_order, list_obstacles
from reporting.retention.models import RetentionDecision, RetentionHold
from reporting.retention.review_dates import load_review
from reporting.retention.rules import DecisionKind, find_hold_date_error

NO_KEY = (
    "This cannot be confirmed: the key that signs history is missing. Tell the person who runs the service."
)


@transaction.atomic
def hold_records(
    *, site: Site, family: Family | None, reason: str, review_on: date, by: User
) -> RetentionHold:
    """Nothing of this record, or without one of the site, is destroyed while it lasts. What was confirmed waits too."""
    _validate_hold_date(review_on)
    return RetentionHold.objects.create(
        site=site, family=family, reason=reason, review_on=review_on, made_by=by
    )


def _validate_hold_date(review_on: date) -> None:
    if error := find_hold_date_error(review_on, timezone.localdate()):
        raise ActionRefused({"review_on": error})


@transaction.atomic
def prolong_hold(*, hold: RetentionHold, review_on: date) -> RetentionHold:
    """It is still needed, and is looked at again then."""
    _validate_hold_date(review_on)
    return _lock_hold(hold).change(review_on=review_on)


@transaction.atomic
def end_hold(*, hold: RetentionHold, because: str, by: User) -> RetentionHold:
    """The records can be destroyed again, once two people decide it."""
    return _lock_hold(hold).change(ended_at=timezone.now(), ended_by=by, ended_because=because)


def _lock_hold(hold: RetentionHold) -> RetentionHold:
    hold = RetentionHold.objects.select_for_update(of=("self",)).get(pk=hold.pk)
    if hold.ended_at:
        raise ActionRefused("This hold has already ended.")
    return hold


@transaction.atomic
def decide_retention(
    *, family: Family, kind: str, reason: str, review_on: date | None, by: User
) -> RetentionDecision:
    """Keep the record until another day; or ask a second person to confirm its destruction."""
    family = Family.objects.select_for_update(of=("self",)).get(pk=family.pk)
    if RetentionDecision.objects.valid().to_destroy().filter(family=family).exists():
        raise ActionRefused("A decision to destroy this record is already made. Withdraw it first.")
    if kind == DecisionKind.DESTROY:
        _validate_no_obstacle(family)
    elif review_on is None or review_on <= timezone.localdate():
        raise ActionRefused({"review_on": "Choose a day after today."})
    review = load_review(family).review
    return RetentionDecision.objects.create(
        family=family,
        kind=kind,
        rule=review.rule,
        due_on=review.day,
        reason=reason,
        review_on=review_on if kind == DecisionKind.KEEP else None,
        decided_by=by,
    )


def _validate_no_obstacle(family: Family) -> None:
    if obstacles := list_obstacles(family):
        raise ActionRefused(" ".join(obstacles))


@transaction.atomic
def confirm_destruction(*, decision: RetentionDecision, by: User) -> RetentionDecision:
    """The second person agrees: from now on `destroy_records` destroys it. Signed, so that no row can pretend it."""
    decision = _lock_decision(decision)
    if decision.confirmed_at:
        raise ActionRefused("This has already been confirmed.")
    if decision.decided_by_id == by.pk:
        raise ActionRefused("You decided this yourself. A colleague has to confirm it.")
    _validate_no_obstacle(decision.family)
    decision.confirmed_at, decision.confirmed_by = timezone.now(), by
    try:
        signature = sign(build_order(decision), read_key())
    except KeyMissing as missing:
        raise ActionRefused(NO_KEY) from missing
    return decision.change(
        confirmed_at=decision.confirmed_at, confirmed_by=decision.confirmed_by, signature=signature
    )


@transaction.atomic
def withdraw_destruction(*, decision: RetentionDecision, by: User) -> RetentionDecision:
    """The record is kept, and comes to review again."""
    return _lock_decision(decision).change(withdrawn_at=timezone.now(), withdrawn_by=by)


def _lock_decision(decision: RetentionDecision) -> RetentionDecision:
    """After the family, as the command does that destroys it."""
    Family.objects.select_for_update(of=("self",)).get(pk=decision.family_id)
    decision = RetentionDecision.objects.select_related("family").get(pk=decision.pk)
    if decision.withdrawn_at:
        raise ActionRefused("This decision was withdrawn.")
    return decision
