"""An adoption: the birth identity is sealed with all that points to it, and the child's new record begins.

What has to be sealed is found through Django's app registry, so that tables of later apps are found too.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models, transaction
from django.utils import timezone

from pairs.access.records import SEALED, Record, unsealed_q
from pairs.database.append_only import is_append_only
from pairs.families.actions.records import allocate_reference
from pairs.families.models import Adoption, Caregiver, Dyad, Family, Infant, RiskAlert
from pairs.jobs.outbox import stop_emails
from pairs.service.models import Site, User
from pairs.service.refusals import ActionRefused, refuse_all

# What stays true of the child whoever their parents are. Not the twin, not the pregnancy, not who carried them.
RETAINED_FIELDS = ("birth_date", "sex", "ethnicity", "gestation_weeks")
RecordIds = dict[type[Record], set[UUID]]


@transaction.atomic
def record_adoption(
    *, infant: Infant, adopted_on: date, given_name: str, family_name: str, site: Site, by: User
) -> Adoption:
    """Seal the birth identity, and open the child's new record in a new family at the site.

    The new record has a new reference, the new names and no NHS number yet; its carers are added there.
    """
    birth = Infant.objects.select_for_update(of=("self",)).get(pk=infant.pk)
    _validate_adoption(birth, adopted_on, given_name, family_name)
    ending = _collect_ending_records(birth)
    if Family in ending and RiskAlert.objects.live().open().filter(family=birth.family_id).exists():
        raise ActionRefused("A risk alert about this family is open. Answer and close it first.")
    new = Infant.objects.create(
        family=Family.objects.create(site=site),
        reference=allocate_reference("PI", timezone.localdate()),
        given_name=given_name,
        family_name=family_name,
        **{name: getattr(birth, name) for name in RETAINED_FIELDS},
    )
    sealed = _seal_records(_collect_dependent_records(ending))
    stop_emails(about=birth.pk)
    return Adoption.objects.create(
        family_id=birth.family_id,
        birth_infant=birth,
        new_infant=new,
        adopted_on=adopted_on,
        recorded_by=by,
        sealed_rows=sealed,
        **{SEALED: timezone.now()},
    )


def _validate_adoption(birth: Infant, adopted_on: date, given_name: str, family_name: str) -> None:
    if birth.is_sealed:
        raise ActionRefused("An adoption is already recorded for this child.")
    if birth.birth_date is None:
        raise ActionRefused("Only a child who is born can be adopted. Register the birth first.")
    if birth.lost_on:
        raise ActionRefused("A loss is recorded for this child.")
    possible, named = (
        birth.birth_date <= adopted_on <= timezone.localdate(),
        given_name.strip() and family_name.strip(),
    )
    when = "Enter the date of the adoption. It must be after the birth and not in the future."
    refuse_all(
        {
            "adopted_on": "" if possible else when,
            "given_name": "" if named else "Give the child's new name in full.",
        }
    )


def _collect_ending_records(birth: Infant) -> RecordIds:
    """The birth identity; and its family, when no other child of it and no carer's own care remains there."""
    others = Infant.objects.live().filter(family=birth.family_id).exclude(pk=birth.pk)
    alone = not others.exists() and not _has_carer_patients(birth.family_id)
    return {Infant: {birth.pk}} | ({Family: {birth.family_id}} if alone else {})


def _has_carer_patients(family_id: UUID) -> bool:
    """Is a carer of this family in our care in their own right? A record says so by a key called ``patient``."""
    of_carers = [
        model
        for model in _list_record_models()
        for field in model._meta.concrete_fields
        if field.name == "patient" and field.related_model is Caregiver
    ]
    return any(model.objects.live().filter(patient__family=family_id).exists() for model in of_carers)


def _list_record_models() -> list[type[Record]]:
    return [each for each in apps.get_models() if issubclass(each, Record) and not each._meta.proxy]


def _collect_dependent_records(rows: RecordIds) -> RecordIds:
    """These rows, every Record that has a key to one of them, every one with a key to those, and so on."""
    found: RecordIds = defaultdict(set, {model: set(ids) for model, ids in rows.items()})
    new = dict(rows)
    while new:
        new = _find_referring_records(new, found)
        for model, ids in new.items():
            found[model] |= ids
    return found


def _find_referring_records(rows: RecordIds, known: RecordIds) -> RecordIds:
    pointing: RecordIds = defaultdict(set)
    for model in _list_record_models():
        for field in model._meta.concrete_fields:
            target: Any = field.related_model
            if isinstance(field, models.ForeignKey) and (ids := rows.get(target)):
                there = model._base_manager.filter(**{f"{field.name}__in": ids})
                pointing[model] |= set(there.values_list("pk", flat=True)) - known.get(model, set())
        for field in _list_many_to_many_fields(Dyad, model):
            pointing[model] |= _find_rows_about_only(model, field, rows, known) - known.get(model, set())
        for field in _list_many_to_many_fields(Infant, model):
            there = model._base_manager.filter(**{f"{field.name}__in": rows.get(Infant, ())})
            pointing[model] |= set(there.values_list("pk", flat=True)) - known.get(model, set())
    return {model: ids for model, ids in pointing.items() if ids}


def _list_many_to_many_fields(what: type[Record], model: type[Record]) -> list[models.ManyToManyField]:
    """A letter is about these children: its words name them all, so it goes with any one of them."""
    return [field for field in model._meta.many_to_many if field.related_model is what]


def _find_rows_about_only(
    model: type[Record], field: models.ManyToManyField, rows: RecordIds, ids: RecordIds
) -> set[UUID]:
    """An episode was about this child when nobody else is in its focus; a sibling's goes on without the child."""
    going = rows.get(Dyad, set()) | ids.get(Dyad, set())
    if not going:
        return set()
    touched = model._base_manager.filter(**{f"{field.name}__in": going})
    others = Dyad.objects.live().exclude(pk__in=going)
    staying = model._base_manager.filter(**{f"{field.name}__in": others})
    return set(touched.exclude(pk__in=staying.values("pk")).values_list("pk", flat=True))


def _seal_records(rows: RecordIds) -> dict[str, list[str]]:
    """Seal what is not sealed yet; returns the ids by table. Rows that nothing may change go with their owner."""
    now, sealed = timezone.now(), {}
    for model, ids in rows.items():
        if is_append_only(model):
            continue
        open_rows = model._base_manager.filter(unsealed_q(), pk__in=ids)
        sealed[model._meta.label] = _to_sorted_texts(open_rows.values_list("pk", flat=True))
        open_rows.update(**{SEALED: now})
    return {label: ids for label, ids in sealed.items() if ids}


def _to_sorted_texts(ids: Iterable[UUID]) -> list[str]:
    return sorted(map(str, ids))
