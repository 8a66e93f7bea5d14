"""The list of ways of working: kept, added to, retired and offered again."""

from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.text import slugify

from interventions.episodes.models import Intervention
from pairs.service.models import User
from pairs.service.refusals import Refused


@transaction.atomic
def keep_intervention(*, by: User, intervention: Intervention | None = None, **facts: Any) -> Intervention:
    """Change one, or add one of the service's own; its code is made from its name once and stays."""
    if intervention is None:
        last = Intervention.objects.aggregate(last=Max("order"))["last"] or 0
        intervention = Intervention(code=_code(facts["name"]), order=last + 1)
    _check_name(facts["name"], intervention)
    for name, value in facts.items():
        setattr(intervention, name, value)
    intervention.save()
    return intervention


def _check_name(name: str, intervention: Intervention) -> None:
    if Intervention.objects.filter(name__iexact=name).exclude(pk=intervention.pk).exists():
        raise Refused({"name": "There is one of this name already."})


def _code(name: str) -> str:
    """A code of its own: letters and numbers of the name, and a number behind it where that is taken."""
    start = slugify(name)[:40] or "way-of-working"
    taken = set(Intervention.objects.filter(code__startswith=start).values_list("code", flat=True))
    found = (code for code in (start, *(f"{start}-{n}" for n in range(2, 1000))) if code not in taken)
    return next(found)


@transaction.atomic
def retire_intervention(*, intervention: Intervention, by: User) -> Intervention:
    """Offered no more, or offered again; what was recorded with it stays."""
    intervention.retired_on = None if intervention.retired_on else timezone.localdate()
    intervention.save(update_fields=["retired_on"])
    return intervention
