"""A pregnancy, its births, and an infant's details: one record for each baby, from the pregnancy on."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from pairs.families.actions.losses import record_loss
from pairs.families.actions.records import allocate_reference
from pairs.families.birth_rules import (
    MAX_BABIES,
    POSSIBLE_MATCH_MESSAGE,
    find_birth_date_error,
    find_dates_doubt,
    find_due_date_error,
    find_home_date_error,
    find_loss_errors,
    find_number_status_error,
    find_pregnancy_error,
)
from pairs.families.choices import Loss
from pairs.families.last_day import validate_living
from pairs.families.models import Caregiver, Dyad, Family, Infant, is_nhs_number_held
from pairs.families.placeholder_names import read_newborn_name
from pairs.service.models import User
from pairs.service.refusals import ActionRefused, refuse_all

BORN, STILLBORN, NOT_YET_BORN = "born", Loss.STILLBIRTH, "not_yet"
# What is known of a baby at the birth, whatever came of it.
BIRTH_FIELDS = ("given_name", "family_name", "sex", "birth_weight_grams", "gestation_weeks")
DATED_FIELDS = ("birth_date", "estimated_due_date", "gestation_weeks")


@transaction.atomic
def record_pregnancy(
    *, family: Family, estimated_due_date: date, plurality: int, carried_by: Caregiver | None, by: User
) -> Infant:
    """Babies on their way in a family we hold: one record each, carried together; the first is returned.

    Who carries them says nothing of who will care for them: dyads are chosen separately.
    """
    unborn = Infant.objects.unborn().filter(family=family).values_list("estimated_due_date", "carried_by")
    carrier, due = carried_by and carried_by.pk, estimated_due_date
    strange = carried_by is not None and carried_by.family_id != family.pk
    right_number = 1 <= plurality <= MAX_BABIES
    refuse_all(
        {
            "estimated_due_date": find_due_date_error(due, timezone.localdate()),
            "plurality": "" if right_number else f"Give a number of babies from 1 to {MAX_BABIES}.",
            "carried_by": "Choose a person in this family." if strange else "",
        },
        lambda: validate_living("carried_by", [carried_by]),
        {"estimated_due_date": find_pregnancy_error(due=due, carrier=carrier, held=list(unborn))},
    )
    alike = {"estimated_due_date": estimated_due_date, "carried_by": carried_by, "plurality": plurality}
    first = _create_unborn_infant(family, twin_order=1, **alike)
    for order in range(2, plurality + 1):
        _create_unborn_infant(family, twin_order=order, pregnancy=first.pregnancy, **alike)
    return first


def _create_unborn_infant(family: Family, **details: Any) -> Infant:
    reference = allocate_reference("PI", timezone.localdate())
    return Infant.objects.create(family=family, reference=reference, **details)


def count_babies_together(infant: Infant) -> int:
    """How many babies of this one's pregnancy have a record, this one among them."""
    return Infant.objects.carried_with(infant).count()


@transaction.atomic
def add_baby(*, infant: Infant, by: User, babies: int | None = None) -> Infant:
    """One more baby in this pregnancy than was known: a record of its own, with the same carers to begin with.

    ``babies``: how many somebody saw who adds one; refused if a colleague has added one meanwhile. None: not asked.
    """
    together = list(Infant.objects.carried_with(infant).select_for_update(of=("self",)))
    if babies is not None and babies != len(together):
        raise ActionRefused(
            f"There are now {len(together)} babies in this pregnancy: a colleague changed this meanwhile. "
            "Open the page again if there is one more."
        )
    if len(together) >= MAX_BABIES:
        raise ActionRefused(f"There are {MAX_BABIES} babies in this pregnancy already.")
    last = max(infant.plurality, *(each.twin_order for each in together))
    for each in together:
        each.plurality = max(each.plurality, last + 1)
        each.save(update_fields=["plurality"])
    return _create_further_infant(infant, last + 1)


def _create_further_infant(twin: Infant, order: int) -> Infant:
    known = ("family", "estimated_due_date", "carried_by", "pregnancy", "family_name", "ethnicity")
    born = None if twin.estimated_due_date else twin.birth_date
    baby = Infant.objects.create(
        reference=allocate_reference("PI", timezone.localdate()),
        twin_order=order,
        plurality=order,
        birth_date=born,
        **{name: getattr(twin, name) for name in known},
    )
    for dyad in Dyad.objects.live().current().filter(infant=twin):
        _copy_dyad(dyad, baby)
    return baby


def _copy_dyad(dyad: Dyad, baby: Infant) -> None:
    known = ("family", "caregiver", "relationship", "main_carer", "lives_with", "parental_responsibility")
    copied = {name: getattr(dyad, name) for name in (*known, "restrictions", "since")}
    Dyad.objects.create(infant=baby, **copied)


@transaction.atomic
def register_births(*, infant: Infant, babies: Sequence[Mapping[str, Any]], by: User) -> Infant:
    """All babies of the pregnancy that are born, each its own row; errors are named ``babies.<number>.<field>``.

    A baby of ``babies`` says ``infant`` (None: one more than was known), ``outcome`` and what is known of it.
    """
    waiting = {each.pk: each for each in Infant.objects.carried_with(infant)}
    if not any(baby["outcome"] != NOT_YET_BORN for baby in babies):
        raise ActionRefused("Record at least one baby as born.")
    named = [baby["infant"] for baby in babies if baby["infant"]]
    if len(set(named)) < len(named) or set(named) - set(waiting):
        raise ActionRefused("Choose from the babies of this pregnancy, each once.")
    for number, baby in enumerate(babies):
        try:
            _register_one_birth(infant, waiting, baby, by)
        except ActionRefused as refused:
            raise ActionRefused(
                {_name_error_field(number, name): said for name, said in refused.errors.items()}
            ) from refused
    infant.refresh_from_db()
    return infant


def _name_error_field(number: int, name: str) -> str:
    name = "birth_date" if name == "lost_on" else name  # a stillborn baby's day is typed as the day of birth
    return f"babies.{number}.{name}" if name else ""


def _register_one_birth(
    infant: Infant, waiting: Mapping[Any, Infant], baby: Mapping[str, Any], by: User
) -> None:
    if baby["outcome"] == NOT_YET_BORN:
        return
    known = {name: value for name, value in baby.items() if name not in ("infant", "outcome")}
    name = read_newborn_name(known["given_name"], known["family_name"])
    known |= {"given_name": name.given_name, "family_name": name.family_name}
    one = waiting[baby["infant"]] if baby["infant"] else add_baby(infant=infant, by=by)
    if baby["outcome"] == STILLBORN:
        update_infant(infant=one, by=by, **{name: known[name] for name in BIRTH_FIELDS})
        record_loss(infant=one, loss=STILLBORN, lost_on=known["birth_date"], by=by)
    else:
        register_birth(infant=one, by=by, **known)


@transaction.atomic
def register_birth(
    *,
    infant: Infant,
    birth_date: date,
    given_name: str,
    sex: str,
    nhs_number: str | None,
    by: User,
    **more: Any,
) -> Infant:
    """The unborn record becomes the born one: the same row, nobody else's touched.

    ``more``: family_name, birth_weight_grams, gestation_weeks, neonatal_stay, home_on, as far as known.
    """
    here = Infant.objects.select_for_update(of=("self",)).get(pk=infant.pk)
    if here.lost_on:
        raise ActionRefused("A loss is recorded for this baby. If it was recorded in error, undo it first.")
    if here.birth_date:
        raise ActionRefused({"birth_date": "This birth is already registered."})
    known = {"birth_date": birth_date, "given_name": given_name, "sex": sex} | more
    known |= {"nhs_number": nhs_number or None, "nhs_number_status": "02" if nhs_number else "08"}
    return _save_infant(here, known)


@transaction.atomic
def update_infant(*, infant: Infant, by: User, **changes: Any) -> Infant:
    """Put right what is known of a baby; the history keeps what stood there before."""
    here = Infant.objects.select_for_update(of=("self",)).get(pk=infant.pk)
    if "nhs_number" in changes:
        changes["nhs_number"] = changes["nhs_number"] or None
    if "birth_date" in changes and changes["birth_date"] is None:  # registered by mistake: not born yet
        changes |= {"neonatal_stay": "", "home_on": None}
    return _save_infant(here, changes)


def _save_infant(infant: Infant, changes: Mapping[str, Any]) -> Infant:
    """Write the changed fields, if all of it can be so together.

    ``dates_are_right`` among them: whether somebody has said that dates which disagree are right all the same; None,
    or left out, where nobody is there to be asked.
    """
    changes = dict(changes)
    right = changes.pop("dates_are_right", None)
    new = {name for name in DATED_FIELDS if name in changes and changes[name] != getattr(infant, name)}
    for name, value in changes.items():
        setattr(infant, name, value)
    errors = _find_infant_errors(infant)
    if right is False and new and not errors:
        errors = find_dates_doubt(
            born=infant.birth_date, due=infant.estimated_due_date, weeks=infant.gestation_weeks
        )
    if errors:
        raise ActionRefused(errors)
    try:
        with transaction.atomic():
            infant.save(update_fields=list(changes))
    except IntegrityError as clash:  # somebody else saved this number a moment ago
        raise ActionRefused({"nhs_number": POSSIBLE_MATCH_MESSAGE}) from clash
    return infant


def _find_infant_errors(infant: Infant) -> dict[str, str]:
    """What is wrong with a baby's record as it would be, by field."""
    on, born = timezone.localdate(), infant.birth_date
    errors = {
        "birth_date": find_birth_date_error(born, on) if born else "",
        "home_on": find_home_date_error(stay=infant.neonatal_stay, home_on=infant.home_on, born=born, on=on),
        "nhs_number_status": find_number_status_error(
            status=infant.nhs_number_status, number=infant.nhs_number
        ),
        "nhs_number": _find_nhs_number_error(infant),
    }
    if not (born or infant.estimated_due_date):
        errors["estimated_due_date"] = "Give the due date, or the date of birth."
    if infant.lost_on:
        wrong = find_loss_errors(loss=infant.loss, lost_on=infant.lost_on, born=born, on=on)
        errors["birth_date"] = errors["birth_date"] or " ".join(wrong.values())
    return {name: said for name, said in errors.items() if said}


def _find_nhs_number_error(infant: Infant) -> str:
    if not infant.nhs_number:
        return ""
    if infant.birth_date is None:
        return "A baby has an NHS number only once they are born."
    return POSSIBLE_MATCH_MESSAGE if is_nhs_number_held(infant.nhs_number, besides=infant) else ""
