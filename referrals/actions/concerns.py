"""Maintains the list of concerns: add, reword, reorder, retire. Referrals keep their wording."""

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.text import slugify

from pairs.service.models import User
from pairs.service.refusals import ActionRefused
from referrals.models import Concern

# The history keeps who did it (the request's context); ``by`` is here as in every action.


@transaction.atomic
def add_concern(*, family_voice: str, professional_voice: str, by: User) -> Concern:
    """One more, at the end of the list. Refused when either voice says it already."""
    _validate_unique_wording(family_voice, professional_voice)
    last = Concern.objects.aggregate(last=Max("order"))["last"] or 0
    return Concern.objects.create(
        code=_find_free_code(professional_voice),
        family_voice=family_voice,
        professional_voice=professional_voice,
        order=last + 1,
    )


@transaction.atomic
def reword_concern(*, concern: Concern, family_voice: str, professional_voice: str, by: User) -> Concern:
    """Other words are a new version of the same concern; the old words retire in the same moment."""
    held = _lock_offered_concern(concern)
    if (held.family_voice, held.professional_voice) == (family_voice, professional_voice):
        raise ActionRefused({"professional_voice": "This is the current wording."})
    _validate_unique_wording(family_voice, professional_voice, but=held)
    _save_retirement(held)
    return Concern.objects.create(
        code=held.code,
        version=held.version + 1,
        family_voice=family_voice,
        professional_voice=professional_voice,
        order=held.order,
    )


@transaction.atomic
def retire_concern(*, concern: Concern, by: User) -> Concern:
    """Offered no more; it stays where it was ticked. Never deleted."""
    held = _lock_offered_concern(concern)
    _save_retirement(held)
    return held


@transaction.atomic
def move_concern(*, concern: Concern, earlier: bool, by: User) -> None:
    """One place up or down the list; at its end nothing moves."""
    offered = list(Concern.objects.offered().select_for_update().order_by("order", "code"))
    place = next((n for n, each in enumerate(offered) if each.pk == concern.pk), None)
    if place is None:
        raise ActionRefused("This concern is no longer listed.")
    other = place - 1 if earlier else place + 1
    if 0 <= other < len(offered):
        offered[place], offered[other] = offered[other], offered[place]
    for order, each in enumerate(offered, 1):
        if each.order != order:
            each.order = order
            each.save(update_fields=["order"])


def _lock_offered_concern(concern: Concern) -> Concern:
    held = Concern.objects.offered().select_for_update().filter(pk=concern.pk).first()
    if held is None:
        raise ActionRefused("Someone else has just reworded or retired it. Check the list again.")
    return held


def _save_retirement(concern: Concern) -> None:
    concern.retired_on = timezone.localdate()
    concern.save(update_fields=["retired_on"])


def _validate_unique_wording(family_voice: str, professional_voice: str, but: Concern | None = None) -> None:
    others = Concern.objects.offered().exclude(pk=but.pk if but else None)
    voices = {"family_voice": family_voice, "professional_voice": professional_voice}
    said = {name: words for name, words in voices.items() if others.filter(**{f"{name}__iexact": words})}
    if said:
        raise ActionRefused(dict.fromkeys(said, "Another concern already says this."))


def _find_free_code(words: str) -> str:
    """A code of the first words; one that was used before stays with what it meant."""
    code = slugify(words)[:40].strip("-") or "concern"
    taken = set(Concern.objects.filter(code__startswith=code).values_list("code", flat=True))
    tries = (code, *(f"{code}-{number}" for number in range(2, len(taken) + 3)))
    return next(each for each in tries if each not in taken)
