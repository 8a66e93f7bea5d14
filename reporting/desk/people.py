"""Who is who on the family page: each infant and each carer as lines of a summary, with the ways on to them."""

from pairs.access.asking import some_id
from pairs.families.banner import needs_of
from pairs.families.models import Address, Caregiver
from pairs.families.rules import is_child, twin_text
from pairs.service.pages import age, day, nhs_number
from pairs.service.reference import ETHNIC_CATEGORIES
from reporting.desk.links import link, links_to

ETHNICITIES = dict(ETHNIC_CATEGORIES)
# What one asks before making contact, in the order of how often it is done.
MEANS = (
    ("may_call", "call"),
    ("may_text", "text"),
    ("may_leave_message", "leave a message"),
    ("may_email", "e-mail"),
    ("may_post", "post"),
)
LIVES = {True: "lives together", False: "lives apart", None: "not known whether they live together"}
RESPONSIBILITY = {
    "yes": "has parental responsibility",
    "no": "no parental responsibility",
    "unknown": "parental responsibility not known",
}


def infants_of(family, scope, on):
    """Each infant of a family from with_people(): [{name, href, rows, links}]."""
    births = _to_be_born(family)
    carers = {dyad.caregiver_id: dyad.caregiver for dyad in family.dyads.all()}
    return [
        {
            "name": infant.name or "Baby not yet named",
            "href": _page_of(infant, "infant", scope, family),
            "rows": _infant_rows(infant, carers.get(infant.carried_by_id), on),
            "links": _infant_links(infant, scope, family, infant.pk in births),
        }
        for infant in family.infants.all()
    ]


def _infant_rows(infant, carried_by, on):
    """A baby who has died is spoken of gently: what was, and nothing that asks for more."""
    born = {"key": "Born", "value": f"{day(infant.birth_date)}, {age(infant.birth_date, on)}"}
    if infant.birth_date is None:
        born = {"key": "Due", "value": day(infant.estimated_due_date)}
    if infant.lost_on:
        lost = f"{infant.get_loss_display()}, {day(infant.lost_on)}"
        born = {"key": "Born", "value": day(infant.birth_date), "missing": "Before birth"}
        return [born, {"key": "Loss", "value": [lost, "Nothing is sent or booked about this baby now."]}]
    rows = [born, {"key": "Twin", "value": twin_text(infant.twin_order, infant.plurality)}]
    if infant.neonatal_stay == "now":
        rows.append({"key": "Neonatal unit", "value": "Still there"})
    rows += [
        {"key": "NHS number", "value": nhs_number(infant.nhs_number), "missing": "Not yet known"},
        {"key": "Ethnicity", "value": _infant_ethnicity(infant, carried_by)},
        {"key": "Reference", "value": infant.reference},
    ]
    return [row for row in rows if row["key"] != "Twin" or row["value"]]


def _infant_ethnicity(infant, carried_by):
    """Before birth that of whoever carries the baby, and it says so."""
    if infant.birth_date is None and carried_by:
        return f"{ETHNICITIES[carried_by.ethnicity]} (that of {carried_by}, until the baby is born)"
    return ETHNICITIES[infant.ethnicity]


def _to_be_born(family):
    """One baby of each pregnancy: the births of all who were carried together are registered on one page."""
    unborn = [each for each in family.infants.all() if each.birth_date is None and not each.lost_on]
    return {infant.pk for infant in {each.pregnancy: each for each in reversed(unborn)}.values()}


def _infant_links(infant, scope, family, birth_here):
    """Nothing is asked about a baby who has died; one held in another family has their pages there."""
    if infant.family_id != family.pk:
        return []
    pages = [("Register the birth", "birth")] if birth_here else []
    if not infant.lost_on:
        pages += [("Village map", "village-map"), ("Held twice?", "infant-duplicates")]
    return links_to(scope, pages, infant.pk, at=family.site_id, of=family.pk)


def _page_of(person, name, scope, family):
    """The address of the person's own page; none for one whose record another family holds."""
    found = person.family_id == family.pk and link(
        scope, "", name, person.pk, at=family.site_id, of=family.pk
    )
    return found["href"] if found else None


def carers_of(family, addresses, unrelated, scope, on):
    """Each carer of a family from with_people(), with each infant and the current addresses (rows).

    ``unrelated``: the rows of carers without a relationship, who are said to be so and nothing more.
    """
    homes, carers = {some_id(row["caregiver_id"]): row for row in addresses}, {}
    for dyad in family.dyads.all():
        carers.setdefault(dyad.caregiver_id, []).append(dyad)
    alone = [_unrelated(row, scope, family) for row in unrelated]
    return [_carer(dyads, homes.get(pk), scope, family, on) for pk, dyads in carers.items()] + alone


def _carer(dyads, home, scope, family, on):
    carer = dyads[0].caregiver
    return {
        "name": carer.name_or_role,
        "href": _page_of(carer, "caregiver", scope, family),
        "child": is_child(carer.birth_date, on),
        "dyads": [_relationship(dyad, scope, family) for dyad in dyads],
        "rows": _carer_rows(carer, home, on),
        "links": _carer_links(carer, scope, family),
    }


def _carer_links(carer, scope, family):
    held_here = carer.family_id == family.pk and not carer.died_on
    pages = [("Held twice?", "caregiver-duplicates")] if held_here else []
    return links_to(scope, pages, carer.pk, at=family.site_id, of=family.pk)


def _unrelated(row, scope, family):
    """A carer who is not yet said to be anybody's."""
    pk, pages = some_id(row["id"]), [("Say whose carer they are", "new-dyad")]
    carer = Caregiver(pk=pk, family=family, given_name=row["given_name"], family_name=row["family_name"])
    return {
        "name": carer.name_or_role,
        "href": _page_of(carer, "caregiver", scope, family),
        "dyads": [],
        "rows": [],
        "links": links_to(scope, pages, pk, at=family.site_id, of=family.pk),
    }


def _relationship(dyad, scope, family):
    details = [dyad.get_relationship_display(), "main carer" if dyad.main_carer else ""]
    details += [LIVES[dyad.lives_with], RESPONSIBILITY[dyad.parental_responsibility]]
    return {
        "infant": dyad.infant.name or "Baby not yet named",
        "text": ", ".join(filter(None, details)),
        "restrictions": dyad.restrictions,
        "link": link(scope, "", "dyad", dyad.pk, at=family.site_id, of=family.pk),
    }


def _carer_rows(carer, home, on):
    born = f"{day(carer.birth_date)}, {age(carer.birth_date, on)}" if carer.birth_date else ""
    rows = [
        {"key": "Born", "value": born},
        {"key": "Phone", "value": carer.phone},
        {"key": "Safe contact", "value": [*filter(None, [carer.safe_contact]), *_means(carer)]},
        {"key": "Language", "value": _language(carer)},
        {"key": "Needs", "value": needs_of([carer]), "missing": "None recorded"},
        {"key": "Ethnicity", "value": ETHNICITIES[carer.ethnicity]},
        {"key": "Lives at", "value": _lives(home)},
    ]
    if carer.died_on:
        rows.insert(1, {"key": "Died", "value": day(carer.died_on)})
    return rows


def _means(carer):
    """Safe, not safe, not asked: three different things, a line each."""
    said = {True: [], False: [], None: []}
    for name, words in MEANS:
        said[getattr(carer, name)].append(words)
    lines = ((True, "Safe"), (False, "Not safe"), (None, "Not asked"))
    return [f"{words}: {', '.join(said[answer])}" for answer, words in lines if said[answer]]


def _language(carer):
    return f"{carer.language}, with an interpreter" if carer.needs_interpreter else carer.language


def _lives(home):
    """The address as lines; a refuge shows that it is one and nothing else."""
    if home is None or home["kind"] in ("refuge", "none"):
        return dict(Address.KINDS)[home["kind"]] if home else ""
    return [line for line in [*home["lines"].splitlines(), home["postcode"]] if line]
