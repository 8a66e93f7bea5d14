"""What of this app a colleague holds (pairs/service/hooks.py): supervision that is planned, and agreed actions."""

from django.db.models import Q
from django.utils import timezone

from interventions.supervision.models import CaseDecision, PlannedSupervision
from pairs.database.change_ledger import change_and_record
from pairs.service.models import User
from pairs.service.work_to_hand_over import (
    NO_FAMILY,
    HandOverRule,
    HandOverStep,
    HeldWork,
    mark_held,
    pass_field,
)
from pairs.web.jinja_environment import format_day, format_day_and_time


def list_held_work(user: User) -> list[HeldWork]:
    """Sessions that this person is to give, sessions they are to have, and actions they took on and have not done."""
    planned = PlannedSupervision.objects.standing()
    to_do = CaseDecision.objects.live().filter(owner=user, done_at=None).order_by("do_by", "created_at")
    return [
        HeldWork(
            mark_held(planned.filter(supervisor=user), family=NO_FAMILY, barred=["supervisee_id"]),
            "supervision session to give",
            "supervision sessions to give",
            "supervision",
            "supervise",
            GIVEN,
        ),
        HeldWork(
            mark_held(planned.filter(supervisee=user), family=NO_FAMILY),
            "supervision session of their own",
            "supervision sessions of their own",
            "supervision",
            "supervise",
            HAD,
        ),
        HeldWork(
            mark_held(to_do, site="family__site_id"),
            "agreed action",
            "agreed actions",
            "worklist",
            "read_families",
            ACTION,
        ),
    ]


def _cancel_session(row: PlannedSupervision, to: User | None, step: HandOverStep) -> None:
    change_and_record(row, step.ledger, cancelled_at=timezone.now())


def _describe_session(row: PlannedSupervision) -> str:
    return f"Session of {format_day_and_time(row.starts_at)}"


GIVEN = HandOverRule("supervision-given", pass_field("supervisor"), _describe_session, needs=("supervise",))
# No one has supervision in another's place: it is cancelled.
HAD = HandOverRule("supervision-had", _cancel_session, _describe_session, needs=(), may_end=lambda row: True)
ACTION = HandOverRule(
    code="action",
    pass_on=pass_field("owner"),
    describe=lambda row: f"Action by {format_day(row.do_by)}" if row.do_by else "Action without a date",
    with_lead=Q(),
)
