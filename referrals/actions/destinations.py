"""The signposting directory is kept: a destination added, changed, checked, retired, brought back; never deleted."""

from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.utils import timezone

from pairs.service.models import Place
from pairs.service.refusals import ActionRefused, refuse_all
from referrals.models import Destination

DESTINATION_FIELDS = ("name", "offers", "phone", "website", "email", "how_to_start")
NAME_TAKEN = "This name is already in the directory, perhaps among the retired entries."


@transaction.atomic
def save_directory_entry(
    *, destination: Destination | None = None, places: Sequence[Place], **said: str
) -> Destination:
    """Create or change an entry. Saving it counts as checking it today."""
    kept = destination or Destination()
    for name in DESTINATION_FIELDS:
        setattr(kept, name, said[name])
    reachable = kept.phone or kept.website or kept.email or kept.how_to_start
    taken = Destination.objects.filter(name__iexact=kept.name).exclude(pk=kept.pk).exists()
    refuse_all(
        {
            "name": NAME_TAKEN if taken else "",
            "phone": ""
            if reachable
            else "Enter a phone number, website or e-mail address, or say how to start.",
        }
    )
    kept.checked_on = timezone.localdate()
    try:
        with transaction.atomic():
            kept.save()
    except IntegrityError as clash:  # somebody else saved the name a moment ago
        raise ActionRefused({"name": NAME_TAKEN}) from clash
    kept.places.set(places)
    return kept


@transaction.atomic
def check_destination(*, destination: Destination) -> Destination:
    """Record that the entry was checked today and is still correct."""
    destination.checked_on = timezone.localdate()
    destination.save(update_fields=["checked_on"])
    return destination


@transaction.atomic
def retire_destination(*, destination: Destination) -> Destination:
    """Retire an entry (letters keep its name), or restore a retired one, which then needs checking."""
    destination.retired_on = None if destination.retired_on else timezone.localdate()
    destination.checked_on = destination.checked_on if destination.retired_on else None
    destination.save(update_fields=["retired_on", "checked_on"])
    return destination
