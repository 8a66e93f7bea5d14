"""Actions on the catalogue of interventions: save, retire, offer again."""

from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.text import slugify

from interventions.episodes.models import Intervention
from pairs.service.models import User
from pairs.service.refusals import ActionRefused


@transaction.atomic
def save_intervention(*, by: User, intervention: Intervention | None = None, **facts: Any) -> Intervention:
    """Change an intervention or add one; the code is made from the first name and never changes."""
    if intervention is None:
        last = Intervention.objects.aggregate(last=Max("order"))["last"] or 0
        intervention = Intervention(code=_make_code(facts["name"]), order=last + 1)
    _validate_name(facts["name"], intervention)
    for name, value in facts.items():
        setattr(intervention, name, value)
    intervention.save()
    return intervention


def _validate_name(name: str, intervention: Intervention) -> None:
    if Intervention.objects.filter(name__iexact=name).exclude(pk=intervention.pk).exists():
        raise ActionRefused({"name": "There is already one with this name."})


def _make_code(name: str) -> str:
    """A unique code: the slug of the name, with a number if that is taken."""
    start = slugify(name)[:40] or "way-of-working"
    taken = set(Intervention.objects.filter(code__startswith=start).values_list("code", flat=True))
    found = (code for code in (start, *(f"{start}-{n}" for n in range(2, 1000))) if code not in taken)
    return next(found)


@transaction.atomic
def retire_intervention(*, intervention: Intervention, by: User) -> Intervention:
    """Retire an intervention, or offer a retired one again; what was recorded with it stays."""
    intervention.retired_on = None if intervention.retired_on else timezone.localdate()
    intervention.save(update_fields=["retired_on"])
    return intervention
