"""The person's banner: who this record is about, on every page where a record is open."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any

from django.utils import timezone

from pairs.access.batch_query import Query, run_queries
from pairs.families.ages import format_ages, get_birth
from pairs.families.choices import Loss
from pairs.families.models import Caregiver, Caution, Family, Infant, RiskAlert
from pairs.families.rules import describe_child_carer, describe_twin
from pairs.families.safe_contact import SafeContact, describe_safe_contact
from pairs.service.hooks import list_hooks
from pairs.web.formats import format_day
from pairs.web.url_cache import reverse_cached


def build_banner_queries(family: Family) -> list[Query]:
    """What other apps add to the banner of every page of a family's record: for one query, with the page's own."""
    builders = list_hooks("banner_lines", "build_banner_line_queries")
    return [query for build in builders for query in build(family)]


def build_banner(
    family: Any,
    *,
    alerts: Iterable[RiskAlert] = (),
    linked: bool = True,
    above: Sequence[dict[str, str]] | None = None,
) -> dict[str, Any]:
    """What templates/record.html shows. The family comes from Family.objects.with_people().

    ``linked=False`` for readers who may open neither the family page nor the alert's: peer supporters, who
    see alerts and cautions and nothing from other apps. ``above``: the results of
    ``build_banner_queries`` where the page has them already.
    """
    if above is None:
        above = run_queries(build_banner_queries(family)) if linked else ()
    carers = list({dyad.caregiver_id: dyad.caregiver for dyad in family.dyads.all()}.values())
    return {
        "people": [_present_infant(infant) for infant in family.infants.all()],
        "family": "Family page" if linked else None,
        "href": get_family_path(family) if linked else None,
        "alerts": [_present_alert(alert, linked) for alert in alerts]
        + [_present_caution(caution) for caution in family.cautions.all()]
        + sorted(above, key=lambda line: line["since"]),
        "safe": list_safe_contacts(carers) if linked else [],
        "needs": list_contact_needs(carers),
    }


def list_safe_contacts(carers: Sequence[Caregiver]) -> list[tuple[str, SafeContact]]:
    """[(whose, the sentence)]: of one carer without a name, of several by each one's."""
    living = [carer for carer in carers if not carer.died_on]
    return [(carer.name_or_role if len(living) > 1 else "", describe_safe_contact(carer)) for carer in living]


def _present_caution(caution: Caution) -> dict[str, str | None]:
    """Shown wherever somebody books, writes or goes."""
    return {"text": describe_caution(caution), "severity": "medium", "href": None}


def describe_caution(caution: Caution) -> str:
    """Who is to be kept apart from whom, or what a lone worker should know; what to do; which order says so."""
    who = " and ".join(str(each) for each in (caution.person, caution.other) if each)
    order = f"Court order: {caution.court_order}" if caution.court_order else ""
    said = " ".join(_end_sentence(each) for each in (who, caution.what, caution.what_to_do, order) if each)
    return f"{caution.get_kind_display()}: {said}"


def _end_sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."


def list_contact_needs(caregivers: Collection[Any]) -> list[str]:
    """What to know before making contact, carer by carer: a child too, interpreter, communication, access."""
    return [
        f"{carer.name_or_role}: {'; '.join(needs)}"
        for carer in caregivers
        if (needs := _list_carer_needs(carer))
    ]


def _list_carer_needs(carer: Caregiver) -> list[str]:
    if carer.died_on:
        return [f"died {format_day(carer.died_on)}"]
    child = describe_child_carer(carer.birth_date, timezone.localdate())
    interpreter = (
        f"interpreter, {carer.language or 'language not recorded'}" if carer.needs_interpreter else ""
    )
    return [need for need in (child, interpreter, carer.communication_needs, carer.access_needs) if need]


def get_family_path(family: Any) -> str:
    """The address of the family's page: where most acts about its people lead back to."""
    return reverse_cached("family", family.pk)


def _present_alert(alert: RiskAlert, linked: bool) -> dict[str, str | None]:
    href = reverse_cached("alert", alert.pk) if linked else None
    return {"text": alert.what, "severity": "high", "href": href}


def _present_infant(infant: Infant) -> dict[str, Any]:
    return {
        "name": infant.shown_name or "Not yet named",
        "said": infant.said_as,
        "born": describe_birth(infant, timezone.localdate()),
        "birth_day": describe_birth(infant),
        "nhs_number": infant.nhs_number,
        "twin": describe_twin(infant.twin_order, infant.plurality),
        "reference": infant.reference,
        "lost": bool(infant.lost_on),
    }


def describe_infant(infant: Any, *, start: bool = False) -> str:
    """The baby's name, or which one it is while there is none: for a question that must not be about a twin."""
    which = describe_twin(infant.twin_order, infant.plurality)
    if name := infant.shown_name:
        return f"{name} ({which.lower()})" if which else name
    return f"{which or 'Baby'}, not yet named" if start else which.lower() or "this baby"


def _describe_loss(infant: Infant) -> str:
    on = format_day(infant.lost_on)
    match infant.loss:
        case Loss.DEATH:
            return f"Born {format_day(infant.birth_date)}, died {on}"
        case Loss.STILLBIRTH:
            return f"Stillborn {on}"
        case Loss.TERMINATION:
            return f"The pregnancy ended {on}"
        case Loss.MISCARRIAGE:
            return f"Miscarriage, {on}"
    raise ValueError(f"No description for the loss {infant.loss!r}.")


def describe_birth(infant: Infant, on: date | None = None) -> str:
    """“Born 3 May 2026, 14 weeks”; when the baby is due; of a loss what it was, and when. Without a day, no age."""
    if infant.lost_on:
        return _describe_loss(infant)
    if infant.birth_date is None:
        return f"Due {format_day(infant.estimated_due_date)}"
    born = f"Born {format_day(infant.birth_date)}"
    return f"{born}, {format_ages(get_birth(infant), on)}" if on else born


def get_family_name(family: Any) -> str:
    """What people call the family: the infants' names, or the main carer's while they are unnamed."""
    return join_infant_names(each for each in family.infants.all() if not each.is_hidden)


def get_infant_name(infant: Any) -> str:
    """A baby's name; of one not yet named that, and which of twins: never a bare reference."""
    which = describe_twin(infant.twin_order, infant.plurality).lower()
    return infant.shown_name or ", ".join(filter(None, ("Baby not yet named", which)))


def join_infant_names(infants: Iterable[Infant]) -> str:
    """The same, of infants who were fetched without their family."""
    return " and ".join(each.shown_name for each in infants if each.shown_name) or "Baby not yet named"
