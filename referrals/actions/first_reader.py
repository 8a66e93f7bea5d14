"""First reading of new referrals: deadline, notices to readers, and the readers of a site."""

from datetime import datetime

from django.core.mail import send_mail
from django.db import transaction
from django.utils import timezone

from pairs.access.scope import load_scope
from pairs.families.actions.alerts import list_permission_holders
from pairs.service.models import Site, User
from pairs.service.refusals import ActionRefused
from pairs.web.absolute_urls import build_absolute_url
from referrals.bank_holidays import ENGLAND
from referrals.models import FirstReader, ReadingNotice, Referral
from referrals.rules.reading_deadline import (
    NoticeRole,
    get_reading_deadline,
    list_roles_to_notify,
)

NOTICE_TEXTS = {
    NoticeRole.READER: "has arrived and is waiting to be read",
    NoticeRole.DEPUTY: "has not been read yet; you are the deputy, and one hour is left",
    NoticeRole.SUPERVISORS: "is overdue to be read",
}


@transaction.atomic
def start_reading_clock(referral: Referral) -> Referral:
    """Save the reading deadline of a new referral and notify the reader."""
    referral.change(read_by_time=get_reading_deadline(referral.received_at, ENGLAND))
    notify_of_unread(referral=referral, now=referral.received_at)
    return referral


@transaction.atomic
def notify_of_unread(*, referral: Referral, now: datetime) -> list[NoticeRole]:
    """Send each notice that is due and not sent yet; returns the roles notified, none once it is read."""
    waiting = Referral.objects.unread().select_for_update(of=("self",)).filter(pk=referral.pk).first()
    if waiting is None:
        return []
    told = set(waiting.reading_notices.values_list("whom", flat=True))
    new = [whom for whom in list_roles_to_notify(waiting.received_at, now, ENGLAND) if whom not in told]
    for whom in new:
        ReadingNotice.objects.create(referral=waiting, whom=whom, at=now)
        for person in _list_notice_recipients(whom, waiting.site):
            _send_unread_notice(person, waiting, NOTICE_TEXTS[whom])
    return new


def _list_notice_recipients(whom: NoticeRole, site: Site) -> list[User]:
    """People in that role; everyone who triages at the site where no reader is named."""
    if whom == NoticeRole.SUPERVISORS:
        return list_permission_holders("supervise", site=site)
    named = FirstReader.objects.select_related("reader", "deputy").filter(site=site).first()
    if named is None:
        return list_permission_holders("triage_referrals", site=site) if whom == NoticeRole.READER else []
    person = named.reader if whom == NoticeRole.READER else named.deputy
    return [person] if person.is_active else list_permission_holders("triage_referrals", site=site)


def _send_unread_notice(person: User, referral: Referral, said: str) -> None:
    """A reference and a link: nothing of what was said leaves by e-mail."""
    if person.email:
        link = build_absolute_url("decide-referral", referral.pk)
        subject = f"Referral {referral.reference} {said.partition(';')[0]}"
        send_mail(subject, f"Referral {referral.reference} {said}.\n\n{link}\n", None, [person.email])


@transaction.atomic
def set_first_readers(*, site: Site, reader: User, deputy: User, by: User) -> FirstReader:
    """Who reads new referrals of the site first, and who when they are away; both triage there."""
    errors = {
        name: f"{person} does not triage at {site}."
        for name, person in (("reader", reader), ("deputy", deputy))
        if not load_scope(person).may("triage_referrals", at=site.pk)
    }
    if reader == deputy:
        errors["deputy"] = "The deputy must be someone else."
    if errors:
        raise ActionRefused(errors)
    named, _ = FirstReader.objects.update_or_create(site=site, defaults={"reader": reader, "deputy": deputy})
    return named


def notify_overdue_unread() -> int:
    """Send all due notices about unread referrals; returns how many referrals they concern."""
    now = timezone.now()
    unread = Referral.objects.unread().select_related("site").order_by("received_at")
    return sum(bool(notify_of_unread(referral=referral, now=now)) for referral in unread)
