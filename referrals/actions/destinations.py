"""The signposting directory is kept: a destination added, changed, checked, retired, brought back; never deleted."""

from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.utils import timezone

from pairs.service.models import Place
from pairs.service.refusals import Refused
from referrals.models import Destination

KEPT = ("name", "offers", "phone", "website", "email", "how_to_start")
ONCE = "This name is in the directory already, perhaps among those that are retired."


@transaction.atomic
def keep_destination(
    *, destination: Destination | None = None, places: Sequence[Place], **said: str
) -> Destination:
    """Add one, or change it. Whoever saves it has made sure of it today."""
    kept = destination or Destination()
    for name in KEPT:
        setattr(kept, name, said[name])
    if not (kept.phone or kept.website or kept.email or kept.how_to_start):
        raise Refused({"phone": "Give a phone number, a website, an e-mail, or say how a family begins."})
    kept.checked_on = timezone.localdate()
    if Destination.objects.filter(name__iexact=kept.name).exclude(pk=kept.pk).exists():
        raise Refused({"name": ONCE})
    try:
        with transaction.atomic():
            kept.save()
    except IntegrityError as clash:  # another desk saved the name a moment ago
        raise Refused({"name": ONCE}) from clash
    kept.places.set(places)
    return kept


@transaction.atomic
def check_destination(*, destination: Destination) -> Destination:
    """Somebody has made sure today that all of it still holds."""
    destination.checked_on = timezone.localdate()
    destination.save(update_fields=["checked_on"])
    return destination


@transaction.atomic
def retire_destination(*, destination: Destination) -> Destination:
    """Offered no more; letters that name it keep its name. Retired already: brought back, to be checked anew."""
    destination.retired_on = None if destination.retired_on else timezone.localdate()
    destination.checked_on = destination.checked_on if destination.retired_on else None
    destination.save(update_fields=["retired_on", "checked_on"])
    return destination
