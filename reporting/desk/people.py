"""Who is who on the family page: each infant and each carer as lines of a summary, with the ways on to them."""

from pairs.access.asking import some_id
from pairs.families.banner import needs_of
from pairs.families.models import Address
from pairs.families.rules import is_child, twin_text
from pairs.service.pages import age, day, nhs_number
from pairs.service.reference import ETHNIC_CATEGORIES
from reporting.desk.links import link

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
    """Each infant of a family from with_people(): [{name, rows, links}]."""
    carers = {dyad.caregiver_id: dyad.caregiver for dyad in family.dyads.all()}
    return [
        {
            "name": infant.name or "Baby not yet named",
            "rows": _infant_rows(infant, carers.get(infant.carried_by_id), on),
            "links": _infant_links(infant, scope, family.site_id),
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


def _infant_links(infant, scope, site):
    unborn = infant.birth_date is None and not infant.lost_on
    asked = [("Change", "infant"), ("Register the birth", "birth") if unborn else None]
    links = [link(scope, text, name, infant.pk, at=site) for text, name in filter(None, asked)]
    return [each for each in links if each]


def carers_of(family, addresses, scope, on):
    """Each carer of a family from with_people(), with each infant and the current addresses (rows)."""
    homes, carers = {some_id(row["caregiver_id"]): row for row in addresses}, {}
    for dyad in family.dyads.all():
        carers.setdefault(dyad.caregiver_id, []).append(dyad)
    return [
        {
            "name": dyads[0].caregiver.name or "Carer, name not recorded",
            "child": is_child(dyads[0].caregiver.birth_date, on),
            "dyads": [_relationship(dyad, scope, family.site_id) for dyad in dyads],
            "rows": _carer_rows(dyads[0].caregiver, homes.get(pk), on),
            "link": link(scope, "Change", "caregiver", pk, at=family.site_id),
        }
        for pk, dyads in carers.items()
    ]


def _relationship(dyad, scope, site):
    details = [dyad.get_relationship_display(), "main carer" if dyad.main_carer else ""]
    details += [LIVES[dyad.lives_with], RESPONSIBILITY[dyad.parental_responsibility]]
    return {
        "infant": dyad.infant.name or "Baby not yet named",
        "text": ", ".join(filter(None, details)),
        "restrictions": dyad.restrictions,
        "link": link(scope, "", "dyad", dyad.pk, at=site),
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
