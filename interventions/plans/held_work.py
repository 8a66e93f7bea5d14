"""What of this app a colleague holds (pairs/service/hooks.py): co-work on a colleague's family."""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q
from django.utils import timezone

from interventions.plans.models import CoWorker
from pairs.database.change_ledger import change_and_record, create_and_record
from pairs.service.models import User
from pairs.service.work_to_hand_over import HandOverRule, HandOverStep, HeldWork, mark_held
from pairs.web.formats import format_day


def list_held_work(user: User) -> list[HeldWork]:
    """Open work of colleagues in which this person is a co-worker from tomorrow on, or will be."""
    today = timezone.localdate()
    unended = CoWorker.objects.live().filter(Q(until=None) | Q(until__gt=today))
    in_it = unended.filter(episode=OuterRef("episode")).order_by().values("user")
    rows = mark_held(
        unended.filter(user=user, episode__ended_on=None),
        site="episode__site_id",
        family="episode__family_id",
        barred=["episode__lead_id", ArraySubquery(in_it)],
    )
    return [HeldWork(rows, "family in co-work", "families in co-work", "caseload", "read_families", RULE)]


def _pass_on_co_work(row: CoWorker, to: User | None, step: HandOverStep) -> None:
    """Today is the last day of theirs, and the first of whoever takes it."""
    change_and_record(row, step.ledger, until=max(step.on, row.since))
    if to:
        known: dict[str, Any] = {"episode": row.episode, "why": row.why, "since": max(step.on, row.since)}
        create_and_record(CoWorker, step.ledger, user=to, **known)


RULE = HandOverRule(
    code="co-work",
    pass_on=_pass_on_co_work,
    describe=lambda row: f"Co-work since {format_day(row.since)}",
    may_end=lambda row: True,
)
