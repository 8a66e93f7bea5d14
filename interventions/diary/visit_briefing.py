"""Visit briefings: what to know before a visit, on a phone or on the printed day sheet."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from interventions.episodes.forms.people import get_dated_name
from interventions.episodes.models import Episode, Goal
from interventions.episodes.next_steps import describe_next_steps, query_next_steps
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import list_visible, record_listed_rows
from pairs.families.access import list_families_with_people
from pairs.families.banner import describe_caution, get_family_name, list_contact_needs
from pairs.families.last_day import get_last_day, has_died, list_living
from pairs.families.models import Address, Caregiver, Family, Infant, RiskAlert
from pairs.families.presenters import describe_relationship, list_address_lines
from pairs.families.safe_contact import describe_safe_contact
from pairs.safeguarding.models import HouseholdChild
from referrals.meeting_wishes import list_meeting_wishes
from referrals.models import Referral
from referrals.rules.choices import ReferralState


def load_families(request: ScopedRequest, ids: list[UUID]) -> dict[UUID, Family]:
    """{id: family with its people}: one query, however many families."""
    return {family.pk: family for family in list_families_with_people(request, list(set(ids)))} if ids else {}


def list_family_carers(family: Family) -> list[Caregiver]:
    """Every carer of the family's infants, each once, the main carer first."""
    return list({dyad.caregiver_id: dyad.caregiver for dyad in family.dyads.all()}.values())


def build_visit_briefings(request: ScopedRequest, visited: list[tuple[Family, Episode]]) -> list[dict]:
    """One briefing for each (family with its people, episode or None), in the same order: six queries."""
    families = {family.pk for family, _ in visited}
    episodes = {episode.pk for _, episode in visited if episode}
    known = {
        "alerts": _load_alerts(request, families),
        "homes": _load_home_addresses(request, families),
        "children": _load_household_children(request, families),
        "goals": _load_goals(request, episodes),
        "next": load_next_steps(request, episodes),
        "wishes": _load_wishes(request, families),
    }
    return [_build_briefing(family, episode, known) for family, episode in visited]


def _build_briefing(family: Family, episode: Any, known: dict[str, Any]) -> dict[str, Any]:
    of_work = episode.pk if episode else None
    infants = [infant for infant in family.infants.all() if not infant.is_hidden]
    lost_on = _get_day_of_loss(infants)
    return {
        "name": get_family_name(family),
        "lost": lost_on is not None,
        "infants": [_build_infant_facts(infant) for infant in infants],
        "carers": [_build_carer_facts(family, carer, known["homes"]) for carer in list_family_carers(family)],
        "children": known["children"].get(family.pk, []),
        "alerts": known["alerts"].get(family.pk, []),
        "cautions": [describe_caution(caution) for caution in family.cautions.all()],
        "needs": list_contact_needs(list_living(list_family_carers(family))),
        "goals": known["goals"].get(of_work, []),
        "next": _choose_next_step(known["next"].get(of_work), lost_on),
        "wishes": known["wishes"].get(family.pk, []),
    }


def _get_day_of_loss(infants: Sequence[Infant]) -> date | None:
    """The last day of the last of them; None while one of them lives."""
    if not infants or list_living(infants):
        return None
    return max(day for infant in infants if (day := get_last_day(infant)))


def _choose_next_step(step: dict[str, Any] | None, lost_on: date | None) -> dict[str, Any] | None:
    """After a loss only what was said since: what was agreed before was agreed for a child who lived."""
    return None if step and lost_on and step["on"] <= lost_on else step


def _build_infant_facts(infant: Infant) -> dict[str, Any]:
    return {
        "name": infant.shown_name or "Baby, not yet named",
        "said": infant.said_as,
        "lost": has_died(infant),
    }


def _build_carer_facts(family: Family, carer: Caregiver, homes: Mapping[UUID, Any]) -> dict[str, Any]:
    ties = [dyad for dyad in family.dyads.all() if dyad.caregiver_id == carer.pk and not dyad.infant.lost_on]
    return {
        "name": get_dated_name(carer),
        "said": carer.said_as,
        "ties": [f"{_get_infant_name(tie.infant)}: {describe_relationship(tie)}" for tie in ties],
        "limits_of_contact": [tie.restrictions for tie in ties if tie.restrictions],
        "phone": "" if has_died(carer) else carer.phone,
        "safe": describe_safe_contact(carer),
        "home": homes.get(carer.pk, []),
    }


def _get_infant_name(infant: Infant) -> str:
    return infant.shown_name or "the baby"


def _group_rows(rows: list[Any], key: Callable[..., Any], words: Callable[..., Any]) -> dict[UUID, list[Any]]:
    found = defaultdict(list)
    for row in rows:
        found[key(row)].append(words(row))
    return found


def _load_alerts(request: ScopedRequest, families: set[UUID]) -> dict[UUID, list[RiskAlert]]:
    rows = list_visible(request, RiskAlert.objects.open().filter(family__in=families).order_by("created_at"))
    return _group_rows(rows, lambda row: row.family_id, lambda row: row)


def _load_home_addresses(request: ScopedRequest, families: set[UUID]) -> dict[UUID, list[str]]:
    """{carer: lines of the current address}; a refuge is named without its address."""
    rows = Address.objects.current().filter(family__in=families, caregiver__isnull=False).newest_first()
    found = _group_rows(list_visible(request, rows), lambda row: row.caregiver_id, list_address_lines)
    return {carer: lines[0] for carer, lines in found.items()}


def _load_household_children(request: ScopedRequest, families: set[UUID]) -> Any:
    rows = list_visible(request, HouseholdChild.objects.filter(family__in=families))
    return _group_rows(rows, lambda row: row.family_id, lambda row: row.name)


def _load_wishes(request: ScopedRequest, families: set[UUID]) -> dict[UUID, list[str]]:
    """{family: what the newest accepted referral asked for}: how to meet, who comes, who is at home."""
    rows = Referral.objects.filter(family__in=families, status=ReferralState.ACCEPTED).select_related(
        "referrer"
    )
    newest = list_visible(request, rows.order_by("family", "-received_at").distinct("family"))
    return {row.family_id: list_meeting_wishes(row) for row in newest if row.family_id}


def _load_goals(request: ScopedRequest, episodes: set[UUID]) -> dict[UUID, list[str]]:
    """Goals by episode: of those who live."""
    rows = Goal.objects.of_the_living().filter(episode__in=episodes).order_by("set_on", "created_at")
    return _group_rows(list_visible(request, rows), lambda row: row.episode_id, lambda row: row.words)


def load_next_steps(request: ScopedRequest, episodes: set[UUID]) -> dict[UUID, dict[str, Any]]:
    """{episode: what comes next}: one query, however many episodes."""
    rows = list(query_next_steps(request.scope, episodes))
    record_listed_rows(request, rows)
    return describe_next_steps(rows)
