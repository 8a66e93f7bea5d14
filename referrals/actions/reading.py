"""A new referral waits to be read: by when, who has been told, and who the readers of a site are."""

from datetime import datetime

from django.core.mail import send_mail
from django.db import transaction
from django.utils import timezone

from pairs.access.scope import scope_of
from pairs.families.actions.alerts import holders
from pairs.service.links import full_address
from pairs.service.models import Site, User
from pairs.service.refusals import Refused
from referrals.bank_holidays import ENGLAND
from referrals.models import FirstReader, ReadingNotice, Referral
from referrals.rules.reading import DEPUTY, READER, SUPERVISORS, read_by, who_should_know

SAID = {
    READER: "has arrived and waits to be read",
    DEPUTY: "has not been read yet; an hour is left, and you are the deputy",
    SUPERVISORS: "has not been read in time",
}


@transaction.atomic
def wait_to_be_read(referral: Referral) -> Referral:
    """From the moment it arrives: by when it is to be read is kept, and the reader hears at once."""
    referral.change(read_by_time=read_by(referral.received_at, ENGLAND))
    tell_of_unread(referral=referral, now=referral.received_at)
    return referral


@transaction.atomic
def tell_of_unread(*, referral: Referral, now: datetime) -> list[str]:
    """Tell whoever has to know by now and was not told yet, each once; returns whom. Nobody once it is read."""
    waiting = Referral.objects.unread().select_for_update(of=("self",)).filter(pk=referral.pk).first()
    if waiting is None:
        return []
    told = set(waiting.reading_notices.values_list("whom", flat=True))
    new = [whom for whom in who_should_know(waiting.received_at, now, ENGLAND) if whom not in told]
    for whom in new:
        ReadingNotice.objects.create(referral=waiting, whom=whom, at=now)
        for person in _people(whom, waiting.site):
            _tell(person, waiting, SAID[whom])
    return new


def _people(whom: str, site: Site) -> list[User]:
    """The people behind the word; where no reader is named, everybody who triages at the site."""
    if whom == SUPERVISORS:
        return holders("supervise", site=site)
    named = FirstReader.objects.select_related("reader", "deputy").filter(site=site).first()
    if named is None:
        return holders("triage_referrals", site=site) if whom == READER else []
    person = named.reader if whom == READER else named.deputy
    return [person] if person.is_active else holders("triage_referrals", site=site)


def _tell(person: User, referral: Referral, said: str) -> None:
    """A reference and a link: nothing of what was said leaves by e-mail."""
    if person.email:
        link = full_address("decide-referral", referral.pk)
        subject = f"Referral {referral.reference} {said.partition(';')[0]}"
        send_mail(subject, f"Referral {referral.reference} {said}.\n\n{link}\n", None, [person.email])


@transaction.atomic
def name_first_readers(*, site: Site, reader: User, deputy: User, by: User) -> FirstReader:
    """Who reads new referrals of the site first, and who when they are away; both triage there."""
    errors = {
        name: f"{person} does not triage at {site}."
        for name, person in (("reader", reader), ("deputy", deputy))
        if not scope_of(person).may("triage_referrals", at=site.pk)
    }
    if reader == deputy:
        errors["deputy"] = "The deputy has to be somebody else."
    if errors:
        raise Refused(errors)
    named, _ = FirstReader.objects.update_or_create(site=site, defaults={"reader": reader, "deputy": deputy})
    return named


def chase_unread() -> int:
    """Every few minutes: whoever has to know by now is told; returns how many referrals that was about."""
    now = timezone.now()
    unread = Referral.objects.unread().select_related("site").order_by("received_at")
    return sum(bool(tell_of_unread(referral=referral, now=now)) for referral in unread)
