"""Each indicator of the service report, declared once: what it counts, of what, by which date, and from where.

They have the shape of the equity report's (`reporting.evidence.definitions.Indicator`). `table` is the title of the
section that shows it, `shows` the name of the whole it is read from. Page, PDF, CSV and API show them.
"""

from referrals.rules.clocks import FOUR_WEEK_LIMIT_DAYS
from reporting.evidence.definitions import BABIES, NHS_MEASURE, OWN_DEFINITION, Indicator

# New definitions make new reports beside the old ones: raise this when the meaning of any figure changes.
DEFINITIONS_VERSION = 1

ERRORS = "Records entered in error; the second copy of a record that was merged."
NO_ERRORS = ERRORS[0].lower() + ERRORS[1:]
CARERS_OWN = "Referrals of a carer for themselves; " + NO_ERRORS
EPISODES, CONTACTS, PAIRS, GOALS, STAFF, POSTS = (
    "episodes", "contacts", "pairs of measures", "goals", "agreements and sessions of staff",
    "whole-time equivalents",
)  # fmt: skip
BY_RECEIPT, BY_DECISION, BY_CONTACT = (
    "day the referral was received",
    "day of the decision",
    "day of the contact",
)
BY_ENDING, ON_LAST_DAY = "day of the ending", "last day of the period"
FOUNDATION = "Parent-Infant Foundation"
STRATEGY = (
    "Mental health for infants and children aged 0-5: a strategy for Lancashire and South Cumbria, March 2025"
)

INDICATORS = (
    Indicator(
        "Demand", "Demand", "referred",
        "Babies with a referral received in the period, by entry point, source, place and age.", "",
        BY_RECEIPT, ERRORS, BABIES, OWN_DEFINITION,
    ),
    Indicator(
        "Return within a year", "Demand", "referred",
        "Babies referred within twelve months after an episode of theirs ended.", "Babies referred.",
        BY_RECEIPT, ERRORS, BABIES, OWN_DEFINITION,
    ),
    Indicator(
        "Decisions", "Decisions", "decided",
        "Babies whose referral was accepted, answered by a consultation, not accepted or withdrawn; a baby with two "
        "decisions is in both.", "Babies accepted or not accepted, for the share accepted.",
        BY_DECISION, "Referrals still open; " + NO_ERRORS, BABIES,
        f"{NHS_MEASURE}: referral rejected; the share is this service’s own",
    ),
    Indicator(
        "First contact", "Waiting times", "first_contact",
        f"Babies whose first contact came within {FOUR_WEEK_LIMIT_DAYS} days of the referral: an attended direct "
        "contact, or indirect activity.", "Babies whose first contact after a referral was in the period.",
        BY_CONTACT, CARERS_OWN, BABIES, f"{NHS_MEASURE}: first contact, direct or indirect (MHS204)",
    ),
    Indicator(
        "National four-week measure", "Waiting times", "four_weeks",
        f"Clocks that stopped within {FOUR_WEEK_LIMIT_DAYS} days, at the latest of a first contact, a first measure of "
        "the national list and a plan agreed or an intervention with a national code.",
        "Clocks that stopped in the period.", "day of the last of the three steps",
        "Spells that began before the birth, until the baby has a referral of their own; " + NO_ERRORS,
        "people in a spell", "NHS England, mental-health-monthly-statistics at 7b4d7421, 4w_waits_prep",
    ),
    Indicator(
        "Still waiting", "Waiting times", "waiting",
        "Babies, and carers referred for themselves, without a first contact, by how long they have waited: up to 4, "
        "12 and 18 weeks, and longer.", "", ON_LAST_DAY, ERRORS, "people in a spell",
        f"{NHS_MEASURE}: incomplete pathways",
    ),
    Indicator(
        "Caseload", "Caseload", "caseload",
        "Episodes open on the last day, by site, THRIVE grouping, when last seen, and safeguarding status in the "
        "family; those begun and ended.", "", ON_LAST_DAY, ERRORS, EPISODES, OWN_DEFINITION,
    ),
    Indicator(
        "Contacts by mode and attendance", "Contacts", "contacts",
        "Contacts with families by how, where and whether anyone was seen.", "Contacts, for the share attended.",
        BY_CONTACT, "Messages and liaison, which are counted apart; " + NO_ERRORS, CONTACTS,
        "NHS Data Dictionary: CONSULTATION MECHANISM, ACTIVITY LOCATION TYPE, ATTENDED OR DID NOT ATTEND",
    ),
    Indicator(
        "Not brought", "Contacts", "baby_attendances",
        "Attendances where the baby was not brought.", "Attendances of babies that no one cancelled.",
        BY_CONTACT, "Cancelled attendances; " + NO_ERRORS, "attendances",
        "NHS Data Dictionary, ATTENDED OR DID NOT ATTEND: 3 of 5, 6, 7 and 3",
    ),
    Indicator(
        "Baby seen at contacts", "Contacts", "after_birth",
        "Attended contacts at which the baby was seen.", "Attended contacts on a day when a baby in focus was born.",
        BY_CONTACT, ERRORS, CONTACTS, OWN_DEFINITION,
    ),
    Indicator(
        "Fathers and partners", "Contacts", "worked",
        "Families where a father or a parent’s partner was seen at least once.", "Episodes with an attended contact.",
        BY_CONTACT, ERRORS, EPISODES, OWN_DEFINITION,
    ),
    Indicator(
        "Babies seen", "Babies seen", "seen",
        "Babies with at least one attended direct contact.", "", BY_CONTACT, CARERS_OWN, BABIES,
        f"{NHS_MEASURE}: access, as in MHS95",
    ),
    Indicator(
        "Interventions", "Interventions", "uses_open",
        "Interventions begun, in use, and waited for, by name.", "", "day it began; last day of the period",
        ERRORS, "interventions of an episode", OWN_DEFINITION,
    ),
    Indicator(
        "Groups", "Groups", "register",
        "Families of whom anyone was seen at a group session.", "Families on the register of a session that was held.",
        "day of the session", "Sessions that were cancelled; " + NO_ERRORS,
        "families at a session", OWN_DEFINITION,
    ),
    Indicator(
        "Peer support", "Peer support", "peer_logs",
        "Contacts in the log of a peer supporter; families linked on the last day.", "", BY_CONTACT, ERRORS,
        "entries of a log", OWN_DEFINITION,
    ),
    Indicator(
        "Endings by national group", "Endings", "ended",
        "Babies whose episode ended, by reason; planned or sooner than planned.", "", BY_ENDING, CARERS_OWN, BABIES,
        "NHS Data Dictionary, referral closure reason",
    ),
    Indicator(
        "Pair rate", "Outcomes", "ended_by_pair",
        "Babies with a relationship measure at both ends, by the same person about the same relationship.",
        "Babies whose episode ended after two or more contacts, without those for whom no core measure fits.",
        BY_ENDING, CARERS_OWN, BABIES, f"{NHS_MEASURE}: paired outcome measures",
    ),
    Indicator(
        "Change", "Outcomes", "pairs",
        "Mean change between the first and the last of a pair, with its 95 % limits (Student’s t); pairs that are "
        "reliably better, not reliably changed and reliably worse where a threshold is published, and better, the "
        "same and worse elsewhere.", "Pairs of that measure in episodes that ended.", BY_ENDING, ERRORS, PAIRS,
        "Thresholds: NHS England, as each measure’s page names them",
    ),
    Indicator(
        "Goals", "Goals", "goals",
        "Goals that moved three points or more nearer.", "Goals in their last wording that were rated twice or more.",
        BY_ENDING, "Goals that were reworded; " + NO_ERRORS, GOALS,
        "NHS England reliable-change threshold of 3 points a goal",
    ),
    Indicator(
        "Experience", "Family feedback", "experience",
        "Answers to the service’s four questions.", "Answers of the site in those quarters.",
        "quarter of the answer", "Quarters with fewer than five answers.", "answers", OWN_DEFINITION,
    ),
    Indicator(
        "Consultation", "Consultation", "consultations",
        "Consultations that were held, and the professionals who took part.", "", "day of the consultation", ERRORS,
        "consultations; professionals", OWN_DEFINITION,
    ),
    Indicator(
        "Training", "Training delivered", "training",
        "Sessions held and professionals trained.", "The workforce of a district, where its number is recorded.",
        "day of the session", ERRORS, "sessions; professionals", OWN_DEFINITION,
    ),
    Indicator(
        "Supervision", "Supervision", "supervision",
        "Sessions held in the twelve weeks before the last day, no more of each agreement than were due.",
        "Sessions due then: weekly in the first three years with under-twos, every two weeks after, pro rata, or as "
        "agreed.", ON_LAST_DAY, "Absences.", STAFF, f"{FOUNDATION}, self-audit tool",
    ),
    Indicator(
        "Staffing", "Workforce", "staffing",
        "Whole-time equivalents funded, filled and vacant.", "The planned and the recommended establishment.",
        ON_LAST_DAY, "Posts that are only planned.", POSTS, STRATEGY,
    ),
    Indicator(
        "Capacity", "Capacity", "capacity",
        "Whole-time equivalents with direct work, times the contacts a week that the service has set.", "",
        ON_LAST_DAY, "Posts without direct work.", POSTS, OWN_DEFINITION,
    ),
    Indicator(
        "Reach against need", "Reach against need", "seen",
        "Babies seen in the last complete financial year, rounded.",
        "Children aged 0 to 4 of the district; of these, the percentage that is recorded as the need, 5 % unless "
        "another is.", BY_CONTACT, CARERS_OWN, BABIES, f"{FOUNDATION}; populations as their source is named",
    ),
    Indicator(
        "Plan to 2030", "Plan to 2030", "plan",
        "Whole-time equivalents that recorded posts will have funded; sites that are to open.",
        "The planned establishment.", "end of each financial year", "Posts without a date.", POSTS, STRATEGY,
    ),
)  # fmt: skip


def describe_indicators() -> list[dict[str, object]]:
    """[{heading, section, facts: {what is said: the words}}], for the page, the paper, the CSV and the API."""
    return [{"heading": each.heading, "section": each.table, "facts": each.describe()} for each in INDICATORS]
