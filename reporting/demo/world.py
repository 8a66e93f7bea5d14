"""A made-up service, family by family: the same seed always tells the same lives, one at a time."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from pairs.service.reference import PLACES, SITES
from referrals.rules.words import DECIDED
from reporting.demo import words
from reporting.demo.alarming import answered
from reporting.demo.calendar import arrival, at_work, months_before, working_day
from reporting.demo.codes import concerns
from reporting.demo.doors import another_door
from reporting.demo.hearing import hear
from reporting.demo.lives import Act, Alarm, Baby, Grant, Life, Referred, Step, Thought
from reporting.demo.people import NhsNumbers, babies_of, carers_of, new_id
from reporting.demo.places import MIXES
from reporting.demo.saying import Telling
from reporting.demo.staff import colleagues_at, referrers_of
from reporting.demo.words_of_referral import REOPENED
from reporting.demo.work import work_of

OPENS = {code: opens_on for code, _, _, opens_on in SITES}
HUB = next(code for code, _, is_hub, _ in SITES if is_hub)
COVERS = {place: site for place, _, _, _, _, site in PLACES}
LEADS = {"blackpool": "hub", "blackburn-with-darwen": "blackburn", "hyndburn": "hyndburn"}
SOURCES = {"A2": 49, "A4": 14, "A1": 9, "C1": 9, "B1": 8, "F2": 3, "F3": 2, "G4": 4, "C2": 2}
DESIRED = {"accepted": 75, "consultation": 8, "not_accepted": 12, "withdrawn": 5}
UNDECIDED = ("received", "received", "read", "more_asked", "read", "read")
PEER_LINKS, SHARE_OF_CAST = 3, 40
SHARE_OF_LEAD = {"blackpool": 0.3, "blackburn-with-darwen": 0.55, "hyndburn": 0.6}


@dataclass(frozen=True)
class Plan:
    """How large a world, over how long, until when."""

    families: int
    months: int
    seed: int
    until: date  # the day after the last day on which anything happened

    @property
    def start(self) -> date:
        return months_before(self.until, self.months)


class World:
    """Hands out lives in the order in which they were referred; remembers only the numbers it has given."""

    def __init__(self, plan: Plan):
        self.plan = plan
        self.given: Counter[tuple[str, int]] = Counter()
        self.peer_links = 0

    def lives(self) -> Iterator[Life]:
        for number in range(self.plan.families):
            yield self._life(number, Random(f"{self.plan.seed}/{number}"))

    def _life(self, number: int, rng: Random) -> Life:
        place = _place(rng, received := self._received(number))
        numbers = NhsNumbers(number)
        babies = babies_of(rng, number, place, received, numbers)
        carers = carers_of(rng, place, babies, received)
        telling = Telling(rng, babies, carers)
        referral = self._referral(rng, number, place, received, telling)
        life = Life(number, new_id(rng), referral, babies, carers)
        self._births(rng, life)
        if referral.accepted:
            self._after_acceptance(rng, life, telling)
        elif number % 97 == 5:
            life.alarms.append(self._alarm(rng, referral.act.at.date(), "duty"))
        self._think(Random(f"{self.plan.seed}/thought/{number}"), referral)
        hear(Random(f"{self.plan.seed}/heard/{number}"), life)
        return life

    def _received(self, number: int) -> date:
        """The last few came in these days and wait for duty."""
        left = self.plan.families - number
        last = self.plan.until - timedelta(days=1)
        if left <= len(UNDECIDED):
            return working_day(last - timedelta(days=left - 1))
        span = (last - timedelta(days=8) - self.plan.start).days
        return working_day(max(self.plan.start, arrival(number / self.plan.families, self.plan.start, span)))

    def reference(self, kind: str, year: int) -> str:
        self.given[kind, year] += 1
        return f"{kind}-{year}-{self.given[kind, year]:05d}"

    def _referral(self, rng, number, place, received, telling) -> Referred:
        source = rng.choices(list(SOURCES), list(SOURCES.values()))[0]
        referrer = self._referrer(number, source)
        lawful = rng.random() < 0.04
        act = Act(at_work(rng, received), referrer)
        referral = Referred(
            id=new_id(rng),
            reference=self.reference("R", act.at.year),
            site=site_on(place, received),
            place=place,
            door="self"
            if referrer is None
            else "api"
            if source == "A1" and rng.random() < 0.4
            else "professional",
            source=source,
            referrer=referrer,
            act=act,
            permission="lawful_basis" if lawful else "parent_agrees",
            permission_reason=words.LAWFUL if lawful else "",
            concerns=concerns(rng, _months(telling.babies[0], received)),
            noticed=telling.noticed(),
            parent_says=telling.say(words.PARENT_SAYS),
            hopes=telling.say(words.HOPES),
            preferred_place=rng.choice(("", "", "home", "home", "hub", "phone", "video")),
            safe_contact=rng.choice(words.SAFE_CONTACT),
        )
        left = self.plan.families - number
        another_door(Random(f"{self.plan.seed}/door/{number}"), referral, left)
        referral.steps = self._steps(rng, number, referral)
        return referral

    def _referrer(self, number: int, source: str) -> str | None:
        """A colleague of that source; the cast's health visitors get what one person could have made."""
        if source == "B1":
            return None
        share = max(SHARE_OF_CAST, self.plan.families // 15)
        cast = {0: "healthvisitor", 1: "healthvisitor2"}.get(number % share // 5) if source == "A2" else None
        others = referrers_of(source)
        return cast or others[number % len(others)]

    def _steps(self, rng: Random, number: int, referral: Referred) -> list[Step]:
        steps = [Step(new_id(rng), "received", referral.act)]
        left = self.plan.families - number
        wanted = UNDECIDED[left - 1] if left <= len(UNDECIDED) else ""
        day = referral.act.at.date()
        for status in self._path(rng, wanted):
            day += timedelta(days=rng.choice((0, 1, 1, 2, 3, 5)) if not wanted else 0)
            if working_day(day) >= self.plan.until:
                break
            at = max(at_work(rng, day), steps[-1].act.at + timedelta(minutes=rng.randrange(4, 50)))
            steps.append(_step(rng, status, Act(at, "duty"), steps[-1].status))
        _settle(rng, referral, steps[-1].status)
        return steps

    def _path(self, rng: Random, wanted: str) -> list[str]:
        """received → read → (more asked for → read) → a decision."""
        if wanted:
            return {"received": [], "read": ["read"], "more_asked": ["read", "more_asked"]}[wanted]
        asked = ["more_asked", "read"] if rng.random() < 0.12 else []
        decided = rng.choices(list(DESIRED), list(DESIRED.values()))[0]
        thought_again = ["read", "accepted"] if decided == "not_accepted" and rng.random() < 0.1 else []
        return ["read", *asked, decided, *thought_again]

    def _think(self, rng: Random, referral: Referred) -> None:
        """A referral answered with a consultation has one, which is held in the two weeks after."""
        decided = referral.steps[-1]
        if decided.status != "consultation":
            return
        day = working_day(decided.act.at.date() + timedelta(days=rng.randrange(3, 15)))
        held = Act(max(at_work(rng, day), decided.act.at + timedelta(hours=1)), "supervisor")
        referral.thought = Thought(
            id=new_id(rng),
            reference=self.reference("C", decided.act.at.year),
            asked=new_id(rng),
            held=new_id(rng),
            act=held if day < self.plan.until else None,
        )

    def _births(self, rng: Random, life: Life) -> None:
        """Those born after acceptance are registered by the team; those still to come stay unborn."""
        accepted = life.referral.accepted
        for baby in life.babies:
            if baby.due is None:
                continue
            noted = baby.born + timedelta(days=rng.randrange(1, 9))
            known = accepted and baby.born > accepted.at.date() and working_day(noted) > accepted.at.date()
            if known and working_day(noted) < self.plan.until and working_day(noted) >= baby.born:
                baby.birth = Act(at_work(rng, noted), "duty")
            else:
                baby.born, baby.nhs_number = None, None
        if life.number % 293 == 7 and accepted:
            _grieve(rng, life, self.plan.until)

    def _after_acceptance(self, rng: Random, life: Life, telling: Telling) -> None:
        for baby in life.babies:
            baby.reference = self.reference("PI", life.referral.accepted.at.year)
        lead = self._lead(rng, life.referral.site)
        life.referral.lead = lead
        life.work = work_of(rng, life, telling, lead, self.plan.until)
        if life.work:
            self._worries(rng, life, lead)
        if life.number % 211 == 13:
            self._restrict(rng, life, lead)
        if lead == "blackburn" and life.work and not life.work.ending and self.peer_links < PEER_LINKS:
            self.peer_links += 1
            at = Act(life.work.act.at + timedelta(minutes=20), "supervisor")
            life.grants.append(
                Grant(new_id(rng), "peer", "peer_support", "The family would like a peer supporter.", at)
            )

    def _worries(self, rng: Random, life: Life, lead: str) -> None:
        """Alerts of the first weeks, and some of the last days that still need somebody."""
        opened = life.work.opened_on
        if rng.random() < 0.06:
            life.alarms.append(self._alarm(rng, opened + timedelta(days=rng.randrange(40)), lead))
        recent = working_day(self.plan.until - timedelta(days=rng.randrange(1, 7)))
        if not life.work.ending and recent > opened and life.number % 12 == 2:
            life.alarms.append(self._alarm(rng, recent, lead))

    def _lead(self, rng: Random, site: str) -> str:
        colleagues = colleagues_at(site, self.plan.families)
        return (
            LEADS[site]
            if rng.random() < SHARE_OF_LEAD[site] * 600 / max(600, self.plan.families)
            else rng.choice(colleagues)
        )

    def _restrict(self, rng: Random, life: Life, lead: str) -> None:
        at = life.referral.accepted.at
        life.restricted = Act(at + timedelta(minutes=9), "governance")
        life.restricted_because = rng.choice(
            ("A member of staff's own family.", "The address must not become known.")
        )
        grant = Act(at + timedelta(minutes=11), "governance")
        life.grants.append(Grant(new_id(rng), lead, "care", "Leads the work with this family.", grant))

    def _alarm(self, rng: Random, day: date, by: str) -> Alarm:
        """Raised at some hour of the day, and what was done about it."""
        day = min(day, self.plan.until - timedelta(days=1))
        answers = answered(rng, Act(at_work(rng, day), by), self.plan.until)
        return Alarm(new_id(rng), rng.choice(words.ALARMS), answers)


def _place(rng: Random, received: date) -> str:
    """Fewer come from a place before its own site opens."""

    def pull(place):
        opens = OPENS[COVERS[place]] if COVERS[place] != HUB else None
        return MIXES[place].weight * (0.35 if opens and received < opens else 1)

    return rng.choices(list(MIXES), [pull(place) for place in MIXES])[0]


def site_on(place: str, on: date) -> str:
    """The covering site once it is open; the hub until then."""
    opens = OPENS[COVERS[place]]
    return COVERS[place] if opens and opens <= on else HUB


def _months(baby: Baby, on: date) -> int | None:
    """Age in whole months; None before birth."""
    return (on - baby.born).days * 12 // 365 if baby.born_at_referral else None


def _step(rng: Random, status: str, act: Act, before: str) -> Step:
    reason, destination = "", ""
    if status == "not_accepted":
        reason, destination = rng.choice(words.NOT_FOR_US)
    elif status == "withdrawn":
        reason = rng.choice(words.WITHDRAWN)
    elif status == "more_asked":
        reason = rng.choice(words.MORE_ASKED)
    elif before in DECIDED:
        reason = REOPENED
    return Step(new_id(rng), status, act, reason, destination)


def _settle(rng: Random, referral: Referred, status: str) -> None:
    """What the decision says of the response and of the family's needs."""
    if status == "accepted":
        referral.response = "joint" if rng.random() < 0.15 else "direct"
        referral.thrive = rng.choice(("help", "help", "help", "more_help", "more_help", "risk_support"))
    elif status == "consultation":
        referral.response, referral.thrive = "consultation", "advice"
    elif status == "not_accepted":
        referral.response = "none"
    if referral.thrive:
        referral.thrive_reason = rng.choice(words.THRIVE_WHY)


def _grieve(rng: Random, life: Life, until: date) -> None:
    """One or two families lose a baby. It is told quietly, and nothing is asked of them afterwards."""
    baby: Baby = life.babies[0]
    accepted = life.referral.accepted.at.date()
    lost = (baby.born if baby.birth else accepted) + timedelta(days=rng.randrange(20, 60))
    if lost + timedelta(days=3) >= until:
        return
    baby.loss = "death" if baby.born else "stillbirth"
    baby.lost_on = lost
    baby.loss_told = Act(at_work(rng, working_day(lost + timedelta(days=3))), "duty")
