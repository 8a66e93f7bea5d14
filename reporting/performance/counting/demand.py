"""Demand and decisions: who was referred, from where and for whom; and how referrals were answered."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from django.db.models import Q
from django.utils import timezone

from interventions.episodes.models import Episode
from pairs.families.models import Dyad
from pairs.matching.counted import load_children_by_record, select_counted
from referrals.models import ReferralStatus
from referrals.rules.choices import SOURCES, EntryPoint, ReferralResponse, ReferralState
from referrals.rules.clocks import is_return
from reporting.evidence.groupings import build_ladders
from reporting.evidence.indicators import load_districts
from reporting.evidence.rules import PLACE_UNKNOWN_NAME
from reporting.performance.counting.babies import (
    AGE_LABELS,
    NamedBaby,
    load_named_babies,
    take_once,
)
from reporting.performance.figures import Division, Ladder, Section, Share, Whole, Window, divide, divide_yes

OTHER_SOURCE = "Other service or agency"
DECISIONS = {
    ReferralState.ACCEPTED: "Accepted",
    ReferralState.CONSULTATION: "Answered by a consultation",
    ReferralState.NOT_ACCEPTED: "Not accepted",
    ReferralState.WITHDRAWN: "Withdrawn",
}
DIRECTORY, IN_WORDS, NOWHERE = "A service of the directory", "Elsewhere, in words", "Nowhere recorded"
YEAR = timedelta(days=366)


def build_demand(window: Window) -> Section:
    """Babies referred, each once with the newest referral of the period."""
    babies = take_once(load_named_babies(window.within("received_at") & window.at_sites()))
    returned = _count_returned(babies)
    whole = Whole(
        "referred",
        "Babies referred",
        len(babies),
        (
            divide(
                "Entry point",
                EntryPoint.labels,
                [EntryPoint(each.facts["referral__entry_point"]).label for each in babies],
                chart=True,
            ),
            divide("Source of referral", _list_sources(), [_get_source(each) for each in babies]),
            divide_places([_get_place(each) for each in babies]),
            divide("Age at referral", AGE_LABELS, [each.age_band for each in babies], chart=True),
            divide_yes(
                "Return", "Referred again within a year of an ending", "Not so", returned, len(babies)
            ),
        ),
        (
            Share(
                "Referred again within a year of an ending",
                "Return",
                ("Referred again within a year of an ending",),
            ),
        ),
    )
    return Section(
        "demand",
        "Demand",
        "Babies with a referral received in the period, by the newest: how it came, who sent it, where the family "
        "lives, and how old the baby was that day.",
        (whole,),
    )


def divide_places(places: Sequence[str]) -> Division:
    """By district; joined into the large Places where districts are too small (as the equity report joins them)."""
    ladder = load_place_ladder()
    return divide("place", list(ladder[0]), places, ladder=ladder, chart=True)


def load_place_ladder() -> Ladder:
    """The equity report's own groupings of districts, from fine to coarse."""
    return [grouping.members for grouping in build_ladders(load_districts(timezone.localdate()))["place"]]


def _get_place(baby: NamedBaby) -> str:
    assumed = baby.facts["referral__place_assumed"]
    return PLACE_UNKNOWN_NAME if assumed else str(baby.facts["referral__place__name"])


def _list_sources() -> list[str]:
    return [words for _, words in SOURCES]


def _get_source(baby: NamedBaby) -> str:
    return dict(SOURCES).get(baby.facts["referral__source_code"], OTHER_SOURCE)


def _count_returned(babies: Sequence[NamedBaby]) -> int:
    """Those of whom an episode ended within the twelve months before their referral."""
    if not babies:
        return 0
    days = {each.child: timezone.localdate(each.received) for each in babies}
    endings = _load_endings(min(days.values()) - YEAR, max(days.values()))
    return len(
        {child for child, ended in endings if child in days and is_return(ended=ended, received=days[child])}
    )


def _load_endings(first: date, last: date) -> list[tuple]:
    """(child, day) of each baby in focus of an episode that ended between these days."""
    children = load_children_by_record()
    ended = select_counted(Episode.objects.all()).filter(ended_on__range=(first, last))
    rows = ended.filter(focus__in=select_counted(Dyad.objects.all())).values_list(
        "focus__infant_id", "ended_on"
    )
    return [(children.get(infant, infant), day) for infant, day in rows]


# ---------------------------------------------------------------- decisions
def build_decisions(window: Window) -> Section:
    """Babies whose referral was decided, each once for each decision; and where those not accepted were pointed."""
    decided = window.within("decided_at") & window.at_sites() & Q(status__in=DECISIONS)
    babies = take_once(load_named_babies(decided), "referral__status")
    by_state = Counter(each.facts["referral__status"] for each in babies)
    accepted = [each for each in babies if each.facts["referral__status"] == ReferralState.ACCEPTED]
    refused = [each for each in babies if each.facts["referral__status"] == ReferralState.NOT_ACCEPTED]
    decisions = Whole(
        "decided",
        "Babies whose referral was decided",
        len(babies),
        (Division("Decision", {words: by_state[state] for state, words in DECISIONS.items()}, chart=True),),
        (
            Share(
                "Accepted, of those accepted or not accepted",
                "Decision",
                ("Accepted",),
                ("Accepted", "Not accepted"),
            ),
        ),
    )
    return Section(
        "decisions",
        "Decisions",
        "Babies whose referral was decided in the period, whenever it was received. The reason for not accepting is "
        "written for the family in words and is not coded: where the family was pointed is counted instead.",
        (decisions, _count_accepted(accepted), _count_pointed(refused)),
    )


def _count_accepted(babies: Sequence[NamedBaby]) -> Whole:
    together = sum(bool(each.facts["referral__first_visit_together"]) for each in babies)
    kinds = [
        ReferralResponse(each.facts["referral__response"] or ReferralResponse.DIRECT).label for each in babies
    ]
    return Whole(
        "accepted",
        "Babies accepted",
        len(babies),
        (
            divide("Response", [ReferralResponse.DIRECT.label, ReferralResponse.JOINT.label], kinds),
            divide_yes("Referrer", "The referrer joins the first visit", "Not so", together, len(babies)),
        ),
    )


def _count_pointed(babies: Sequence[NamedBaby]) -> Whole:
    pointed = _load_destinations({each.referral for each in babies})
    found = [pointed.get(each.referral, NOWHERE) for each in babies]
    return Whole(
        "not_accepted",
        "Babies not accepted",
        len(babies),
        (divide("Where the family was pointed", [DIRECTORY, IN_WORDS, NOWHERE], found),),
    )


def _load_destinations(referrals: Iterable) -> dict:
    """{referral: where the step that did not accept it pointed the family}."""
    steps = ReferralStatus.objects.valid().filter(referral__in=referrals, status=ReferralState.NOT_ACCEPTED)
    rows = steps.order_by("at").values_list("referral_id", "destination", "destinations")
    found: dict = {}
    for referral, words, listed in rows:
        found[referral] = DIRECTORY if listed else IN_WORDS if words else NOWHERE
    return found
