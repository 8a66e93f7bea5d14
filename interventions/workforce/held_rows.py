"""What a colleague holds, row by row: who may take each, whom we propose, and what goes along with a family's lead."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from interventions.diary.models import CalendarToken
from interventions.episodes.models import CareContact, Episode, InterventionUse
from interventions.plans.models import CoWorker
from interventions.workforce.models import Absence
from interventions.workforce.rules import PossibleHolder, propose_holder
from pairs.access.batch_query import Query, build_user_name
from pairs.access.models import ApiToken
from pairs.access.prepared_records import load_parts
from pairs.access.scope import Scope
from pairs.families.models import Family, FamilyGrant
from pairs.service.models import SitePermission, User
from pairs.service.roles import GrantPurpose, Role
from pairs.service.work_to_hand_over import HandOverRule, HeldWork, list_barred, list_held_kinds
from pairs.web.formats import format_plural

RANKS: dict[str, int] = {Role.PRACTITIONER: 0, Role.TRAINEE: 1, Role.SUPERVISOR: 2}
LAST_RANK = 3


@dataclass
class HeldRow:
    """One thing that is handed over by itself. ``goes_along``: (kind, row) of the family that go with its lead."""

    work: HeldWork
    row: Any
    people: list[PossibleHolder] = field(default_factory=list)
    proposed: UUID | None = None
    goes_along: list[tuple[HeldWork, Any]] = field(default_factory=list)

    @property
    def rule(self) -> HandOverRule:
        assert self.work.rule is not None  # of a person's work
        return self.work.rule

    @property
    def key(self) -> str:
        """Its name in forms and in the API."""
        return f"{self.rule.code}_{self.row.pk}"

    @property
    def site_id(self) -> UUID | None:
        return self.row.held_site

    @property
    def family_id(self) -> UUID | None:
        return self.row.held_family

    @property
    def may_end(self) -> bool:
        return self.rule.may_end(self.row)

    def describe(self) -> str:
        """Which it is, without a name."""
        return self.rule.describe(self.row)

    def describe_goes_along(self) -> list[str]:
        """Such as: 3 booked visits."""
        counts = Counter((work.one, work.several) for work, _ in self.goes_along)
        return [f"{n} {one if n == 1 else several}" for (one, several), n in counts.items()]


def list_held_rows(leaver: User, scope: Scope) -> list[HeldRow]:
    """What this person holds that the scope may hand over, with proposals. Its queries do not grow with it."""
    kinds = list_held_kinds(leaver)
    found = load_parts({number: work.rows for number, work in enumerate(kinds)})
    held = [(work, row) for number, work in enumerate(kinds) for row in found[number]]
    rows = _gather_by_lead(_narrow(held, scope))
    knowledge = _Knowledge.load(leaver, rows)
    for each in rows:
        each.people = knowledge.list_people(each)
    _propose(rows)
    return rows


def _narrow(held: list[tuple[HeldWork, Any]], scope: Scope) -> list[tuple[HeldWork, Any]]:
    """A supervisor hands over what is at their sites, about families that they may open; for accounts all of it."""
    if scope.may("manage_accounts"):
        return held
    sites = scope.sites("supervise")
    families = {row.held_family for _, row in held if row.held_family}
    seen = set(Family.objects.visible_to(scope).filter(pk__in=families).values_list("pk", flat=True))
    return [
        (work, row) for work, row in held
        if row.held_site in sites and (row.held_family is None or row.held_family in seen)
    ]  # fmt: skip


def _gather_by_lead(held: list[tuple[HeldWork, Any]]) -> list[HeldRow]:
    """What goes along with a lead is in its row; of a family with two episodes in that of the first."""
    rows, leads = [], {}
    for work, row in held:
        lead = leads.get(row.held_family)
        if work.rule and work.rule.with_lead is not None and lead:
            lead.goes_along.append((work, row))
            continue
        rows.append(HeldRow(work, row))
        if work.rule and work.rule.is_lead:
            leads.setdefault(row.held_family, rows[-1])
    return rows


def _propose(rows: Iterable[HeldRow]) -> None:
    """One after the other: whoever is proposed as a lead has one family more when the next row is looked at."""
    more: Counter[UUID] = Counter()
    for each in rows:
        people = [replace(one, load=one.load + more[one.person_id]) for one in each.people]
        each.proposed = propose_holder(people)
        if each.proposed and each.rule.is_lead:
            more[each.proposed] += 1


@dataclass(frozen=True)
class _Knowledge:
    """What proposals need to know of the staff of some sites and of some families."""

    staff: dict[tuple[UUID, str], dict[UUID, int]]  # (site, permission) → {person: rank}
    names: dict[UUID, str]
    loads: dict[UUID, int]
    away: set[UUID]
    named: dict[UUID, set[UUID]]  # restricted family → who is named for it
    known_by: dict[UUID, set[UUID]]  # family → who works with it
    ways_of_episode: dict[UUID, set[UUID]]
    ways_of_person: dict[UUID, set[UUID]]

    @classmethod
    def load(cls, leaver: User, rows: list[HeldRow]) -> "_Knowledge":
        families = {each.family_id for each in rows if each.family_id}
        staff, names = _load_staff({each.site_id for each in rows if each.site_id}, leaver)
        found = load_parts(_build_fact_queries(set(names) | {leaver.pk}, families))
        return cls(
            staff=staff,
            names=names,
            loads={person: len(led) for person, led in _group(found["led"]).items()},
            away={person for (person,) in found["away"]},
            named={family: set() for (family,) in found["restricted"]} | _group(found["named"]),
            known_by=_group([*found["leads"], *found["co_workers"]]),
            ways_of_episode=_group((episode, way) for episode, _, way in found["ways"]),
            ways_of_person=_group((lead, way) for _, lead, way in found["ways"]),
        )

    def list_people(self, held: HeldRow) -> list[PossibleHolder]:
        """Who may take it, by name: of a restricted family only those who are named for it."""
        ranks: dict[UUID, int] = {}
        for name in held.rule.needs if held.site_id else ():
            ranks |= self.staff.get((held.site_id, name), {})
        barred = list_barred(held.row)
        allowed = self.named.get(held.family_id) if held.family_id else None
        found = [
            self._build_person(held, person, rank)
            for person, rank in ranks.items()
            if person not in barred and (allowed is None or person in allowed)
        ]
        return sorted(found, key=lambda each: each.name)

    def _build_person(self, held: HeldRow, person: UUID, rank: int) -> PossibleHolder:
        ways = self.ways_of_episode.get(held.row.pk, set())
        return PossibleHolder(
            person_id=person,
            name=self.names[person],
            load=self.loads.get(person, 0),
            rank=rank,
            is_away=person in self.away,
            knows_family=bool(held.family_id) and person in self.known_by.get(held.family_id, ()),
            shares_way=bool(ways & self.ways_of_person.get(person, set())),
        )


def _load_staff(
    sites: set[UUID], leaver: User
) -> tuple[dict[tuple[UUID, str], dict[UUID, int]], dict[UUID, str]]:
    """Who holds which permission at which of the sites, with their rank; and their names."""
    rows = SitePermission.objects.filter(content_object__in=sites, group__user__is_active=True)
    known = rows.values_list(
        "content_object",
        "permission__codename",
        "group__user",
        "group__roleatsite__role",
        build_user_name("group__user"),
    )
    found: dict[tuple[UUID, str], dict[UUID, int]] = defaultdict(dict)
    names = {}
    for site, permission, person, role, name in known:
        if person == leaver.pk:
            continue
        at = found[site, permission]
        at[person] = min(RANKS.get(role, LAST_RANK), at.get(person, LAST_RANK))
        names[person] = name
    return found, names


def _build_fact_queries(people: set[UUID], families: set[UUID]) -> dict[str, Query]:
    """Rows of ids; of ``ways``, interventions under way: episode, its lead, intervention."""
    work, today = Episode.objects.live().open(), timezone.localdate()
    led, here = work.filter(lead__in=people), work.filter(family__in=families)
    grants = FamilyGrant.objects.live().filter(family__restricted=True, purpose=GrantPurpose.CARE)
    beside = CoWorker.objects.live().current(today).filter(episode__in=here)
    uses = InterventionUse.objects.live().filter(episode__in=led, ended_on=None)
    return {
        "led": _query_ids(led, "lead_id", "family_id"),
        "away": _query_ids(Absence.objects.standing().on_day(today), "person_id"),
        "restricted": _query_ids(Family.objects.filter(pk__in=families, restricted=True), "pk"),
        "named": _query_ids(grants.filter(family__in=families), "family_id", "user_id"),
        "leads": _query_ids(here, "family_id", "lead_id"),
        "co_workers": _query_ids(beside, "episode__family_id", "user_id"),
        "ways": _query_ids(uses, "episode_id", "episode__lead_id", "intervention_id"),
    }


def _query_ids(rows: QuerySet[Any], *fields: str) -> Query:
    def read(row: dict[str, Any]) -> list[tuple[Any, ...]]:
        return [tuple(UUID(each) if isinstance(each, str) else each for each in row.values())]

    return Query(rows.order_by(), {name: name for name in fields}, read)


def _group(pairs: Iterable[tuple[Any, Any]]) -> dict[Any, set[Any]]:
    found: dict[Any, set[Any]] = defaultdict(set)
    for key, value in pairs:
        found[key].add(value)
    return dict(found)


def load_unsigned_and_keys(user: User) -> tuple[int, list[str]]:
    """How many contacts wait for this person to sign their note, which no one else can; and in words what opens the
    account without its password: it is revoked when the account is closed.
    """
    found = load_parts(
        {
            "notes": _query_ids(CareContact.objects.live().filter(practitioner=user, signed_at=None), "pk"),
            "tokens": _query_ids(ApiToken.objects.live(timezone.now()).filter(user=user), "pk"),
            "calendars": _query_ids(CalendarToken.objects.live().filter(user=user), "pk"),
        }
    )
    words = {"tokens": ("API token", "API tokens"), "calendars": ("calendar address", "calendar addresses")}
    keys = [format_plural(len(found[kind]), *said) for kind, said in words.items() if found[kind]]
    return len(found["notes"]), keys
