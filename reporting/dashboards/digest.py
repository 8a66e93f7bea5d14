"""The daily e-mail of whoever asked for it: how much is urgent, in numbers, and a link. No name, no family, no act."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.mail import send_mail
from django.db import transaction
from django.utils import timezone

from pairs.access.scope import Scope, load_scope
from pairs.service.models import User
from pairs.service.refusals import ActionRefused
from pairs.web.absolute_urls import build_absolute_url
from referrals.bank_holidays import ENGLAND
from reporting.dashboards.due_cache import get_due_lists
from reporting.dashboards.models import DailyDigest
from reporting.dashboards.urgent_count import URGENT_KINDS, UrgentCount, count_urgent, format_urgent_count

LIST_PERMISSIONS = ("read_families", "triage_referrals")  # who has a to-do list
# Local hours between which it is sent; a worker that was down catches up until then, and later says nothing stale.
FIRST_HOUR, LAST_HOUR = 7, 11
SATURDAY = 5


def is_digest_time(now: datetime) -> bool:
    """In the morning of a working day in England, by the local clock."""
    local = timezone.localtime(now)
    is_working_day = local.weekday() < SATURDAY and local.date() not in ENGLAND
    return is_working_day and FIRST_HOUR <= local.hour <= LAST_HOUR


def choose_digests(*, user: User, wanted: bool, weekly: bool) -> DailyDigest:
    """The daily one from the next working day on, the weekly one from the next week on; or no more."""
    asked: dict[str, Any] = {"wanted": wanted, "weekly": weekly}
    if not user.email and any(asked.values()):
        said = "Your account has no e-mail address. Ask your administrator to add it."
        raise ActionRefused({name: said for name, is_asked in asked.items() if is_asked})
    known = load_chosen_digests(user)
    if weekly and not known.weekly:
        asked["week_looked_on"] = timezone.localdate()
    chosen, _ = DailyDigest.objects.update_or_create(user=user, defaults=asked)
    return chosen


def load_chosen_digests(user: User) -> DailyDigest:
    """What this person has chosen; none of both where they never chose."""
    return DailyDigest.objects.filter(user=user).first() or DailyDigest(user=user)


def list_digest_readers(on: date) -> list[UUID]:
    """Ids of those who asked for it, whose account is open, and who were not looked at on that day."""
    rows = DailyDigest.objects.waiting(on).filter(user__is_active=True)
    return list(rows.order_by("user_id").values_list("user_id", flat=True))


@transaction.atomic
def send_digest(*, user_id: UUID, on: date) -> bool:
    """Send that day's numbers, once; nothing where nothing is urgent or there is no list any more.

    Of two concurrent calls only one sends, by a conditional update.
    """
    if not DailyDigest.objects.waiting(on).filter(user=user_id).update(looked_on=on):
        return False
    user = User.objects.get(pk=user_id)
    scope = load_scope(user)
    if not may_be_written_to(user, scope):
        return False
    count = count_urgent(get_due_lists(scope, on, kinds=URGENT_KINDS), on)
    if not count.total:
        return False
    send_mail(f"To do today: {format_urgent_count(count)}", build_digest_text(count), None, [user.email])
    return True


def may_be_written_to(user: User, scope: Scope) -> bool:
    """An open account with an address and, still, a to-do list."""
    return bool(user.is_active and user.email and scope.may(*LIST_PERMISSIONS))


def build_digest_text(count: UrgentCount) -> str:
    return build_numbers_text(
        (count.safety, "About safety"), (count.overdue, "Overdue"), (count.today, "Due today")
    )


def build_numbers_text(*rows: tuple[int, str]) -> str:
    """Numbers alone, and where they can be opened and the e-mail stopped."""
    numbers = "\n".join(f"{words}: {number}" for number, words in rows)
    return (
        f"{numbers}\n\nYour list: {build_absolute_url('worklist')}\n"
        f"To stop this e-mail: {build_absolute_url('my-digest')}\n"
    )
