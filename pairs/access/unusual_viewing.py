"""Somebody opens far more families within an hour than work needs: information governance is told, once an hour."""

from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction

from pairs.access.account_actions import record_account_event
from pairs.access.rate_limits import count_quietly
from pairs.audit.models import AccountEventKind
from pairs.service.models import User
from pairs.web.absolute_urls import build_absolute_url


def report_unusual_viewing(request: Any, opened: int) -> None:
    """Keep and report it when this many families were opened within the hour; ``opened`` is 0 when none was new."""
    threshold = settings.FAMILIES_OPENED_REPORTED
    if not threshold or opened < threshold:
        return
    with transaction.atomic():
        if count_quietly("viewing-report", to_one=str(request.user.pk)):
            record_account_event(AccountEventKind.MANY_OPENED, user=request.user, request=request)
            _tell_governance(request.user)


def _tell_governance(person: User) -> None:
    """No family is named: what was opened is in the access log."""
    link = f"{build_absolute_url('access-log')}?username={person.username}"
    text = (
        f"{person} ({person.username}) has opened {settings.FAMILIES_OPENED_REPORTED} families\u2019 "
        f"records or more within an hour. There may be a good reason. See what was opened:\n\n{link}\n"
    )
    for reader in User.objects.with_permission("govern_records").exclude(email=""):
        send_mail("Many records opened within an hour", text, None, [reader.email])
