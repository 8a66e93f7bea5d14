"""What to know before one goes: for one visit on a phone, or for a day of visits on paper; the same few queries."""

from collections import defaultdict
from uuid import UUID

from django.utils import timezone

from interventions.episodes.models import Goal, NotePart
from pairs.access.fetch import fetch_list
from pairs.families.banner import caution_words, family_name, needs_of
from pairs.families.models import Address, Family, RiskAlert
from pairs.families.opened import open_families
from pairs.families.shown import address_lines, limits_of, relationship
from pairs.safeguarding.models import HouseholdChild


def families_of(request, ids) -> dict[UUID, Family]:
    """{id: family with its people}: one query, however many families."""
    return {family.pk: family for family in open_families(request, list(set(ids)))} if ids else {}


def carers_of(family):
    """Everybody who cares for a baby of the family, each once, the main carer first."""
    return list({dyad.caregiver_id: dyad.caregiver for dyad in family.dyads.all()}.values())


def knocking(request, pairs) -> list[dict]:
    """[(family with its people, episode or None)] → what to know of each, in the same order: five queries."""
    families = {family.pk for family, _ in pairs}
    episodes = {episode.pk for _, episode in pairs if episode}
    known = {
        "alerts": _alerts(request, families),
        "homes": _homes(request, families),
        "children": _children(request, families),
        "goals": _goals(request, episodes),
        "next": _what_next(request, episodes),
    }
    return [_facts(family, episode, known) for family, episode in pairs]


def _facts(family, episode, known):
    of_work = episode.pk if episode else None
    return {
        "name": family_name(family),
        "infants": [_infant(infant) for infant in family.infants.all() if not infant.is_out_of_sight],
        "carers": [_carer(family, carer, known["homes"]) for carer in carers_of(family)],
        "children": known["children"].get(family.pk, []),
        "alerts": known["alerts"].get(family.pk, []),
        "cautions": [caution_words(caution) for caution in family.cautions.all()],
        "needs": needs_of(carers_of(family)),
        "goals": known["goals"].get(of_work, []),
        "next": known["next"].get(of_work),
    }


def _infant(infant):
    return {
        "name": infant.name or "Baby, not yet named",
        "said": infant.said_as,
        "lost": bool(infant.lost_on),
    }


def _carer(family, carer, homes):
    ties = [dyad for dyad in family.dyads.all() if dyad.caregiver_id == carer.pk and not dyad.infant.lost_on]
    return {
        "name": carer.name_or_role,
        "said": carer.said_as,
        "ties": [f"{_called(tie.infant)}: {relationship(tie)}" for tie in ties],
        "limits_of_contact": [tie.restrictions for tie in ties if tie.restrictions],
        "phone": "" if carer.died_on else carer.phone,
        "safe_contact": carer.safe_contact,
        "limits": limits_of(carer),
        "home": homes.get(carer.pk, []),
    }


def _called(infant):
    return infant.name or "the baby"


def _grouped(rows, key, words):
    found = defaultdict(list)
    for row in rows:
        found[key(row)].append(words(row))
    return found


def _alerts(request, families):
    rows = fetch_list(request, RiskAlert.objects.open().filter(family__in=families).order_by("created_at"))
    return _grouped(rows, lambda row: row.family_id, lambda row: row)


def _homes(request, families):
    """{carer: lines of the address where they live now}; a refuge is named, and not shown."""
    rows = Address.objects.current().filter(family__in=families, caregiver__isnull=False).newest_first()
    found = _grouped(fetch_list(request, rows), lambda row: row.caregiver_id, address_lines)
    return {carer: lines[0] for carer, lines in found.items()}


def _children(request, families):
    rows = fetch_list(request, HouseholdChild.objects.filter(family__in=families))
    return _grouped(rows, lambda row: row.family_id, lambda row: row.name)


def _goals(request, episodes):
    """Nothing about a baby who has died."""
    rows = Goal.objects.filter(episode__in=episodes, dyad__infant__lost_on=None).order_by(
        "set_on", "created_at"
    )
    return _grouped(fetch_list(request, rows), lambda row: row.episode_id, lambda row: row.words)


def _what_next(request, episodes):
    """{episode: the newest "what next" that stands}; not one about a baby who has died."""
    rows = NotePart.objects.filter(care_contact__episode__in=episodes, part="next", amended_by=None)
    rows = rows.exclude(infant__lost_on__isnull=False).exclude(dyad__infant__lost_on__isnull=False)
    newest = rows.select_related("care_contact").order_by("care_contact__episode", "-care_contact__starts_at")
    found = fetch_list(request, newest.distinct("care_contact__episode"))
    return {row.care_contact.episode_id: _said(row) for row in found}


def _said(row):
    return {
        "text": row.text,
        "on": timezone.localdate(row.care_contact.starts_at),
        "draft": not row.signed_at,
    }
