"""What of this app a colleague or a site holds (pairs/service/hooks.py): groups that are running."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from interventions.groups.models import Facilitator, Programme
from pairs.database.change_ledger import change_and_record, create_and_record
from pairs.service.models import Site, User
from pairs.service.work_to_hand_over import NO_FAMILY, HandOverRule, HandOverStep, HeldWork, mark_held


def list_held_work(user: User) -> list[HeldWork]:
    """Groups that this person facilitates from tomorrow on."""
    going_on = Facilitator.objects.live().filter(Q(until=None) | Q(until__gt=timezone.localdate()))
    others = going_on.filter(programme=OuterRef("programme"), user__isnull=False).order_by()
    rows = mark_held(
        going_on.filter(user=user, programme__closed_on=None).select_related("programme"),
        site="programme__site_id",
        family=NO_FAMILY,
        barred=[ArraySubquery(others.values("user"))],
    )
    rows = rows.annotate(has_others=Exists(others.filter(until=None).exclude(user=user)))
    return [HeldWork(rows, "running group", "running groups", "groups", "read_families", RULE)]


def list_site_work(site: Site) -> list[HeldWork]:
    """Groups of the site."""
    rows = Programme.objects.live().open().filter(site=site)
    return [HeldWork(rows, "running group", "running groups", "groups", "read_families")]


def _pass_on_group(row: Facilitator, to: User | None, step: HandOverStep) -> None:
    """Today is the last day of theirs, as when a facilitator leaves the group."""
    change_and_record(row, step.ledger, until=step.on)
    if to:
        create_and_record(Facilitator, step.ledger, programme=row.programme, user=to)


RULE = HandOverRule(
    code="group",
    pass_on=_pass_on_group,
    describe=lambda row: str(row.programme),
    may_end=lambda row: row.has_others,
)
