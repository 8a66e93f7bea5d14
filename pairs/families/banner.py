"""The person's banner: who this record is about, on every page where a record is open."""

from collections.abc import Callable

from django.urls import reverse
from django.utils import timezone

from pairs.access.asking import Question, answers
from pairs.families.models import Family
from pairs.families.rules import child_too, twin_text
from pairs.service.pages import age, day

# Rooms above may have something to say on every page of a family's record; all of them cost one query.
_said_above: dict[str, Callable[[Family], Question]] = {}


def also_says(room: str, question: Callable[[Family], Question]) -> None:
    """A room's own lines of the banner, as alerts of components/person_banner.html. Said once, in its AppConfig."""
    _said_above[room] = question


def asked_above(family: Family) -> list[Question]:
    """What the rooms above have to say: for a page that asks it together with questions of its own."""
    return [question(family) for question in _said_above.values()]


def banner_of(family, *, alerts=(), linked=True, above=None):
    """What templates/record.html shows. The family comes from Family.objects.with_people().

    ``linked=False`` for readers who may open neither the family page nor the alert's: peer supporters, who
    see alerts and cautions and nothing that other rooms say. ``above``: the answers to ``asked_above`` where
    the page has them already.
    """
    if above is None:
        above = answers(asked_above(family)) if linked else ()
    return {
        "people": [_person(infant) for infant in family.infants.all()],
        "family": "Family page" if linked else None,
        "href": family_page(family) if linked else None,
        "alerts": [_alert(alert, linked) for alert in alerts]
        + [_caution(caution) for caution in family.cautions.all()]
        + sorted(above, key=lambda line: line["since"]),
        "needs": needs_of({dyad.caregiver_id: dyad.caregiver for dyad in family.dyads.all()}.values()),
    }


def _caution(caution):
    """Shown wherever somebody books, writes or goes."""
    return {"text": caution_words(caution), "severity": "medium", "href": None}


def caution_words(caution):
    """Who is to be kept apart from whom, or what a lone worker should know; what to do; which order says so."""
    who = " and ".join(str(each) for each in (caution.person, caution.other) if each)
    order = f"Court order: {caution.court_order}" if caution.court_order else ""
    said = " ".join(_sentence(each) for each in (who, caution.what, caution.what_to_do, order) if each)
    return f"{caution.get_kind_display()}: {said}"


def _sentence(text):
    return text if text.endswith((".", "!", "?")) else f"{text}."


def needs_of(caregivers):
    """What to know before making contact, carer by carer: a child too, interpreter, communication, access."""
    return [f"{carer.name_or_role}: {'; '.join(needs)}" for carer in caregivers if (needs := _needs(carer))]


def _needs(carer):
    if carer.died_on:
        return [f"died {day(carer.died_on)}"]
    child = child_too(carer.birth_date, timezone.localdate())
    interpreter = (
        f"interpreter, {carer.language or 'language not recorded'}" if carer.needs_interpreter else ""
    )
    return [need for need in (child, interpreter, carer.communication_needs, carer.access_needs) if need]


def family_page(family):
    """The address of the family's page: where most acts about its people lead back to."""
    return reverse("family", args=[family.pk])


def _alert(alert, linked):
    href = reverse("alert", args=[alert.pk]) if linked else None
    return {"text": alert.what, "severity": "high", "href": href}


def _person(infant):
    return {
        "name": infant.name or "Not yet named",
        "said": infant.said_as,
        "born": _born(infant),
        "nhs_number": infant.nhs_number,
        "twin": twin_text(infant.twin_order, infant.plurality),
        "reference": infant.reference,
        "lost": bool(infant.lost_on),
    }


def called(infant, *, start=False):
    """The baby's name, or which one it is while there is none: for a question that must not be about a twin."""
    which = twin_text(infant.twin_order, infant.plurality)
    if infant.name:
        return f"{infant.name} ({which.lower()})" if which else infant.name
    return f"{which or 'Baby'}, not yet named" if start else which.lower() or "this baby"


def _lost(infant):
    on = day(infant.lost_on)
    match infant.loss:
        case "death":
            return f"Born {day(infant.birth_date)}, died {on}"
        case "stillbirth":
            return f"Stillborn {on}"
        case "termination":
            return f"The pregnancy ended {on}"
        case "miscarriage":
            return f"Miscarriage, {on}"
    raise ValueError(f"no words for the loss {infant.loss}")


def _born(infant):
    if infant.lost_on:
        return _lost(infant)
    if infant.birth_date is None:
        return f"Due {day(infant.estimated_due_date)}"
    return f"Born {day(infant.birth_date)}, {age(infant.birth_date, timezone.localdate())}"


def family_name(family):
    """What people call the family: the infants' names, or the main carer's while they are unnamed."""
    return name_after(each for each in family.infants.all() if not each.is_out_of_sight)


def name_after(infants):
    """The same, of infants who were fetched without their family."""
    return " and ".join(each.name for each in infants if each.name) or "Baby not yet named"
