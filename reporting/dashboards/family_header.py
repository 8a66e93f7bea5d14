"""The head of a family's record, the same on each of its seven tabs: who it is, what comes next, the tabs."""

from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone

from interventions.episodes.due import assess_missed_contacts
from interventions.episodes.models import format_contact_title
from pairs.access.batch_query import parse_date, parse_datetime, parse_uuid
from pairs.access.requests import ScopedRequest
from pairs.access.scope import Scope
from pairs.access.visible_records import record_family_listed
from pairs.families.banner import build_banner
from pairs.families.family_line import FamilyLine
from pairs.families.family_lines import describe_family
from pairs.families.models import Family, RiskAlert
from pairs.web.formats import format_plural
from pairs.web.url_cache import reverse_cached
from reporting.dashboards.caseload_rows import SEEN_LIMIT_DAYS, Chip, describe_next_visit
from reporting.dashboards.family_header_facts import load_header_facts
from reporting.dashboards.links import build_family_links, build_link

# Tab → its words, and the name of its address, which takes the family's id.
TABS = {
    "overview": ("Overview", "family"),
    "timeline": ("Timeline", "chronology"),
    "people": ("People", "family-people"),
    "plan": ("Plan and goals", "family-plan"),
    "measures": ("Measures", "family-measures"),
    "sharing": ("Documents and sharing", "sharing"),
    "safeguarding": ("Safeguarding", "safeguarding"),
}
# What may be begun in an open episode: the words, and the name of the address, which takes the episode's id.
EPISODE_ACTS = (
    ("Book a visit", "new-appointment"),
    ("Set a goal", "new-goal"),
    ("Record a measure", "choose-measure"),
    ("Prepare the ending", "end-episode"),
)
OWN_ACTS = {
    "plan": {"new-goal", "end-episode", "choose-measure"},
    "measures": {"choose-measure"},
}  # the tab offers them itself
ASKING_ACTS = {"new-goal", "choose-measure"}  # never offered after a loss


def build_family_header(
    request: ScopedRequest,
    family: Any,
    current: str,
    *,
    facts: dict[str, Any] | None = None,
    line: FamilyLine | None = None,
) -> dict[str, Any]:
    """What templates/family_tab.html shows above the tab. The family comes with its people.

    ``current``: of TABS; ``facts`` (`load_header_facts`) and ``line`` (`describe_family`) where the page has them
    already. Open alerts are noted in the access log.
    """
    on, scope = timezone.localdate(), request.scope
    facts = facts or load_header_facts(family)
    if facts["alerts"]:
        record_family_listed(request, family.pk)
    alerts = [RiskAlert(pk=row["id"], what=row["what"]) for row in facts["alerts"]]
    line, episode = line or describe_family(family, on), choose_current_episode(facts["episodes"])
    counts = {
        "timeline": facts["entries"],
        "people": _count_people(family, facts["counts"]["carers"]),
        **{name: facts["counts"][name] for name in ("plan", "measures")},
    }
    return {
        **build_banner(family, alerts=alerts, above=facts["above"]),
        "line": line,
        "current": current,
        "tab": TABS[current][0],
        "tabs": _build_tabs(scope, family, current, counts),
        "facts": _list_facts(family, episode),
        "chips": _list_chips(family, None if line.lost else episode, on),
        "visit": _present_visit(facts["visits"], episode, on),
        "coming": len(facts["visits"]),
        "undecided": present_undecided_visits(facts["undecided"], on),
        "primary": _get_primary_act(scope, family, episode, facts["waiting"]),
        "acts": _list_episode_acts(
            scope, family, episode, OWN_ACTS.get(current, set()) | (ASKING_ACTS if line.lost else set())
        ),
        "links": build_family_links(scope, family, lost=line.lost),
        "episode": episode,
    }


def _build_tabs(scope: Scope, family: Family, current: str, counts: dict[str, int]) -> list[dict[str, Any]]:
    """Those whose page lets this person in, each with its number where it has one."""
    found = (
        (code, build_link(scope, text, name, family.pk, at=family.site_id, of=family.pk))
        for code, (text, name) in TABS.items()
    )
    return [{**link, "count": counts.get(code), "current": code == current} for code, link in found if link]


def _count_people(family: Any, held: int) -> int:
    """Babies and carers who are here; ``held``: carers whose record the family holds, in a relationship or not."""
    guests = {dyad.caregiver_id for dyad in family.dyads.all() if dyad.caregiver.family_id != family.pk}
    return len(family.infants.all()) + held + len(guests)


def _list_facts(family: Any, episode: dict[str, Any] | None) -> list[str]:
    """“Team: Blackburn with Darwen”, “Lives in: …”, “Lead: …”."""
    found = [f"Team: {family.site}"]
    found += [f"Lives in: {family.place}"] if family.place and str(family.place) != str(family.site) else []
    return found + ([f"Lead: {episode['lead']}"] if episode else [])


def _list_chips(family: Family, episode: dict[str, Any] | None, on: date) -> list[Chip]:
    """What one should know before the next contact; nothing of work that has ended."""
    found = [("Restricted", "red")] if family.restricted else []
    if not episode or episode["ended_on"]:
        return found
    if assess_missed_contacts(episode["attendances"])[0]:
        found.append(("Missed contacts", "orange"))
    seen = parse_datetime(episode["seen"])
    days = (on - timezone.localdate(seen)).days if seen else None
    if days is not None and days >= SEEN_LIMIT_DAYS:
        found.append((f"Not seen for {format_plural(days, 'day')}", "orange"))
    return found


def _present_visit(
    visits: list[dict[str, Any]], episode: dict[str, Any] | None, on: date
) -> dict[str, Any] | None:
    """The next visit; None where nothing is booked."""
    if not visits:
        return None
    first = min(visits, key=lambda row: row["at"])
    prepare = episode and not episode["ended_on"]
    return {
        "when": describe_next_visit(parse_datetime(first["at"]), on),
        "what": format_contact_title("family", first["how"], first["where"]),
        "by": first["by"],
        "href": reverse_cached("appointment", first["id"]),
        "before_href": reverse_cached("before-you-knock", episode["id"]) if prepare and episode else None,
    }


def present_undecided_visits(rows: list[dict[str, Any]], on: date) -> list[dict[str, str]]:
    """Visits that a loss has stopped: when, and where somebody keeps or cancels each."""
    return [
        {
            "when": describe_next_visit(parse_datetime(row["at"]), on),
            "href": reverse_cached("appointment", row["id"]),
        }
        for row in sorted(rows, key=lambda row: row["at"])
    ]


def _get_primary_act(
    scope: Scope, family: Family, episode: dict[str, Any] | None, waiting: list[dict[str, Any]]
) -> dict[str, str] | None:
    """Log a contact; before there is an episode, open it. None for somebody who may only read."""
    if not scope.may("write_records", at=family.site_id, of=family.pk):
        return None
    if episode and not episode["ended_on"]:
        return {"text": "Log a contact", "href": reverse_cached("new-contact", episode["id"])}
    if waiting:
        return {"text": "Open the episode", "href": reverse_cached("open-episode", waiting[0]["id"])}
    return None


def _list_episode_acts(
    scope: Scope, family: Family, episode: dict[str, Any] | None, without: set[str]
) -> list[dict[str, str]]:
    if not episode or episode["ended_on"]:
        return []
    acts = [(text, name) for text, name in EPISODE_ACTS if name not in without]
    pk, here = UUID(episode["id"]), {"at": family.site_id, "of": family.pk}
    return [link for text, name in acts if (link := build_link(scope, text, name, pk, **here))]


def choose_current_episode(rows: list[dict[str, Any]]) -> dict[str, Any] | None:
    """The open one that began last, else the one that ended last."""
    ranked = sorted(rows, key=lambda row: (row["ended_on"] is None, row["ended_on"] or row["opened_on"]))
    return ranked[-1] if ranked else None


def list_other_episodes(rows: list[dict[str, Any]], shown: UUID | None) -> list[dict[str, Any]]:
    """The family's other episodes, newest first, for a tab that shows one of them."""
    others = [row for row in rows if parse_uuid(row["id"]) != shown]
    return [
        {
            "id": row["id"],
            "opened_on": parse_date(row["opened_on"]),
            "ended_on": parse_date(row["ended_on"]),
        }
        for row in sorted(others, key=lambda row: row["opened_on"], reverse=True)
    ]
