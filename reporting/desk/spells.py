"""What happened around each referral, as its clock asks for it: one query's facts, read into the rule's own words."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, JSONObject

from interventions.episodes.due import day_of
from interventions.episodes.models import CareContact, InterventionUse, Participant
from interventions.episodes.rules import NATIONAL_ATTENDANCE
from outcomes.measures import catalogue
from outcomes.models import Assessment, GoalRating
from pairs.access.asking import day
from pairs.access.records import live_q
from referrals.models import Consultation, MatchAnswer, Referral, ReferredInfant
from referrals.rules.clocks import Baseline, Contact, Events, Request, Treatment
from referrals.rules.words import DECIDED

EPISODE = OuterRef("episode__pk")
GOAL_TOOL = "gbo"


def facts() -> dict[str, Any]:
    """Each referral's fields in a Question: its own events, whom it is about, and the same babies' other referrals."""
    others = Referral.objects.live().exclude(pk=OuterRef("pk"))
    of_the_same = {
        name: others.filter(pk__in=named.values("referral")) for name, named in same_babies().items()
    }
    row = JSONObject(id="id", **_events())
    return (
        _events()
        | {name: ArraySubquery(rows.values(row=row)) for name, rows in of_the_same.items()}
        | {
            "patient": "patient_id",
            "patient_born": "patient__birth_date",
            "babies": ArraySubquery(_babies().values(row=JSONObject(**BABY))),
        }
    )


def same_babies() -> dict[str, QuerySet]:
    """The babies named elsewhere who are a baby of the outer referral, by who that one became or was said to be.

    Two questions: no index serves an "or" of them, and every referral there is would be looked at for each.
    """
    asked = OuterRef(OuterRef(OuterRef("pk")))  # out of the named, out of their referrals
    infants = ReferredInfant.objects.live()
    here = infants.filter(referral=asked, became__isnull=False)
    said = _said_to_be().filter(referral=asked)
    return {
        "others": infants.filter(became__in=here.values("became")),
        "said": infants.filter(became__in=said.values("infant")),
    }


def _said_to_be() -> QuerySet:
    """Answers that a named baby is one whom we hold, unless somebody has said otherwise since."""
    answers = MatchAnswer.objects.live()
    pair = {"named_infant": OuterRef("named_infant"), "infant": OuterRef("infant")}
    newer = answers.filter(at__gt=OuterRef("at"), **pair)
    return answers.filter(~Exists(newer), answer="same", infant__isnull=False)


def _babies() -> QuerySet:
    return ReferredInfant.objects.live().filter(referral=OuterRef("pk"))


BABY = {
    "id": "became_id",
    "born": Coalesce("became__birth_date", "birth_date"),
    "due": Coalesce("became__estimated_due_date", "estimated_due_date"),
    "lost": "became__lost_on",
    "name": Coalesce("became__given_name", "given_name"),
}


def _events() -> dict[str, Any]:
    """The dates of one referral and its episode; a person's first time of each, not their whole history."""
    ratings = GoalRating.objects.live().filter(live_q("goal__"), goal__episode=EPISODE)
    first_rating = ratings.order_by("rated_on").values("rated_on")[:1]
    done = Assessment.objects.live().filter(episode=EPISODE, declined=False)
    firsts = done.order_by("measure", "completed_on").distinct("measure")
    held = Consultation.objects.live().filter(referral=OuterRef("pk"), status="held")
    return {
        "received": "received_at",
        "decided": "decided_at",
        "status": "status",
        "episode": "episode__pk",
        "ended": "episode__ended_on",
        "plan": "episode__plan_agreed_on",
        "seen": ArraySubquery(_first_seen().values(row=JSONObject(**SEEN_ROW))),
        "worked": Subquery(_worked().values("starts_at")[:1]),
        "rated": Subquery(first_rating),
        "measured": ArraySubquery(firsts.values(row=JSONObject(on="completed_on", measure="measure"))),
        "coded": ArraySubquery(
            _coded().values(row=JSONObject(on="started_on", code=F("intervention__snomed_code")))
        ),
        "indirect": ArraySubquery(held.values("held_on")),
    }


SEEN_ROW = {
    "infant": "infant_id",
    "caregiver": "caregiver_id",
    "at": "care_contact__starts_at",
    "mechanism": "care_contact__mechanism",
    "attendance": "attendance",
}


def _first_seen() -> QuerySet:
    """Each person's first direct contact; a carer's own only where no baby was expected, or where it is their help."""
    baby = Participant.objects.live().filter(care_contact=OuterRef("care_contact"), infant__isnull=False)
    rows = Participant.objects.live().attended().at_direct_contacts()
    rows = rows.filter(
        Q(infant__isnull=False) | Q(caregiver=OuterRef("patient")) | ~Exists(baby),
        care_contact__episode=EPISODE,
    )
    return rows.order_by("infant", "caregiver", "care_contact__starts_at").distinct("infant", "caregiver")


def _worked() -> QuerySet:
    """Direct contacts that somebody came to and in which a way of working was used, the first first."""
    came = CareContact.objects.live().direct().attended()
    return came.filter(episode=EPISODE, interventions__isnull=False).order_by("starts_at")


def _coded() -> QuerySet:
    uses = InterventionUse.objects.live().filter(episode=EPISODE)
    return uses.exclude(intervention__snomed_code="").order_by("started_on")


@dataclass(frozen=True)
class Person:
    """Whom a referral is about: a baby with their name, or the carer whose own help it is."""

    name: str
    events: Events


def people_of(row: Mapping[str, Any]) -> Iterator[Person]:
    """Each person's events, of a row of ``facts``. Nobody is asked after who has died, or who stayed a mention."""
    if row["patient"]:
        yield Person("", _of(row, _own(row["patient"]), born=day(row["patient_born"]), unborn=False))
        return
    for baby in row["babies"]:
        taken_in = baby["id"] or row["status"] != "accepted"
        if taken_in and not baby["lost"]:
            yield Person(baby["name"], _of(row, _babys(baby["id"]), born=day(baby["born"])))
    if not row["babies"]:
        yield Person("", _of(row, _babys(None), born=None, named=False))


def _of(row: Mapping[str, Any], is_theirs: Callable[[Mapping[str, Any]], bool], **who: Any) -> Events:
    others = {each["id"]: each for each in (*row["others"], *row["said"])}.values()
    spell = [row, *others]
    goal_tool = catalogue()[GOAL_TOOL].national_tool or ""
    return Events(
        request=_request(row),
        others=tuple(_request(each) for each in others),
        contacts=tuple(_contact(seen) for each in spell for seen in each["seen"] if is_theirs(seen)),
        indirect=tuple(day(held) for each in spell for held in each["indirect"]),
        baselines=(
            *(Baseline(day(each["rated"]), goal_tool) for each in spell if each["rated"]),
            *(_baseline(done) for each in spell for done in each["measured"]),
        ),
        plans=tuple(day(each["plan"]) for each in spell if each["plan"]),
        treatments=tuple(Treatment(day(use["on"]), use["code"]) for each in spell for use in each["coded"]),
        **who,
    )


def _babys(infant: str | None) -> Callable[[Mapping[str, Any]], bool]:
    """The baby's own, or a carer's where no baby was expected."""
    return lambda seen: seen["infant"] in (None, infant)


def _own(caregiver: str) -> Callable[[Mapping[str, Any]], bool]:
    """Where it is a carer's own help: theirs alone."""
    return lambda seen: seen["caregiver"] == caregiver


def _request(row: Mapping[str, Any]) -> Request:
    return Request(received=day_of(row["received"]), ended=ended_on(row))


def ended_on(row: Mapping[str, Any]) -> date | None:
    """The last day of the work, or of a referral that came to none; None while it goes on."""
    if row["ended"]:
        return day(row["ended"])
    closed = row["status"] in DECIDED - {"accepted"}
    return day_of(row["decided"]) if closed and row["decided"] else None


def _contact(seen: Mapping[str, Any]) -> Contact:
    return Contact(day_of(seen["at"]), seen["mechanism"], NATIONAL_ATTENDANCE[seen["attendance"]])


def _baseline(done: Mapping[str, Any]) -> Baseline:
    sheet = catalogue().get(done["measure"])
    return Baseline(day(done["on"]), (sheet.national_tool or "") if sheet else "")
