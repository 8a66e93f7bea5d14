"""What of this app a colleague holds (pairs/service/hooks.py): supervision agreed and planned, and agreed actions."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from interventions.supervision.models import CaseDecision, PlannedSupervision, SupervisionAgreement
from pairs.database.change_ledger import change_and_record, create_and_record
from pairs.service.models import User
from pairs.service.work_to_hand_over import (
    NO_FAMILY,
    HandOverRule,
    HandOverStep,
    HeldWork,
    mark_held,
    pass_field,
)
from pairs.web.formats import format_day, format_day_and_time


def list_held_work(user: User) -> list[HeldWork]:
    """Supervision that this person gives or has, agreed and planned, and actions they took on and have not done."""
    planned = PlannedSupervision.objects.standing()
    agreed = SupervisionAgreement.objects.live().filter(ends_on=None)
    to_do = CaseDecision.objects.live().filter(owner=user).to_do().order_by("do_by", "created_at")
    return [
        HeldWork(
            mark_held(agreed.filter(supervisor=user), family=NO_FAMILY, barred=["supervisee_id"]),
            "colleague they supervise",
            "colleagues they supervise",
            "supervision",
            "supervise",
            AGREED_TO_GIVE,
        ),
        HeldWork(
            mark_held(agreed.filter(supervisee=user), family=NO_FAMILY),
            "agreement for supervision of their own",
            "agreements for supervision of their own",
            "supervision",
            "supervise",
            AGREED_TO_HAVE,
        ),
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


def _pass_on_agreement(row: SupervisionAgreement, to: User | None, step: HandOverStep) -> None:
    """It ends today; with another supervisor it is another agreement, of the same terms, from tomorrow on."""
    change_and_record(row, step.ledger, ends_on=max(step.on, row.starts_on))
    if to:
        terms = {name: getattr(row, name) for name in KEPT_TERMS}
        starts_on = row.ends_on + timedelta(days=1)
        create_and_record(SupervisionAgreement, step.ledger, supervisor=to, starts_on=starts_on, **terms)


def _describe_agreement(row: SupervisionAgreement) -> str:
    return f"{row.get_kind_display()} supervision since {format_day(row.starts_on)}"


def _cancel_session(row: PlannedSupervision, to: User | None, step: HandOverStep) -> None:
    change_and_record(row, step.ledger, cancelled_at=timezone.now())


def _describe_session(row: PlannedSupervision) -> str:
    return f"Session of {format_day_and_time(row.starts_at)}"


KEPT_TERMS = ("site", "supervisee", "kind", "every_days", "minutes", "under_twos_since", "working_percent")
AGREED_TO_GIVE = HandOverRule(
    code="supervision-agreed",
    pass_on=_pass_on_agreement,
    describe=_describe_agreement,
    needs=("supervise",),
    may_end=lambda row: True,
)
AGREED_TO_HAVE = HandOverRule(
    code="supervision-of-their-own",
    pass_on=_pass_on_agreement,
    describe=_describe_agreement,
    needs=(),
    may_end=lambda row: True,
)
GIVEN = HandOverRule("supervision-given", pass_field("supervisor"), _describe_session, needs=("supervise",))
# No one has supervision in another's place: it is cancelled.
HAD = HandOverRule("supervision-had", _cancel_session, _describe_session, needs=(), may_end=lambda row: True)
ACTION = HandOverRule(
    code="action",
    pass_on=pass_field("owner"),
    describe=lambda row: f"Action by {format_day(row.do_by)}" if row.do_by else "Action without a date",
    with_lead=Q(),
)
