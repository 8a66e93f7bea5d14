"""Who is who on the family page: each infant and each carer as lines of a summary, with the ways on to them."""

from datetime import date
from typing import Any
from uuid import UUID

from pairs.access.batch_query import parse_uuid
from pairs.access.scope import Scope
from pairs.code_lists.reference import ETHNIC_CATEGORIES
from pairs.families.ages import format_ages, get_birth
from pairs.families.banner import describe_birth, list_contact_needs
from pairs.families.choices import AddressKind, NeonatalStay, ParentalResponsibility
from pairs.families.models import Caregiver, Dyad, Family, Infant
from pairs.families.presenters import describe_infant_ethnicity
from pairs.families.rules import describe_twin, is_child
from pairs.families.safe_contact import describe_safe_contact
from pairs.web.formats import format_age, format_day, format_nhs_number
from pairs.web.url_cache import reverse_cached
from reporting.dashboards.links import build_link, build_links

ETHNICITY_LABELS = dict(ETHNIC_CATEGORIES)
# What one asks before making contact, in the order of how often it is done.
LIVING_TOGETHER_LABELS = {
    True: "lives together",
    False: "lives apart",
    None: "not known whether they live together",
}
RESPONSIBILITY_LABELS: dict[str, str] = {
    ParentalResponsibility.YES: "has parental responsibility",
    ParentalResponsibility.NO: "no parental responsibility",
    ParentalResponsibility.UNKNOWN: "parental responsibility not known",
}


def list_people_in_short(family: Any, unrelated: list[dict[str, str]], on: date) -> list[dict[str, Any]]:
    """Babies, then carers: [{name, href, what, more, relationships}], a line or two each.

    ``relationships``: the page of each, as {href, text}. ``unrelated``: as of `present_carers`.
    """
    carers: dict[UUID, list[Dyad]] = {}
    for dyad in family.dyads.all():
        carers.setdefault(dyad.caregiver_id, []).append(dyad)
    alone = [
        {
            "name": Caregiver(given_name=row["given_name"], family_name=row["family_name"]).name_or_role,
            "href": reverse_cached("caregiver", row["id"]),
            "what": "no relationship to a baby recorded",
            "more": "",
        }
        for row in unrelated
    ]
    babies = [_present_infant_in_short(infant, family, on) for infant in family.infants.all()]
    return babies + [_present_carer_in_short(dyads, family) for dyads in carers.values()] + alone


def _present_infant_in_short(infant: Infant, family: Family, on: date) -> dict[str, Any]:
    number = format_nhs_number(infant.nhs_number) if infant.nhs_number else ""
    return {
        "name": infant.shown_name or "Baby not yet named",
        "href": reverse_cached("infant", infant.pk) if infant.family_id == family.pk else None,
        "what": describe_birth(infant, on),
        "more": f"NHS {number}" if number else "" if infant.lost_on else "NHS number not yet known",
    }


def _present_carer_in_short(dyads: list[Dyad], family: Family) -> dict[str, Any]:
    carer, dyad = dyads[0].caregiver, dyads[0]
    what = [each.get_relationship_display().lower() for each in dyads]
    more = [LIVING_TOGETHER_LABELS[dyad.lives_with], RESPONSIBILITY_LABELS[dyad.parental_responsibility]]
    died = f"died {format_day(carer.died_on)}" if carer.died_on else ""
    main = "main carer" if any(each.main_carer for each in dyads) else ""
    return {
        "name": carer.name_or_role,
        "href": reverse_cached("caregiver", carer.pk) if carer.family_id == family.pk else None,
        "what": ", ".join(filter(None, [*dict.fromkeys(what), main, died])),
        "more": "" if died else ", ".join(more).capitalize(),
        "relationships": [_build_relationship_link(each) for each in dyads],
    }


def _build_relationship_link(dyad: Dyad) -> dict[str, str]:
    infant = dyad.infant.shown_name or "Baby not yet named"
    return {"href": reverse_cached("dyad", dyad.pk), "text": f"Relationship with {infant}"}


def present_infants(family: Any, scope: Scope, on: date) -> list[dict[str, Any]]:
    """Each infant of a family from with_people(): [{name, href, rows, links}]."""
    births = _find_births_to_register(family)
    carers = {dyad.caregiver_id: dyad.caregiver for dyad in family.dyads.all()}
    return [
        {
            "name": infant.shown_name or "Baby not yet named",
            "href": _get_person_href(infant, "infant", scope, family),
            "held_here": infant.family_id == family.pk,
            "rows": _build_infant_rows(infant, carers.get(infant.carried_by_id), on),
            "links": _build_infant_links(infant, scope, family, infant.pk in births),
        }
        for infant in family.infants.all()
    ]


def _build_infant_rows(infant: Infant, carried_by: Caregiver | None, on: date) -> list[dict[str, Any]]:
    """A baby who has died is spoken of gently: what was, and nothing that asks for more."""
    born = {"key": "Born", "value": f"{format_day(infant.birth_date)}, {format_ages(get_birth(infant), on)}"}
    if infant.birth_date is None:
        born = {"key": "Due", "value": format_day(infant.estimated_due_date)}
    if infant.lost_on:
        lost = f"{infant.get_loss_display()}, {format_day(infant.lost_on)}"
        born = {"key": "Born", "value": format_day(infant.birth_date), "missing": "Before birth"}
        return [born, {"key": "Loss", "value": [lost, "Messages and bookings about this baby have stopped."]}]
    rows = [born, {"key": "Twin", "value": describe_twin(infant.twin_order, infant.plurality)}]
    if infant.neonatal_stay == NeonatalStay.STILL_THERE:
        rows.append({"key": "Neonatal unit", "value": "Still there"})
    rows += [
        {"key": "NHS number", "value": format_nhs_number(infant.nhs_number), "missing": "Not yet known"},
        {"key": "Ethnicity", "value": describe_infant_ethnicity(infant, carried_by)},
        {"key": "Reference", "value": infant.reference},
    ]
    return [row for row in rows if row["key"] != "Twin" or row["value"]]


def _find_births_to_register(family: Family) -> set[UUID]:
    """One baby of each pregnancy: the births of all who were carried together are registered on one page."""
    unborn = [each for each in family.infants.all() if each.birth_date is None and not each.lost_on]
    return {infant.pk for infant in {each.pregnancy: each for each in reversed(unborn)}.values()}


def _build_infant_links(
    infant: Infant, scope: Scope, family: Family, birth_here: bool
) -> list[dict[str, str]]:
    """Nothing is asked about a baby who has died; one held in another family has their pages there."""
    if infant.family_id != family.pk:
        return []
    pages = [("Register the birth", "birth")] if birth_here else []
    if not infant.lost_on:
        pages += [("Village map", "village-map"), ("Check for duplicates", "infant-duplicates")]
        pages += [("Change ethnic background", "infant-ethnicity"), ("Add an address", "new-infant-address")]
    return build_links(scope, pages, infant.pk, at=family.site_id, of=family.pk)


def _get_person_href(person: Caregiver | Infant, name: str, scope: Scope, family: Family) -> str | None:
    """The address of the person's own page; none for one whose record another family holds."""
    found = person.family_id == family.pk and build_link(
        scope, "", name, person.pk, at=family.site_id, of=family.pk
    )
    return found["href"] if found else None


def present_carers(
    family: Family,
    addresses: list[dict[str, str | None]],
    unrelated: list[dict[str, str]],
    scope: Scope,
    on: date,
) -> list[dict[str, Any]]:
    """Each carer of a family from with_people(), with each infant and the current addresses (rows).

    ``unrelated``: the rows of carers without a relationship, who are said to be so and nothing more.
    """
    homes, carers = {parse_uuid(row["caregiver_id"]): row for row in addresses}, {}
    for dyad in family.dyads.all():
        carers.setdefault(dyad.caregiver_id, []).append(dyad)
    alone = [_present_unrelated(row, scope, family) for row in unrelated]
    return [_present_carer(dyads, homes.get(pk), scope, family, on) for pk, dyads in carers.items()] + alone


def _present_carer(
    dyads: list[Dyad], home: dict[str, str | None] | None, scope: Scope, family: Family, on: date
) -> dict[str, Any]:
    carer = dyads[0].caregiver
    return {
        "name": carer.name_or_role,
        "href": _get_person_href(carer, "caregiver", scope, family),
        "child": is_child(carer.birth_date, on),
        "dyads": [_present_relationship(dyad, scope, family) for dyad in dyads],
        "rows": _build_carer_rows(carer, home, on),
        "links": _build_carer_links(carer, scope, family),
    }


def _build_carer_links(carer: Caregiver, scope: Scope, family: Family) -> list[dict[str, str]]:
    held_here = carer.family_id == family.pk and not carer.died_on
    pages = [("Check for duplicates", "caregiver-duplicates")] if held_here else []
    return build_links(scope, pages, carer.pk, at=family.site_id, of=family.pk)


def _present_unrelated(row: dict[str, str], scope: Scope, family: Family) -> dict[str, Any]:
    """A carer who is not yet said to be anybody's."""
    pk, pages = parse_uuid(row["id"]), [("Add a relationship to a baby", "new-dyad")]
    carer = Caregiver(pk=pk, family=family, given_name=row["given_name"], family_name=row["family_name"])
    return {
        "name": carer.name_or_role,
        "href": _get_person_href(carer, "caregiver", scope, family),
        "dyads": [],
        "rows": [],
        "links": build_links(scope, pages, pk, at=family.site_id, of=family.pk),
    }


def _present_relationship(dyad: Dyad, scope: Scope, family: Family) -> dict[str, Any]:
    details = [dyad.get_relationship_display(), "main carer" if dyad.main_carer else ""]
    details += [LIVING_TOGETHER_LABELS[dyad.lives_with], RESPONSIBILITY_LABELS[dyad.parental_responsibility]]
    return {
        "infant": dyad.infant.shown_name or "Baby not yet named",
        "text": ", ".join(filter(None, details)),
        "restrictions": dyad.restrictions,
        "link": build_link(scope, "", "dyad", dyad.pk, at=family.site_id, of=family.pk),
    }


def _build_carer_rows(carer: Caregiver, home: dict[str, str | None] | None, on: date) -> list[Any]:
    born = f"{format_day(carer.birth_date)}, {format_age(carer.birth_date, on)}" if carer.birth_date else ""
    rows = [
        {"key": "Born", "value": born},
        {"key": "Phone", "value": carer.phone},
        {"key": "Safe contact", "value": describe_safe_contact(carer).sentence},
        {"key": "Language", "value": _format_language(carer)},
        {"key": "Needs", "value": list_contact_needs([carer]), "missing": "None recorded"},
        {"key": "Ethnicity", "value": ETHNICITY_LABELS[carer.ethnicity]},
        {"key": "Lives at", "value": _format_address(home)},
    ]
    if carer.died_on:
        rows.insert(1, {"key": "Died", "value": format_day(carer.died_on)})
    return rows


def _format_language(carer: Caregiver) -> str:
    return f"{carer.language}, with an interpreter" if carer.needs_interpreter else carer.language


def _format_address(home: Any) -> str | list[str]:
    """The address as lines; a refuge shows that it is one and nothing else."""
    if home is None or home["kind"] in (AddressKind.REFUGE, AddressKind.NO_FIXED_ABODE):
        return AddressKind(home["kind"]).label if home else ""
    return [line for line in [*home["lines"].splitlines(), home["postcode"]] if line]
