"""An adoption: the birth identity is sealed with all that points to it, and the child's new record begins.

What has to be sealed is found through Django's registry, so that a table of any room above, built later,
is found too.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

import pgtrigger
from django.apps import apps
from django.db import models, transaction
from django.utils import timezone

from pairs.access.records import SEALED, Record, unsealed_q
from pairs.families.actions.records import next_reference
from pairs.families.models import Adoption, Caregiver, Dyad, Family, Infant, RiskAlert
from pairs.jobs.outbox import stop_emails
from pairs.service.models import Site, User
from pairs.service.refusals import Refused

# What stays true of the child whoever their parents are. Not the twin, not the pregnancy, not who carried them.
KEPT = ("birth_date", "sex", "ethnicity", "gestation_weeks")
Rows = dict[type[Record], set[UUID]]


@transaction.atomic
def record_adoption(
    *, infant: Infant, adopted_on: date, given_name: str, family_name: str, site: Site, by: User
) -> Adoption:
    """Seal the birth identity, and open the child's new record in a new family at the site.

    The new record has a new reference, the new names and no NHS number yet; its carers are added there.
    """
    birth = Infant.objects.select_for_update(of=("self",)).get(pk=infant.pk)
    _check(birth, adopted_on, given_name, family_name)
    ending = _what_ends(birth)
    if Family in ending and RiskAlert.objects.live().open().filter(family=birth.family_id).exists():
        raise Refused("A risk alert about this family is open. It has to be answered and closed first.")
    new = Infant.objects.create(
        family=Family.objects.create(site=site),
        reference=next_reference("PI", timezone.localdate()),
        given_name=given_name,
        family_name=family_name,
        **{name: getattr(birth, name) for name in KEPT},
    )
    sealed = _seal(_with_all_that_points_to(ending))
    stop_emails(about_infant=birth.pk)
    return Adoption.objects.create(
        family_id=birth.family_id,
        birth_infant=birth,
        new_infant=new,
        adopted_on=adopted_on,
        recorded_by=by,
        sealed_rows=sealed,
        **{SEALED: timezone.now()},
    )


def _check(birth: Infant, adopted_on: date, given_name: str, family_name: str) -> None:
    if birth.is_sealed:
        raise Refused("An adoption is recorded for this child already.")
    if birth.birth_date is None:
        raise Refused("Only a child who is born can be adopted. Register the birth first.")
    if birth.lost_on:
        raise Refused("A loss is recorded for this child.")
    if not birth.birth_date <= adopted_on <= timezone.localdate():
        raise Refused({"adopted_on": "Give the day of the adoption: not before the birth, and not to come."})
    if not (given_name.strip() and family_name.strip()):
        raise Refused({"given_name": "Give the child's new name in full."})


def _what_ends(birth: Infant) -> Rows:
    """The birth identity; and its family, when no other child of it and no carer's own care remains there."""
    others = Infant.objects.live().filter(family=birth.family_id).exclude(pk=birth.pk)
    alone = not others.exists() and not _patients_of(birth.family_id)
    return {Infant: {birth.pk}} | ({Family: {birth.family_id}} if alone else {})


def _patients_of(family_id: UUID) -> bool:
    """Is a carer of this family in our care in their own right? A record says so by a key called ``patient``."""
    of_carers = [
        model
        for model in _records()
        for field in model._meta.concrete_fields
        if field.name == "patient" and field.related_model is Caregiver
    ]
    return any(model.objects.live().filter(patient__family=family_id).exists() for model in of_carers)


def _records() -> list[type[Record]]:
    return [each for each in apps.get_models() if issubclass(each, Record) and not each._meta.proxy]


def _with_all_that_points_to(rows: Rows) -> Rows:
    """These rows, every Record that has a key to one of them, every one with a key to those, and so on."""
    found: Rows = defaultdict(set, {model: set(ids) for model, ids in rows.items()})
    new = dict(rows)
    while new:
        new = _pointing_to(new, found)
        for model, ids in new.items():
            found[model] |= ids
    return found


def _pointing_to(rows: Rows, known: Rows) -> Rows:
    pointing: Rows = defaultdict(set)
    for model in _records():
        for field in model._meta.concrete_fields:
            target: Any = field.related_model
            if isinstance(field, models.ForeignKey) and (ids := rows.get(target)):
                there = model._base_manager.filter(**{f"{field.name}__in": ids})
                pointing[model] |= set(there.values_list("pk", flat=True)) - known.get(model, set())
        for field in _lists_of(Dyad, model):
            pointing[model] |= _about_these_alone(model, field, rows, known) - known.get(model, set())
        for field in _lists_of(Infant, model):
            there = model._base_manager.filter(**{f"{field.name}__in": rows.get(Infant, ())})
            pointing[model] |= set(there.values_list("pk", flat=True)) - known.get(model, set())
    return {model: ids for model, ids in pointing.items() if ids}


def _lists_of(what: type[Record], model: type[Record]) -> list[models.ManyToManyField]:
    """A letter is about these children: its words name them all, so it goes with any one of them."""
    return [field for field in model._meta.many_to_many if field.related_model is what]


def _about_these_alone(
    model: type[Record], field: models.ManyToManyField, rows: Rows, known: Rows
) -> set[UUID]:
    """An episode was about this child when nobody else is in its focus; a sibling's goes on without the child."""
    going = rows.get(Dyad, set()) | known.get(Dyad, set())
    if not going:
        return set()
    touched = model._base_manager.filter(**{f"{field.name}__in": going})
    others = Dyad.objects.live().exclude(pk__in=going)
    staying = model._base_manager.filter(**{f"{field.name}__in": others})
    return set(touched.exclude(pk__in=staying.values("pk")).values_list("pk", flat=True))


def _seal(rows: Rows) -> dict[str, list[str]]:
    """Seal what is not sealed yet; returns the ids by table. Rows that nothing may change go with their owner."""
    now, sealed = timezone.now(), {}
    for model, ids in rows.items():
        if _never_changes(model):
            continue
        open_rows = model._base_manager.filter(unsealed_q(), pk__in=ids)
        sealed[model._meta.label] = _texts(open_rows.values_list("pk", flat=True))
        open_rows.update(**{SEALED: now})
    return {label: ids for label, ids in sealed.items() if ids}


def _texts(ids: Iterable[UUID]) -> list[str]:
    return sorted(map(str, ids))


def _never_changes(model: type[Record]) -> bool:
    """Append-only by trigger, on every column."""
    protects = [each for each in getattr(model._meta, "triggers", []) if isinstance(each, pgtrigger.Protect)]
    return any(str(each.operation) == "UPDATE OR DELETE" and not each.condition for each in protects)
