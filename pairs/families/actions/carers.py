"""Carers and their dyads: added, described, ended; and the local list of groups at risk of being left out."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.text import slugify

from pairs.families.birth_rules import POSSIBLE_MATCH_MESSAGE
from pairs.families.models import Caregiver, Dyad, ExclusionGroup, Family, Infant, is_nhs_number_held
from pairs.families.rules import find_life_date_errors, find_span_errors
from pairs.jobs.outbox import stop_emails
from pairs.service.models import User
from pairs.service.refusals import ActionRefused, refuse_all


@transaction.atomic
def add_caregiver(
    *, family: Family, by: User, dyads: Sequence[tuple[Infant, dict[str, Any]]] = (), **facts: Any
) -> Caregiver:
    """One more person bringing the infants up: with a relationship to each, to some, or to none of them yet."""
    if not (facts.get("given_name") or facts.get("family_name")):
        raise ActionRefused({"given_name": "Enter as much of the name as you know."})
    groups = facts.pop("exclusion_groups", [])
    carer = Caregiver(family=family)
    _save_caregiver(carer, facts)
    carer.exclusion_groups.set(groups)
    for infant, relationship in dyads:
        add_dyad(family=family, infant=infant, caregiver=carer, by=by, **relationship)
    return carer


@transaction.atomic
def update_caregiver(*, caregiver: Caregiver, by: User, **facts: Any) -> Caregiver:
    """What is known of a carer now: these fields and no others; what stood there before is kept as history."""
    carer = Caregiver.objects.select_for_update(of=("self",)).get(pk=caregiver.pk)
    if "exclusion_groups" in facts:
        carer.exclusion_groups.set(facts.pop("exclusion_groups"))
    _save_caregiver(carer, facts)
    return carer


def _save_caregiver(carer: Caregiver, facts: dict[str, Any]) -> None:
    """The fields with what follows from them; a number held by somebody else is refused."""
    if "nhs_number" in facts:
        number = facts["nhs_number"] or None
        if number != carer.nhs_number:
            facts = facts | {
                "nhs_number_status": "02" if number else "03"
            }  # present, not traced; or to be traced
        facts = facts | {"nhs_number": number}
        _refuse_known_nhs_number(carer, number)
    for name, value in facts.items():
        setattr(carer, name, value)
    if why := find_life_date_errors(born=carer.birth_date, died=carer.died_on, on=timezone.localdate()):
        raise ActionRefused(why)
    try:
        with transaction.atomic():
            carer.save(update_fields=None if carer._state.adding else list(facts))
        if facts.get("died_on"):
            stop_emails(about=carer.pk)
    except IntegrityError as clash:  # somebody else saved the same number a moment ago
        raise ActionRefused({"nhs_number": POSSIBLE_MATCH_MESSAGE}) from clash


def _refuse_known_nhs_number(carer: Caregiver, number: str | None) -> None:
    if number is None:
        return
    if is_nhs_number_held(number, besides=carer):
        raise ActionRefused({"nhs_number": POSSIBLE_MATCH_MESSAGE})


@transaction.atomic
def add_dyad(*, family: Family, infant: Infant, caregiver: Caregiver, by: User, **facts: Any) -> Dyad:
    """A relationship more. The infant may be of another family; the notes about the two belong to this one."""
    strange = infant.is_hidden or caregiver.family_id != family.pk
    restricted = infant.family_id != family.pk and infant.family.restricted and not family.restricted
    closed = "This baby's record is restricted. Ask information governance first."
    refuse_all(
        lambda: _validate_span(facts),
        {
            "infant": "Choose from this family." if strange else "",
            "reference": closed if restricted else "",
        },
    )
    try:
        with transaction.atomic():
            return Dyad.objects.create(family=family, infant=infant, caregiver=caregiver, **facts)
    except IntegrityError as twice:
        raise ActionRefused(
            f"{infant} and {caregiver} are already recorded. Change that relationship instead."
        ) from twice


@transaction.atomic
def update_dyad(*, dyad: Dyad, by: User, **facts: Any) -> Dyad:
    """What is known of the two now."""
    dyad = Dyad.objects.select_for_update(of=("self",)).get(pk=dyad.pk)
    _validate_span({"since": dyad.since, "until": dyad.until} | facts)
    return dyad.change(**facts)


def end_dyad(*, dyad: Dyad, until: date, by: User) -> Dyad:
    """They are no longer carer and child to each other. What was written about the two stays."""
    if dyad.until:
        raise ActionRefused("This relationship has already ended.")
    return update_dyad(dyad=dyad, until=until, by=by)


def _validate_span(facts: dict[str, Any]) -> None:
    why = find_span_errors(since=facts.get("since"), until=facts.get("until"), on=timezone.localdate())
    if why:
        raise ActionRefused(why)


def update_ethnicity(*, person: Infant | Caregiver, ethnicity: str, by: User) -> Infant | Caregiver:
    """The ethnic background as the person, or the family for their baby, describes it."""
    person.ethnicity = ethnicity
    person.save(update_fields=["ethnicity"])
    return person


@transaction.atomic
def add_exclusion_group(*, name: str, by: User) -> ExclusionGroup:
    """One more group on the local list; a retired one of that name comes back."""
    code = slugify(name)[:50]
    if not code:
        raise ActionRefused({"name": "Enter a name for the group, in letters."})
    last = ExclusionGroup.objects.order_by("-order").values_list("order", flat=True).first() or 0
    group, new = ExclusionGroup.objects.get_or_create(code=code, defaults={"name": name, "order": last + 1})
    if not new and group.retired_on is None:
        raise ActionRefused({"name": "This group is already on the list."})
    group.retired_on = None
    group.save(update_fields=["retired_on"])
    return group


def retire_exclusion_group(*, group: ExclusionGroup, by: User) -> ExclusionGroup:
    """Offered no more; where it was ticked it stays."""
    group.retired_on = timezone.localdate()
    group.save(update_fields=["retired_on"])
    return group
