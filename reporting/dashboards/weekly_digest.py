"""The weekly e-mail of whoever asked for it: how much is new and due, in numbers, and a link. No name, no family."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.core.mail import send_mail
from django.db import transaction

from interventions.workforce.models import Absence
from pairs.access.scope import Scope, load_scope
from pairs.families.due import SAFETY, DueItem
from pairs.service.models import User
from pairs.web.local_days import get_monday
from reporting.dashboards.digest import build_numbers_text, may_be_written_to
from reporting.dashboards.due_cache import list_due_pages
from reporting.dashboards.due_groups import is_overdue
from reporting.dashboards.models import DailyDigest
from reporting.dashboards.urgent_count import URGENT_KINDS

WEEK = timedelta(days=7)


@dataclass(frozen=True)
class WeekCount:
    """``new``: what fell due, or began to wait, in the last seven days; ``coming``: due in the next seven."""

    new: int = 0
    safety: int = 0
    overdue: int = 0
    coming: int = 0

    @property
    def total(self) -> int:
        """Whether there is anything to write of; what is new may be overdue as well."""
        return self.new + self.safety + self.overdue + self.coming


def count_week(items: Iterable[DueItem], on: date) -> WeekCount:
    """Of somebody's own list, gaps in records left out."""
    found = list(items)
    return WeekCount(
        new=sum(on - WEEK < each.due_on <= on for each in found),
        safety=sum(each.kind == SAFETY for each in found),
        overdue=sum(is_overdue(each, on) for each in found),
        coming=sum(on < each.due_on <= on + WEEK for each in found),
    )


def list_weekly_readers(on: date) -> list[UUID]:
    """Ids of those who asked for it, whose account is open, and who were not looked at in that week."""
    rows = DailyDigest.objects.waiting_for_week(get_monday(on)).filter(user__is_active=True)
    return list(rows.order_by("user_id").values_list("user_id", flat=True))


@transaction.atomic
def send_weekly_digest(*, user_id: UUID, on: date) -> bool:
    """Send the week's numbers, once; nothing where there is nothing, no list any more, or who asked is away.

    Of two concurrent calls only one sends, by a conditional update.
    """
    waiting = DailyDigest.objects.waiting_for_week(get_monday(on)).filter(user=user_id)
    if not waiting.update(week_looked_on=on):
        return False
    user = User.objects.get(pk=user_id)
    scope = load_scope(user)
    if not may_be_written_to(user, scope) or _is_away(user, on):
        return False
    count = count_week(_list_own_items(scope, on), on)
    if count.total:
        send_mail("Your week: what is new and due", build_weekly_text(count), None, [user.email])
    return bool(count.total)


def _is_away(user: User, on: date) -> bool:
    return Absence.objects.standing().filter(person=user, starts_on__lte=on, ends_on__gte=on).exists()


def _list_own_items(scope: Scope, on: date) -> Iterator[DueItem]:
    for found in list_due_pages(scope, on, kinds=URGENT_KINDS):
        yield from (item for kind in URGENT_KINDS for item in found.items[kind])


def build_weekly_text(count: WeekCount) -> str:
    return build_numbers_text(
        (count.new, "New in the last seven days"),
        (count.safety, "About safety"),
        (count.overdue, "Overdue"),
        (count.coming, "Due in the next seven days"),
    )
