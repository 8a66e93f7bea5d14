"""Generates a made-up service family by family; the same seed gives the same families."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from pairs.code_lists.reference import PLACES, SITES
from pairs.demo import texts
from pairs.demo.calendar import calculate_arrival_date, choose_working_time, get_working_day, subtract_months
from pairs.demo.codes import choose_concerns
from pairs.demo.people import NhsNumbers, build_babies, build_carers, make_id
from pairs.demo.places import MIXES
from pairs.demo.scenarios.entry_points import vary_entry_point
from pairs.demo.scenarios.episodes import build_episode
from pairs.demo.scenarios.phrases import PhraseBook
from pairs.demo.scenarios.records import (
    Act,
    AlertRecord,
    BabyRecord,
    ConsultationRecord,
    FamilyScenario,
    GrantRecord,
    ReferralRecord,
    StatusRecord,
)
from pairs.demo.scenarios.replies import add_replies
from pairs.demo.scenarios.risk_alerts import build_alert_steps
from pairs.demo.staff import list_colleagues_at, list_referrers
from pairs.demo.texts_referrals import REOPENED
from referrals.rules.choices import DECIDED_STATUSES, ReferralState

OPENING_DATES = {code: opens_on for code, _, _, opens_on in SITES}
HUB_CODE = next(code for code, _, is_hub, _ in SITES if is_hub)
SITE_BY_PLACE = {place: site for place, _, _, _, _, site in PLACES}
LEAD_BY_SITE = {"blackpool": "hub", "blackburn-with-darwen": "blackburn", "hyndburn": "hyndburn"}
SOURCE_WEIGHTS = {"A2": 49, "A4": 14, "A1": 9, "C1": 9, "B1": 8, "F2": 3, "F3": 2, "G4": 4, "C2": 2}
DECISION_WEIGHTS = {"accepted": 75, "consultation": 8, "not_accepted": 12, "withdrawn": 5}
UNDECIDED_STATUSES = ("received", "received", "read", "more_asked", "read", "read")
PEER_LINKS, SHARE_OF_CAST = 3, 40
# However large the service: an alert is dealt with within days, so that there are never many at once.
RECENT_ALERTS = 12
SHARE_OF_LEAD = {"blackpool": 0.3, "blackburn-with-darwen": 0.55, "hyndburn": 0.6}


@dataclass(frozen=True)
class SeedPlan:
    """Size and period of the made-up service."""

    families: int
    months: int
    seed: int
    until: date  # the day after the last day on which anything happened

    @property
    def start(self) -> date:
        return subtract_months(self.until, self.months)


class ServiceGenerator:
    """Generates families in order of referral; keeps only the reference numbers it has given."""

    def __init__(self, plan: SeedPlan) -> None:
        self.plan = plan
        self.given: Counter[tuple[str, int]] = Counter()
        self.peer_links = self.recent_alerts = 0

    def generate_families(self) -> Iterator[FamilyScenario]:
        for number in range(self.plan.families):
            yield self._build_family(number, Random(f"{self.plan.seed}/{number}"))

    def _build_family(self, number: int, rng: Random) -> FamilyScenario:
        place = _choose_place(rng, received := self._choose_received_date(number))
        numbers = NhsNumbers(number)
        babies = build_babies(rng, number, place, received, numbers)
        carers = build_carers(rng, place, babies, received)
        telling = PhraseBook(rng, babies, carers)
        referral = self._build_referral(rng, number, place, received, telling)
        scenario = FamilyScenario(number, make_id(rng), referral, babies, carers)
        self._register_births(rng, scenario)
        if referral.accepted:
            self._add_episode(rng, scenario, telling)
        elif number % 97 == 5:
            scenario.alarms.append(self._build_alert(rng, referral.act.at.date(), "duty"))
        self._add_consultation(Random(f"{self.plan.seed}/thought/{number}"), referral)
        add_replies(Random(f"{self.plan.seed}/heard/{number}"), scenario)
        return scenario

    def _choose_received_date(self, number: int) -> date:
        """The last few came in these days and wait for duty."""
        left = self.plan.families - number
        last = self.plan.until - timedelta(days=1)
        if left <= len(UNDECIDED_STATUSES):
            return get_working_day(last - timedelta(days=left - 1))
        span = (last - timedelta(days=8) - self.plan.start).days
        return get_working_day(
            max(self.plan.start, calculate_arrival_date(number / self.plan.families, self.plan.start, span))
        )

    def reference(self, kind: str, year: int) -> str:
        self.given[kind, year] += 1
        return f"{kind}-{year}-{self.given[kind, year]:05d}"

    def _build_referral(
        self, rng: Random, number: int, place: str, received: date, telling: PhraseBook
    ) -> ReferralRecord:
        source = rng.choices(list(SOURCE_WEIGHTS), list(SOURCE_WEIGHTS.values()))[0]
        referrer = self._choose_referrer(number, source)
        lawful = rng.random() < 0.04
        act = Act(choose_working_time(rng, received), referrer)
        referral = ReferralRecord(
            id=make_id(rng),
            reference=self.reference("R", act.at.year),
            site=get_site_on(place, received),
            place=place,
            entry_point="self"
            if referrer is None
            else "api"
            if source == "A1" and rng.random() < 0.4
            else "professional",
            source=source,
            referrer=referrer,
            act=act,
            permission="lawful_basis" if lawful else "parent_agrees",
            permission_reason=texts.LAWFUL if lawful else "",
            concerns=choose_concerns(rng, _get_age_in_months(telling.babies[0], received)),
            noticed=telling.noticed(),
            parent_says=telling.say(texts.PARENT_SAYS),
            hopes=telling.say(texts.HOPES),
            preferred_place=rng.choice(("", "", "home", "home", "hub", "phone", "video")),
            safe_contact=rng.choice(texts.SAFE_CONTACT),
        )
        left = self.plan.families - number
        vary_entry_point(Random(f"{self.plan.seed}/door/{number}"), referral, left)
        referral.steps = self._build_status_steps(rng, number, referral)
        return referral

    def _choose_referrer(self, number: int, source: str) -> str | None:
        """A colleague of that source; the cast's health visitors get what one person could have made."""
        if source == "B1":
            return None
        share = max(SHARE_OF_CAST, self.plan.families // 15)
        cast = {0: "healthvisitor", 1: "healthvisitor2"}.get(number % share // 5) if source == "A2" else None
        others = list_referrers(source)
        return cast or others[number % len(others)]

    def _build_status_steps(self, rng: Random, number: int, referral: ReferralRecord) -> list[StatusRecord]:
        steps = [StatusRecord(make_id(rng), "received", referral.act)]
        left = self.plan.families - number
        wanted = UNDECIDED_STATUSES[left - 1] if left <= len(UNDECIDED_STATUSES) else ""
        day = referral.act.at.date()
        for status in self._choose_status_path(rng, wanted):
            day += timedelta(days=rng.choice((0, 1, 1, 2, 3, 5)) if not wanted else 0)
            if get_working_day(day) >= self.plan.until:
                break
            at = max(
                choose_working_time(rng, day), steps[-1].act.at + timedelta(minutes=rng.randrange(4, 50))
            )
            steps.append(_build_status_record(rng, status, Act(at, "duty"), steps[-1].status))
        _set_response(rng, referral, steps[-1].status)
        return steps

    def _choose_status_path(self, rng: Random, wanted: str) -> list[str]:
        """received → read → (more asked for → read) → a decision."""
        if wanted:
            return {"received": [], "read": ["read"], "more_asked": ["read", "more_asked"]}[wanted]
        asked = ["more_asked", "read"] if rng.random() < 0.12 else []
        decided = rng.choices(list(DECISION_WEIGHTS), list(DECISION_WEIGHTS.values()))[0]
        thought_again = ["read", "accepted"] if decided == "not_accepted" and rng.random() < 0.1 else []
        return ["read", *asked, decided, *thought_again]

    def _add_consultation(self, rng: Random, referral: ReferralRecord) -> None:
        """A referral answered with a consultation has one, which is held in the two weeks after."""
        decided = referral.steps[-1]
        if decided.status != ReferralState.CONSULTATION:
            return
        day = get_working_day(decided.act.at.date() + timedelta(days=rng.randrange(3, 15)))
        held = Act(max(choose_working_time(rng, day), decided.act.at + timedelta(hours=1)), "supervisor")
        referral.thought = ConsultationRecord(
            id=make_id(rng),
            reference=self.reference("C", decided.act.at.year),
            asked=make_id(rng),
            held=make_id(rng),
            act=held if day < self.plan.until else None,
        )

    def _register_births(self, rng: Random, scenario: FamilyScenario) -> None:
        """Those born after acceptance are registered by the team; those still to come stay unborn."""
        accepted = scenario.referral.accepted
        for baby in scenario.babies:
            if baby.due is None:
                continue
            noted = baby.born + timedelta(days=rng.randrange(1, 9))
            known = (
                accepted and baby.born > accepted.at.date() and get_working_day(noted) > accepted.at.date()
            )
            if known and get_working_day(noted) < self.plan.until and get_working_day(noted) >= baby.born:
                baby.birth = Act(choose_working_time(rng, noted), "duty")
            else:
                baby.born, baby.nhs_number = None, None
        if scenario.number % 293 == 7 and accepted:
            _add_loss(rng, scenario, self.plan.until)

    def _add_episode(self, rng: Random, scenario: FamilyScenario, telling: PhraseBook) -> None:
        for baby in scenario.babies:
            baby.reference = self.reference("PI", scenario.referral.accepted.at.year)
        lead = self._choose_lead(rng, scenario.referral.site)
        scenario.referral.lead = lead
        scenario.work = build_episode(rng, scenario, telling, lead, self.plan.until)
        if scenario.work:
            self._add_alerts(rng, scenario, lead)
        if scenario.number % 211 == 13:
            self._restrict_family(rng, scenario, lead)
        if (
            lead == "blackburn"
            and scenario.work
            and not scenario.work.ending
            and self.peer_links < PEER_LINKS
        ):
            self.peer_links += 1
            at = Act(scenario.work.act.at + timedelta(minutes=20), "supervisor")
            scenario.grants.append(
                GrantRecord(
                    make_id(rng), "peer", "peer_support", "The family would like a peer supporter.", at
                )
            )

    def _add_alerts(self, rng: Random, scenario: FamilyScenario, lead: str) -> None:
        """Alerts of the first weeks, and some of the last days that still need somebody."""
        opened = scenario.work.opened_on
        if rng.random() < 0.06:
            scenario.alarms.append(self._build_alert(rng, opened + timedelta(days=rng.randrange(40)), lead))
        recent = get_working_day(self.plan.until - timedelta(days=rng.randrange(1, 7)))
        wanted = self.recent_alerts < RECENT_ALERTS and scenario.number % 12 == 2
        if wanted and not scenario.work.ending and recent > opened:
            self.recent_alerts += 1
            scenario.alarms.append(self._build_alert(rng, recent, lead))

    def _choose_lead(self, rng: Random, site: str) -> str:
        colleagues = list_colleagues_at(site, self.plan.families)
        return (
            LEAD_BY_SITE[site]
            if rng.random() < SHARE_OF_LEAD[site] * 600 / max(600, self.plan.families)
            else rng.choice(colleagues)
        )

    def _restrict_family(self, rng: Random, scenario: FamilyScenario, lead: str) -> None:
        at = scenario.referral.accepted.at
        scenario.restricted = Act(at + timedelta(minutes=9), "governance")
        scenario.restricted_because = rng.choice(
            ("A member of staff's own family.", "The address must not become known.")
        )
        grant = Act(at + timedelta(minutes=11), "governance")
        scenario.grants.append(
            GrantRecord(make_id(rng), lead, "care", "Leads the work with this family.", grant)
        )

    def _build_alert(self, rng: Random, day: date, by: str) -> AlertRecord:
        """Raised at some hour of the day, and what was done about it."""
        day = min(day, self.plan.until - timedelta(days=1))
        answers = build_alert_steps(rng, Act(choose_working_time(rng, day), by), self.plan.until)
        return AlertRecord(make_id(rng), rng.choice(texts.ALARMS), answers)


def _choose_place(rng: Random, received: date) -> str:
    """Fewer come from a place before its own site opens."""

    def get_weight(place: str) -> float:
        opens = OPENING_DATES[SITE_BY_PLACE[place]] if SITE_BY_PLACE[place] != HUB_CODE else None
        return MIXES[place].weight * (0.35 if opens and received < opens else 1)

    return rng.choices(list(MIXES), [get_weight(place) for place in MIXES])[0]


def get_site_on(place: str, on: date) -> str:
    """The covering site once it is open; the hub until then."""
    opens = OPENING_DATES[SITE_BY_PLACE[place]]
    return SITE_BY_PLACE[place] if opens and opens <= on else HUB_CODE


def _get_age_in_months(baby: BabyRecord, on: date) -> int | None:
    """Age in whole months; None before birth."""
    return (on - baby.born).days * 12 // 365 if baby.born_at_referral else None


def _build_status_record(rng: Random, status: str, act: Act, before: str) -> StatusRecord:
    reason, destination = "", ""
    if status == ReferralState.NOT_ACCEPTED:
        reason, destination = rng.choice(texts.NOT_FOR_US)
    elif status == ReferralState.WITHDRAWN:
        reason = rng.choice(texts.WITHDRAWN)
    elif status == ReferralState.MORE_ASKED:
        reason = rng.choice(texts.MORE_ASKED)
    elif before in DECIDED_STATUSES:
        reason = REOPENED
    return StatusRecord(make_id(rng), status, act, reason, destination)


def _set_response(rng: Random, referral: ReferralRecord, status: str) -> None:
    """What the decision says of the response and of the family's needs."""
    if status == ReferralState.ACCEPTED:
        referral.response = "joint" if rng.random() < 0.15 else "direct"
        referral.thrive = rng.choice(("help", "help", "help", "more_help", "more_help", "risk_support"))
    elif status == ReferralState.CONSULTATION:
        referral.response, referral.thrive = "consultation", "advice"
    elif status == ReferralState.NOT_ACCEPTED:
        referral.response = "none"
    if referral.thrive:
        referral.thrive_reason = rng.choice(texts.THRIVE_WHY)


def _add_loss(rng: Random, scenario: FamilyScenario, until: date) -> None:
    """One or two families lose a baby. It is told quietly, and nothing is asked of them afterwards."""
    baby: BabyRecord = scenario.babies[0]
    accepted = scenario.referral.accepted.at.date()
    lost = (baby.born if baby.birth else accepted) + timedelta(days=rng.randrange(20, 60))
    if lost + timedelta(days=3) >= until:
        return
    baby.loss = "death" if baby.born else "stillbirth"
    baby.lost_on = lost
    baby.loss_told = Act(choose_working_time(rng, get_working_day(lost + timedelta(days=3))), "duty")
