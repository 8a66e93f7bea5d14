"""What somebody adds to a referral afterwards, as it was said; whoever reads referrals at the site hears of it."""

from django.core.mail import send_mail
from django.db import transaction
from django.utils import timezone

from pairs.families.actions.alerts import list_permission_holders
from pairs.service.models import Site, User
from pairs.service.refusals import ActionRefused
from pairs.web.absolute_urls import build_absolute_url
from referrals.models import Addition, FirstReader, Referral
from referrals.rules.choices import DECIDED_STATUSES


@transaction.atomic
def add_to_referral(*, referral: Referral, text: str, by: User, asks_to_withdraw: bool = False) -> Addition:
    """Save an addition, such as the answer to a question. The original text is unchanged."""
    if referral.status in DECIDED_STATUSES:
        raise ActionRefused(
            "This referral has already been decided. Call us, or refer again, if something has changed."
        )
    addition = Addition.objects.create(
        referral=referral, text=text, by=by, at=timezone.now(), asks_to_withdraw=asks_to_withdraw
    )
    link = build_absolute_url("referral", referral.pk)
    for person in _list_referral_readers(referral.site):
        if person != by and person.email:
            words = f"New information was added. Sign in to PaIRS to read it:\n\n{link}\n"
            send_mail(f"Information added to {referral.reference}", words, None, [person.email])
    return addition


def _list_referral_readers(site: Site) -> list[User]:
    """The first reader and the deputy of the site; where none is named, whoever triages there."""
    first = FirstReader.objects.filter(site=site).select_related("reader", "deputy").first()
    named = [first.reader, first.deputy] if first else []
    return [each for each in named if each.is_active] or list_permission_holders(
        "triage_referrals", site=site
    )
