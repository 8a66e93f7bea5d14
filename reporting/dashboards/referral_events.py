"""Events around each referral for its four-week clock, from one query to the rule's dataclasses."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, JSONObject

from interventions.episodes.due import to_local_day
from interventions.episodes.models import CareContact, InterventionUse, NotePart, Participant
from interventions.episodes.rules import NATIONAL_ATTENDANCE
from outcomes.measures import get_catalogue
from outcomes.models import Assessment, GoalRating
from pairs.access.batch_query import parse_date
from pairs.access.records import live_q
from pairs.database.arrays import EqualsAny, build_among
from referrals.models import Consultation, MatchAnswer, Referral, ReferredCaregiver, ReferredInfant
from referrals.rules.choices import DECIDED_STATUSES, MatchResult, ReferralState
from referrals.rules.clocks import BaselineMeasure, ClockEvents, CodedContact, CodedTreatment, ReferralPeriod
from referrals.rules.same_baby import is_same_baby

OUTER_EPISODE = OuterRef("episode__pk")
GOAL_TOOL = "gbo"
CLOSED_STATUSES = DECIDED_STATUSES - {ReferralState.ACCEPTED}


def build_event_fields() -> dict[str, Any]:
    """Query fields of each referral: its events, whom it is about, and the same babies' other referrals."""
    row = JSONObject(id="id", **_build_date_fields())
    unlinked = JSONObject(**_build_unlinked_fields())
    closed = query_others(_query_unlinked_babies()).filter(status__in=CLOSED_STATUSES)
    return (
        _build_date_fields()
        | {
            "others": ArraySubquery(query_others(query_same_babies()).values(row=row)),
            "unlinked": ArraySubquery(closed.values(row=unlinked)),
        }
        | {
            "patient": "patient_id",
            "patient_born": "patient__birth_date",
            "babies": ArraySubquery(_query_babies().values(row=JSONObject(**BABY_FIELDS, **NAMED_FIELDS))),
            "carers": ArraySubquery(_query_carers().values(row=JSONObject(**NAME_FIELDS))),
        }
    )


def query_others(named: list[QuerySet]) -> QuerySet:
    """The other referrals in which any of these babies is named.

    What is read of each is in the statement once, however many ways lead to it.
    """
    among = build_among("pk", *(each.values("referral") for each in named))
    return Referral.objects.live().exclude(pk=OuterRef("pk")).filter(among)


def query_same_babies() -> list[QuerySet]:
    """Babies named in other referrals who are a baby of the outer one: by record, and by match answer."""
    asked = OuterRef(OuterRef(OuterRef("pk")))  # out of the named, out of their referrals
    infants = ReferredInfant.objects.live()
    here = infants.filter(referral=asked, became__isnull=False)
    said = _query_same_answers().filter(referral=asked)
    return [
        infants.filter(build_among("became", here.values("became"))),
        infants.filter(build_among("became", said.values("infant"))),
    ]


def _query_unlinked_babies() -> list[QuerySet]:
    """Babies without a record, named in other referrals, of the same day or number as a baby of the outer one.

    A referral that was withdrawn before anybody accepted it made no record that could say who they are. Three
    subqueries, not one with OR: each has its index. `is_same_baby` says who of them is the same.
    """
    asked = OuterRef(OuterRef(OuterRef("pk")))
    here, there = ReferredInfant.objects.live().filter(referral=asked), ReferredInfant.objects.live()
    columns = ("nhs_number", "birth_date", "estimated_due_date")
    without_record = there.filter(became=None)
    return [
        without_record.filter(EqualsAny(F(column), ArraySubquery(here.values(column)))) for column in columns
    ]


def build_related_condition() -> Q:
    """Has a baby of the outer referral another one, by record, by match answer, or as they were named?"""
    return Q(Exists(query_others([*query_same_babies(), *_query_unlinked_babies()])))


def _build_unlinked_fields() -> dict[str, Any]:
    """Of a referral that made no record: when it was received and ended, and who was named in it."""
    return build_closing_fields() | {
        "id": "id",
        "babies": ArraySubquery(_query_babies().values(row=JSONObject(**NAMED_FIELDS))),
        "carers": ArraySubquery(_query_carers().values(row=JSONObject(**NAME_FIELDS))),
    }


def build_closing_fields() -> dict[str, Any]:
    """When a referral was received and decided, and when the consultation was held that it was answered by."""
    held = Consultation.objects.live().held().filter(referral=OuterRef("pk"))
    return {
        "received": "received_at",
        "decided": "decided_at",
        "status": "status",
        "indirect": ArraySubquery(held.order_by("held_on").values("held_on")),
        "consulting": Subquery(query_open_consultations().values("pk")[:1]),
    }


def query_open_consultations() -> QuerySet:
    """Those of the outer referral that are still to be held."""
    return Consultation.objects.live().open().filter(referral=OuterRef("pk"))


def _query_carers() -> QuerySet:
    return ReferredCaregiver.objects.live().filter(referral=OuterRef("pk"))


def _query_same_answers() -> QuerySet:
    """Newest match answers that say a named baby is an existing infant."""
    answers = MatchAnswer.objects.live()
    pair = {"named_infant": OuterRef("named_infant"), "infant": OuterRef("infant")}
    newer = answers.filter(at__gt=OuterRef("at"), **pair)
    return answers.filter(~Exists(newer), answer=MatchResult.SAME, infant__isnull=False)


def _query_babies() -> QuerySet:
    return ReferredInfant.objects.live().filter(referral=OuterRef("pk"))


NAME_FIELDS = {"given_name": "given_name", "family_name": "family_name", "nhs_number": "nhs_number"}
# As they were named, in this referral or another: for `is_same_baby`.
NAMED_FIELDS = NAME_FIELDS | {"birth_date": "birth_date", "due_date": "estimated_due_date"}
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
    return build_closing_fields() | {
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
        "liaison": ArraySubquery(_query_liaison().values(row=JSONObject(**LIAISON_FIELDS))),
    }


def _query_liaison() -> QuerySet:
    """Work about the family with a colleague, the first first: nationally indirect activity."""
    return CareContact.objects.live().liaison().filter(episode=OUTER_EPISODE).order_by("starts_at")


def _query_noted(*person: str) -> ArraySubquery:
    """Whom the notes of the outer contact are about."""
    notes = NotePart.objects.live().filter(care_contact=OuterRef("pk")).annotate(who=Coalesce(*person))
    return ArraySubquery(notes.exclude(who=None).values("who"))


LIAISON_FIELDS = {
    "at": "starts_at",
    "babies": _query_noted("infant", "dyad__infant"),
    "carers": _query_noted("caregiver", "dyad__caregiver"),
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
                row,
                _match_caregiver(row["patient"]),
                patient=row["patient"],
                born=parse_date(row["patient_born"]),
                unborn=False,
            ),
        )
        return
    for baby in row["babies"]:
        taken_in = baby["id"] or row["status"] != ReferralState.ACCEPTED
        if taken_in and not baby["lost"]:
            yield ReferralSubject(
                baby["name"],
                _build_clock_events(row, _match_baby(baby["id"]), baby=baby, born=parse_date(baby["born"])),
            )
    if not row["babies"]:
        yield ReferralSubject("", _build_clock_events(row, _match_baby(None), born=None, named=False))


def _build_clock_events(
    row: Mapping[str, Any],
    is_theirs: Callable[[Mapping[str, Any]], bool],
    *,
    baby: Mapping[str, Any] | None = None,
    patient: str = "",
    **who: Any,
) -> ClockEvents:
    unlinked = _list_unlinked(row, baby) if baby else []
    spell, about = [row, *row["others"]], patient or (baby or {}).get("id")
    goal_tool = get_catalogue()[GOAL_TOOL].national_tool or ""
    return ClockEvents(
        request=_to_referral_period(row),
        others=tuple(_to_referral_period(each) for each in [*row["others"], *unlinked]),
        contacts=tuple(_to_coded_contact(seen) for each in spell for seen in each["seen"] if is_theirs(seen)),
        indirect=(
            *(parse_date(held) for each in [*spell, *unlinked] for held in each["indirect"]),
            *(to_local_day(each["at"]) for row in spell for each in row["liaison"] if _is_about(each, about)),
        ),
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


def _list_unlinked(row: Mapping[str, Any], baby: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The baby's other referrals that made no record of them."""
    return [
        each
        for each in row["unlinked"]
        if any(
            is_same_baby(baby, other, carers=row["carers"], other_carers=each["carers"])
            for other in each["babies"]
        )
    ]


def _is_about(liaison: Mapping[str, Any], person: str | None) -> bool:
    """Whether it was about this baby, or this carer: somebody the note names; where it names nobody, everybody."""
    named = [*liaison["babies"], *liaison["carers"]]
    return not named or person in named


def _match_baby(infant: str | None) -> Callable[[Mapping[str, Any]], bool]:
    """Predicate: contacts of this baby, or of a carer where no baby was expected."""
    return lambda seen: seen["infant"] in (None, infant)


def _match_caregiver(caregiver: str) -> Callable[[Mapping[str, Any]], bool]:
    """Predicate: contacts of this caregiver only, for a carer's own referral."""
    return lambda seen: seen["caregiver"] == caregiver


def _to_referral_period(row: Mapping[str, Any]) -> ReferralPeriod:
    return ReferralPeriod(received=to_local_day(row["received"]), ended=get_end_date(row))


def get_end_date(row: Mapping[str, Any]) -> date | None:
    """The last day of the work, or of a referral that came to none; None while it goes on.

    A referral that was answered by a consultation ends on the day when the last one was held.
    """
    if row.get("ended"):
        return parse_date(row["ended"])
    if row["status"] == ReferralState.CONSULTATION and (row["consulting"] or row["indirect"]):
        return None if row["consulting"] else parse_date(row["indirect"][-1])
    closed = row["status"] in DECIDED_STATUSES - {ReferralState.ACCEPTED}
    return to_local_day(row["decided"]) if closed and row["decided"] else None


def _to_coded_contact(seen: Mapping[str, Any]) -> CodedContact:
    return CodedContact(to_local_day(seen["at"]), seen["mechanism"], NATIONAL_ATTENDANCE[seen["attendance"]])


def _to_baseline_measure(done: Mapping[str, Any]) -> BaselineMeasure:
    sheet = get_catalogue().get(done["measure"])
    return BaselineMeasure(parse_date(done["on"]), (sheet.national_tool or "") if sheet else "")
