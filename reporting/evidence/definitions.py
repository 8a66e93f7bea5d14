"""Each indicator of the report, declared once: what it counts, of what, by which date, without whom, and from where.

Screen, PDF, CSV and API show these records and compute by them; the version is rules.DEFINITIONS_VERSION.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from referrals.rules.clocks import FOUR_WEEK_LIMIT_DAYS

UNIT = (
    "Figures count babies, born and unborn: twins are two, and a baby is counted once a period, with the newest "
    "referral. Attendances are the exception: each expected attendance of a baby counts."
)
PERIODS = (
    "Periods are fixed: a calendar month, the last complete quarter (January to March and so on) and the last "
    "complete financial year (April to March) when the month ended. Referrals are counted by the day they were "
    "received, decisions by the day they were made, contacts by their day, endings by the day of the ending."
)
BREAKDOWNS = (
    "Place is the district of the referral; if not stated it is “not known”, whichever site took the "
    "referral. Ethnic group is the baby's recorded category in the five groups of the Census 2021 (Chinese "
    "is in Asian). Deprivation is the national quintile of the address at referral. “Not stated” (asked, "
    "and preferred not to say) and “not known” have rows of their own where there are enough, and are never shared "
    "out among the groups."
)
BABIES, ATTENDANCES, DAYS = "babies", "attendances", "days"
OF_FIRST_CONTACTS = "Babies whose first contact after a referral was in the period."
BY_CONTACT, BY_ENDING = "day of the contact", "day of the ending"
CARERS_OWN = "Referrals of a carer for themselves; records entered in error."
NHS_MEASURE = "NHS England, Mental Health Services Data Set (MHSDS)"
OWN_DEFINITION = "This service’s own definition"


@dataclass(frozen=True)
class Indicator:
    """One figure of the report.

    `shows` is the name of a count (`indicators.COUNT_NAMES`), a pair of them (part, whole) for a share, or `WAIT`
    for the median. `table` is the heading of the tables it stands in.
    """

    heading: str
    table: str
    shows: str | tuple[str, str]
    numerator: str
    denominator: str
    dated_by: str
    left_out: str
    unit: str
    source: str

    def describe(self) -> dict[str, str]:
        """What it means, for people: {what is said: the words}."""
        return {
            "Counts": self.numerator,
            "Of": self.denominator or "–",
            "Dated by": self.dated_by,
            "Leaves out": self.left_out,
            "Unit": self.unit,
            "Source": self.source,
        }


WAIT = "wait"
FIRST_STEPS, LAST_STEPS = "From referral to first contact", "Attendance and endings"
WAIT_HEADING = "Median wait"
WITHIN_LIMIT_HEADING = f"In {FOUR_WEEK_LIMIT_DAYS} days"

INDICATORS = (
    Indicator(
        "Referred", FIRST_STEPS, "referred",
        "Babies with a referral received in the period.", "",
        "day the referral was received", "Referrals entered in error.", BABIES, OWN_DEFINITION,
    ),
    Indicator(
        "Accepted", FIRST_STEPS, "accepted",
        "Babies whose referral was accepted in the period, whenever it was received.", "",
        "day of the decision", "Referrals entered in error.", BABIES, OWN_DEFINITION,
    ),
    Indicator(
        "Not accepted", FIRST_STEPS, "not_accepted",
        "Babies whose referral was decided in the period as not for the service now.", "",
        "day of the decision", "Referrals entered in error; those still open.", BABIES,
        f"{NHS_MEASURE}: referral rejected",
    ),
    Indicator(
        "Seen", FIRST_STEPS, "seen",
        "Babies with at least one attended direct contact in the period (face to face, telephone, video, or "
        "a talk type): the baby was seen, or, where only carers were expected, a carer was.", "",
        BY_CONTACT, CARERS_OWN, BABIES, f"{NHS_MEASURE}: access, as in MHS95",
    ),
    Indicator(
        "First contact", FIRST_STEPS, "first_contact",
        "Babies whose first contact after a referral was in the period, as the national measure counts it: an "
        "attended direct contact, or indirect activity (liaison with a colleague about the baby, a consultation that "
        "was held).", "",
        BY_CONTACT, CARERS_OWN, BABIES, f"{NHS_MEASURE}: first contact, direct or indirect (MHS204)",
    ),
    Indicator(
        WAIT_HEADING, FIRST_STEPS, WAIT,
        "The middle number of days from referral received to first contact.", OF_FIRST_CONTACTS,
        BY_CONTACT, CARERS_OWN, DAYS, OWN_DEFINITION,
    ),
    Indicator(
        WITHIN_LIMIT_HEADING, FIRST_STEPS, ("within_limit", "first_contact"),
        f"Those who had it within {FOUR_WEEK_LIMIT_DAYS} days of the referral.", OF_FIRST_CONTACTS,
        BY_CONTACT, CARERS_OWN, BABIES, "National four-week ambition; the clock as in MHSDS",
    ),
    Indicator(
        "Expected", LAST_STEPS, "expected",
        "Attendances of babies that were expected and not cancelled: attended, came late, or not brought.", "",
        BY_CONTACT, "Cancelled attendances; " + CARERS_OWN[0].lower() + CARERS_OWN[1:], ATTENDANCES,
        "NHS Data Dictionary, ATTENDED OR DID NOT ATTEND: 5, 6, 7 and 3",
    ),
    Indicator(
        "Not brought", LAST_STEPS, ("not_brought", "expected"),
        "Those where the baby was not brought.", "Attendances of babies that were expected and not cancelled.",
        BY_CONTACT, "Cancelled attendances; " + CARERS_OWN[0].lower() + CARERS_OWN[1:], ATTENDANCES,
        "NHS Data Dictionary, ATTENDED OR DID NOT ATTEND: 3 of 5, 6, 7 and 3",
    ),
    Indicator(
        "Ended", LAST_STEPS, "ended",
        "Babies whose episode ended in the period.", "", BY_ENDING, CARERS_OWN, BABIES, OWN_DEFINITION,
    ),
    Indicator(
        "2+ contacts", LAST_STEPS, "ended_engaged",
        "Babies whose episode ended in the period after two or more attended direct contacts.", "",
        BY_ENDING, CARERS_OWN, BABIES, f"{NHS_MEASURE}: two or more contacts, as in MHS69",
    ),
    Indicator(
        "None fits", LAST_STEPS, "ended_none_fits",
        "Of babies with two or more contacts, those of an age (unborn, or three and over) or with a loss for which "
        "the service's core has no measure that could have been completed twice.", "",
        BY_ENDING, CARERS_OWN, BABIES, OWN_DEFINITION,
    ),
    Indicator(
        "With a pair", LAST_STEPS, "ended_with_pair",
        "Of babies with two or more contacts, those with a relationship measure at both ends, by the same person "
        "about the same relationship: the first on or after the first contact, the last on or after the second.", "",
        BY_ENDING, CARERS_OWN, BABIES, f"{NHS_MEASURE}: paired outcome measures",
    ),
    Indicator(
        "Pair rate", LAST_STEPS, ("ended_with_pair", "ended_fitting"),
        "Babies with a pair.", "Babies whose episode ended after two or more contacts, without those for whom no core "
        "measure fits.",
        BY_ENDING, "Babies for whom no core measure fits; " + CARERS_OWN[0].lower() + CARERS_OWN[1:], BABIES,
        f"{NHS_MEASURE}: paired outcome measures",
    ),
)  # fmt: skip

# ---------------------------------------------------------------- the ladder of one year's babies
FOLLOWED_KIND = "year"  # of the periods whose babies are followed
LADDER_TABLE = "The ladder: the babies referred in the year, followed to its end"
AMONG_REFERRED = "Babies with a referral received in the year."
BY_END = "last day of the year"


def _make_step(
    heading: str, name: str, numerator: str, before: str, source: str = OWN_DEFINITION
) -> Indicator:
    return Indicator(heading, LADDER_TABLE, name, numerator, before, BY_END, CARERS_OWN, BABIES, source)


FOLLOWED_STEPS = (
    _make_step(
        "Accepted", "followed_accepted",
        "Those whose newest referral of the year was accepted.", AMONG_REFERRED,
    ),
    _make_step(
        "First contact", "followed_first_contact",
        "Those who then had a first contact, direct or indirect, after that referral.", "Babies at the step before.",
        f"{NHS_MEASURE}: first contact, direct or indirect (MHS204)",
    ),
    _make_step(
        "2+ contacts", "followed_engaged",
        "Those with two or more attended direct contacts in the work that followed.", "Babies at the step before.",
        f"{NHS_MEASURE}: two or more contacts, as in MHS69",
    ),
    _make_step(
        "Ended with a pair", "followed_with_pair",
        "Those whose work ended with a relationship measure at both ends.", "Babies at the step before.",
        f"{NHS_MEASURE}: paired outcome measures",
    ),
    _make_step(
        "Change can be judged", "followed_judged",
        "Those with a pair of any measure that has a published reliable change, or with a goal rated twice or more.",
        "Babies at the step before.",
    ),
    _make_step(
        "Better", "followed_better",
        "Those with a reliable improvement of a measure, or a goal nearer by three points or more, and nothing "
        "reliably worse.", "Babies at the step before.",
        "NHS England: paired outcomes, reliable change, goals by three points",
    ),
)  # fmt: skip
FOLLOWED_COUNTS = tuple(str(each.shows) for each in FOLLOWED_STEPS)

# What each count is called where it is named by itself, as in the line that says what is withheld.
COUNT_HEADINGS = {
    each.shows: each.heading for each in INDICATORS if isinstance(each.shows, str) and each.shows != WAIT
} | {
    "within_limit": WITHIN_LIMIT_HEADING,
    "not_brought": "Not brought",
    "ended_fitting": "A measure fits",
    **{str(each.shows): f"{each.heading}, of those referred in the year" for each in FOLLOWED_STEPS},
}

# What is known to be part of what, in every cell and period: every reader knows it too (part, whole).
NESTED_COUNTS = (
    ("within_limit", "first_contact"),
    ("not_brought", "expected"),
    ("ended_engaged", "ended"),
    ("ended_none_fits", "ended_engaged"),
    ("ended_fitting", "ended_engaged"),
    ("ended_with_pair", "ended_fitting"),
    *pairwise((*FOLLOWED_COUNTS[::-1], "referred")),
)
# (whole, its parts): nothing else is in it.
COUNTS_IN_PARTS = (("ended_engaged", ("ended_none_fits", "ended_fitting")),)
# Counted anew in each month, so that a quarter is the sum of its months. The others count babies once a period.
ADDITIVE_COUNTS = ("expected", "not_brought")

SOURCES = (
    "English Indices of Deprivation: Ministry of Housing, Communities and Local Government, Crown copyright.",
    "District names and Census 2021 ethnic groups: Office for National Statistics licensed under the Open "
    "Government Licence v3.0.",
    "Contains public sector information licensed under the Open Government Licence v3.0.",
)


def sort_facts(described: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """What `describe_indicators` gave, in its order again: a database keeps none in JSON."""
    order = list(INDICATORS[0].describe())
    return [
        {**each, "facts": {said: each["facts"][said] for said in order if said in each["facts"]}}
        for each in described
    ]


def list_indicators(table: str) -> list[Indicator]:
    return [each for each in INDICATORS if each.table == table]


def describe_indicators() -> list[dict[str, object]]:
    """[{heading, facts: {what is said: the words}}], for the page, the paper and the API."""
    ladder = [replace(each, heading=f"Ladder: {each.heading}") for each in FOLLOWED_STEPS]
    return [{"heading": each.heading, "facts": each.describe()} for each in (*INDICATORS, *ladder)]
