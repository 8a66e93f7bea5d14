"""Who is who on the family page: each infant and each carer as lines of a summary, with the ways on to them."""

from datetime import date
from typing import Any
from uuid import UUID

from pairs.access.batch_query import parse_uuid
from pairs.access.scope import Scope
from pairs.code_lists.reference import ETHNIC_CATEGORIES
from pairs.families.banner import list_contact_needs
from pairs.families.choices import AddressKind, NeonatalStay, ParentalResponsibility
from pairs.families.models import Caregiver, Dyad, Family, Infant
from pairs.families.rules import describe_twin, is_child
from pairs.web.jinja_environment import format_age, format_day, format_nhs_number
from reporting.dashboards.links import build_link, build_links

ETHNICITY_LABELS = dict(ETHNIC_CATEGORIES)
# What one asks before making contact, in the order of how often it is done.
CONTACT_WAYS = (
    ("may_call", "call"),
    ("may_text", "text"),
    ("may_leave_message", "leave a message"),
    ("may_email", "e-mail"),
    ("may_post", "post"),
)
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


def present_infants(family: Any, scope: Scope, on: date) -> list[dict[str, Any]]:
    """Each infant of a family from with_people(): [{name, href, rows, links}]."""
    births = _find_births_to_register(family)
    carers = {dyad.caregiver_id: dyad.caregiver for dyad in family.dyads.all()}
    return [
        {
            "name": infant.name or "Baby not yet named",
            "href": _get_person_href(infant, "infant", scope, family),
            "rows": _build_infant_rows(infant, carers.get(infant.carried_by_id), on),
            "links": _build_infant_links(infant, scope, family, infant.pk in births),
        }
        for infant in family.infants.all()
    ]


def _build_infant_rows(infant: Infant, carried_by: Caregiver | None, on: date) -> list[dict[str, Any]]:
    """A baby who has died is spoken of gently: what was, and nothing that asks for more."""
    born = {"key": "Born", "value": f"{format_day(infant.birth_date)}, {format_age(infant.birth_date, on)}"}
    if infant.birth_date is None:
        born = {"key": "Due", "value": format_day(infant.estimated_due_date)}
    if infant.lost_on:
        lost = f"{infant.get_loss_display()}, {format_day(infant.lost_on)}"
        born = {"key": "Born", "value": format_day(infant.birth_date), "missing": "Before birth"}
        return [born, {"key": "Loss", "value": [lost, "Nothing is sent or booked about this baby now."]}]
    rows = [born, {"key": "Twin", "value": describe_twin(infant.twin_order, infant.plurality)}]
    if infant.neonatal_stay == NeonatalStay.STILL_THERE:
        rows.append({"key": "Neonatal unit", "value": "Still there"})
    rows += [
        {"key": "NHS number", "value": format_nhs_number(infant.nhs_number), "missing": "Not yet known"},
        {"key": "Ethnicity", "value": _describe_infant_ethnicity(infant, carried_by)},
        {"key": "Reference", "value": infant.reference},
    ]
    return [row for row in rows if row["key"] != "Twin" or row["value"]]


def _describe_infant_ethnicity(infant: Infant, carried_by: Caregiver | None) -> str:
    """Before birth that of whoever carries the baby, and it says so."""
    if infant.birth_date is None and carried_by:
        return f"{ETHNICITY_LABELS[carried_by.ethnicity]} (that of {carried_by}, until the baby is born)"
    return ETHNICITY_LABELS[infant.ethnicity]


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
        pages += [("Village map", "village-map"), ("Held twice?", "infant-duplicates")]
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
    pages = [("Held twice?", "caregiver-duplicates")] if held_here else []
    return build_links(scope, pages, carer.pk, at=family.site_id, of=family.pk)


def _present_unrelated(row: dict[str, str], scope: Scope, family: Family) -> dict[str, Any]:
    """A carer who is not yet said to be anybody's."""
    pk, pages = parse_uuid(row["id"]), [("Say whose carer they are", "new-dyad")]
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
        "infant": dyad.infant.name or "Baby not yet named",
        "text": ", ".join(filter(None, details)),
        "restrictions": dyad.restrictions,
        "link": build_link(scope, "", "dyad", dyad.pk, at=family.site_id, of=family.pk),
    }


def _build_carer_rows(carer: Caregiver, home: dict[str, str | None] | None, on: date) -> list[Any]:
    born = f"{format_day(carer.birth_date)}, {format_age(carer.birth_date, on)}" if carer.birth_date else ""
    rows = [
        {"key": "Born", "value": born},
        {"key": "Phone", "value": carer.phone},
        {"key": "Safe contact", "value": [*filter(None, [carer.safe_contact]), *_format_contact_ways(carer)]},
        {"key": "Language", "value": _format_language(carer)},
        {"key": "Needs", "value": list_contact_needs([carer]), "missing": "None recorded"},
        {"key": "Ethnicity", "value": ETHNICITY_LABELS[carer.ethnicity]},
        {"key": "Lives at", "value": _format_address(home)},
    ]
    if carer.died_on:
        rows.insert(1, {"key": "Died", "value": format_day(carer.died_on)})
    return rows


def _format_contact_ways(carer: Caregiver) -> list[str]:
    """Safe, not safe, not asked: three different things, a line each."""
    said = {True: [], False: [], None: []}
    for name, words in CONTACT_WAYS:
        said[getattr(carer, name)].append(words)
    lines = ((True, "Safe"), (False, "Not safe"), (None, "Not asked"))
    return [f"{words}: {', '.join(said[answer])}" for answer, words in lines if said[answer]]


def _format_language(carer: Caregiver) -> str:
    return f"{carer.language}, with an interpreter" if carer.needs_interpreter else carer.language


def _format_address(home: Any) -> str | list[str]:
    """The address as lines; a refuge shows that it is one and nothing else."""
    if home is None or home["kind"] in (AddressKind.REFUGE, AddressKind.NO_FIXED_ABODE):
        return AddressKind(home["kind"]).label if home else ""
    return [line for line in [*home["lines"].splitlines(), home["postcode"]] if line]
