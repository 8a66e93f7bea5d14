"""Events around each referral for its four-week clock, from one query to the rule's dataclasses."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, JSONObject

from interventions.episodes.due import to_local_day
from interventions.episodes.models import CareContact, InterventionUse, Participant
from interventions.episodes.rules import NATIONAL_ATTENDANCE
from outcomes.measures import get_catalogue
from outcomes.models import Assessment, GoalRating
from pairs.access.batch_query import parse_date
from pairs.access.records import live_q
from referrals.models import Consultation, MatchAnswer, Referral, ReferredInfant
from referrals.rules.choices import DECIDED_STATUSES, ConsultationStatus, MatchResult, ReferralState
from referrals.rules.clocks import BaselineMeasure, ClockEvents, CodedContact, CodedTreatment, ReferralPeriod

OUTER_EPISODE = OuterRef("episode__pk")
GOAL_TOOL = "gbo"


def build_event_fields() -> dict[str, Any]:
    """Query fields of each referral: its events, whom it is about, and the same babies' other referrals."""
    others = Referral.objects.live().exclude(pk=OuterRef("pk"))
    of_the_same = {
        name: others.filter(pk__in=named.values("referral")) for name, named in query_same_babies().items()
    }
    row = JSONObject(id="id", **_build_date_fields())
    return (
        _build_date_fields()
        | {name: ArraySubquery(rows.values(row=row)) for name, rows in of_the_same.items()}
        | {
            "patient": "patient_id",
            "patient_born": "patient__birth_date",
            "babies": ArraySubquery(_query_babies().values(row=JSONObject(**BABY_FIELDS))),
        }
    )


def query_same_babies() -> dict[str, QuerySet]:
    """Babies named in other referrals who are a baby of the outer one: by record, or by match answer.

    Two subqueries, not one with OR: no index serves the OR, and each would scan every referral.
    """
    asked = OuterRef(OuterRef(OuterRef("pk")))  # out of the named, out of their referrals
    infants = ReferredInfant.objects.live()
    here = infants.filter(referral=asked, became__isnull=False)
    said = _query_same_answers().filter(referral=asked)
    return {
        "others": infants.filter(became__in=here.values("became")),
        "said": infants.filter(became__in=said.values("infant")),
    }


def _query_same_answers() -> QuerySet:
    """Newest match answers that say a named baby is an existing infant."""
    answers = MatchAnswer.objects.live()
    pair = {"named_infant": OuterRef("named_infant"), "infant": OuterRef("infant")}
    newer = answers.filter(at__gt=OuterRef("at"), **pair)
    return answers.filter(~Exists(newer), answer=MatchResult.SAME, infant__isnull=False)


def _query_babies() -> QuerySet:
    return ReferredInfant.objects.live().filter(referral=OuterRef("pk"))


BABY_FIELDS = {
    "id": "became_id",
    "born": Coalesce("became__birth_date", "birth_date"),
    "due": Coalesce("became__estimated_due_date", "estimated_due_date"),
    "lost": "became__lost_on",
    "name": Coalesce("became__given_name", "given_name"),
}


def _build_date_fields() -> dict[str, Any]:
    """The dates of one referral and its episode; a person's first time of each, not their whole history."""
    ratings = GoalRating.objects.live().filter(live_q("goal__"), goal__episode=OUTER_EPISODE)
    first_rating = ratings.order_by("rated_on").values("rated_on")[:1]
    done = Assessment.objects.live().filter(episode=OUTER_EPISODE, declined=False)
    firsts = done.order_by("measure", "completed_on").distinct("measure")
    held = Consultation.objects.live().filter(referral=OuterRef("pk"), status=ConsultationStatus.HELD)
    return {
        "received": "received_at",
        "decided": "decided_at",
        "status": "status",
        "episode": "episode__pk",
        "ended": "episode__ended_on",
        "plan": "episode__plan_agreed_on",
        "seen": ArraySubquery(_query_first_seen().values(row=JSONObject(**SEEN_FIELDS))),
        "worked": Subquery(_query_worked_contacts().values("starts_at")[:1]),
        "rated": Subquery(first_rating),
        "measured": ArraySubquery(firsts.values(row=JSONObject(on="completed_on", measure="measure"))),
        "coded": ArraySubquery(
            _query_coded_uses().values(row=JSONObject(on="started_on", code=F("intervention__snomed_code")))
        ),
        "indirect": ArraySubquery(held.values("held_on")),
    }


SEEN_FIELDS = {
    "infant": "infant_id",
    "caregiver": "caregiver_id",
    "at": "care_contact__starts_at",
    "mechanism": "care_contact__mechanism",
    "attendance": "attendance",
}


def _query_first_seen() -> QuerySet:
    """Each person's first direct contact; a carer's own only where no baby was expected, or where it is their help."""
    baby = Participant.objects.live().filter(care_contact=OuterRef("care_contact"), infant__isnull=False)
    rows = Participant.objects.live().attended().at_direct_contacts()
    rows = rows.filter(
        Q(infant__isnull=False) | Q(caregiver=OuterRef("patient")) | ~Exists(baby),
        care_contact__episode=OUTER_EPISODE,
    )
    return rows.order_by("infant", "caregiver", "care_contact__starts_at").distinct("infant", "caregiver")


def _query_worked_contacts() -> QuerySet:
    """Direct contacts that somebody came to and in which a way of working was used, the first first."""
    came = CareContact.objects.live().direct().attended()
    return came.filter(episode=OUTER_EPISODE, interventions__isnull=False).order_by("starts_at")


def _query_coded_uses() -> QuerySet:
    uses = InterventionUse.objects.live().filter(episode=OUTER_EPISODE)
    return uses.exclude(intervention__snomed_code="").order_by("started_on")


@dataclass(frozen=True)
class ReferralSubject:
    """Whom a referral is about: a baby with their name, or the carer whose own help it is."""

    name: str
    events: ClockEvents


def parse_subjects(row: Mapping[str, Any]) -> Iterator[ReferralSubject]:
    """Each person's events, from a row of ``build_event_fields``; not who died or stayed a mention."""
    if row["patient"]:
        yield ReferralSubject(
            "",
            _build_clock_events(
                row, _match_caregiver(row["patient"]), born=parse_date(row["patient_born"]), unborn=False
            ),
        )
        return
    for baby in row["babies"]:
        taken_in = baby["id"] or row["status"] != ReferralState.ACCEPTED
        if taken_in and not baby["lost"]:
            yield ReferralSubject(
                baby["name"], _build_clock_events(row, _match_baby(baby["id"]), born=parse_date(baby["born"]))
            )
    if not row["babies"]:
        yield ReferralSubject("", _build_clock_events(row, _match_baby(None), born=None, named=False))


def _build_clock_events(
    row: Mapping[str, Any], is_theirs: Callable[[Mapping[str, Any]], bool], **who: Any
) -> ClockEvents:
    others = {each["id"]: each for each in (*row["others"], *row["said"])}.values()
    spell = [row, *others]
    goal_tool = get_catalogue()[GOAL_TOOL].national_tool or ""
    return ClockEvents(
        request=_to_referral_period(row),
        others=tuple(_to_referral_period(each) for each in others),
        contacts=tuple(_to_coded_contact(seen) for each in spell for seen in each["seen"] if is_theirs(seen)),
        indirect=tuple(parse_date(held) for each in spell for held in each["indirect"]),
        baselines=(
            *(BaselineMeasure(parse_date(each["rated"]), goal_tool) for each in spell if each["rated"]),
            *(_to_baseline_measure(done) for each in spell for done in each["measured"]),
        ),
        plans=tuple(parse_date(each["plan"]) for each in spell if each["plan"]),
        treatments=tuple(
            CodedTreatment(parse_date(use["on"]), use["code"]) for each in spell for use in each["coded"]
        ),
        **who,
    )


def _match_baby(infant: str | None) -> Callable[[Mapping[str, Any]], bool]:
    """Predicate: contacts of this baby, or of a carer where no baby was expected."""
    return lambda seen: seen["infant"] in (None, infant)


def _match_caregiver(caregiver: str) -> Callable[[Mapping[str, Any]], bool]:
    """Predicate: contacts of this caregiver only, for a carer's own referral."""
    return lambda seen: seen["caregiver"] == caregiver


def _to_referral_period(row: Mapping[str, Any]) -> ReferralPeriod:
    return ReferralPeriod(received=to_local_day(row["received"]), ended=get_end_date(row))


def get_end_date(row: Mapping[str, Any]) -> date | None:
    """The last day of the work, or of a referral that came to none; None while it goes on."""
    if row["ended"]:
        return parse_date(row["ended"])
    closed = row["status"] in DECIDED_STATUSES - {ReferralState.ACCEPTED}
    return to_local_day(row["decided"]) if closed and row["decided"] else None


def _to_coded_contact(seen: Mapping[str, Any]) -> CodedContact:
    return CodedContact(to_local_day(seen["at"]), seen["mechanism"], NATIONAL_ATTENDANCE[seen["attendance"]])


def _to_baseline_measure(done: Mapping[str, Any]) -> BaselineMeasure:
    sheet = get_catalogue().get(done["measure"])
    return BaselineMeasure(parse_date(done["on"]), (sheet.national_tool or "") if sheet else "")
