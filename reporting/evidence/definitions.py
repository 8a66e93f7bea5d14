"""What each figure of the report means, in the words printed with it; the version is rules.DEFINITIONS_VERSION."""

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
    "and preferred not to say) and “not known” have rows of their own and are never shared out."
)
# (column, what it means), in the order of the tables.
FIGURES = (
    ("Referred", "Babies with a referral received in the period."),
    ("Accepted", "Babies whose referral was accepted in the period, whenever it was received."),
    ("Not accepted", "Babies whose referral was decided in the period as not for the service now."),
    (
        "Seen",
        "Babies with at least one attended direct contact in the period (face to face, telephone, video, or "
        "a talk type): the baby was seen, or, where only carers were expected, a carer was.",
    ),
    (
        "First contact",
        "Babies whose first contact after a referral was in the period, as the national measure counts it: an attended "
        "direct contact, or indirect activity (liaison with a colleague about the baby, a consultation that was held).",
    ),
    (
        "Median wait",
        "Of the babies with a first contact: the middle number of days from referral received to it.",
    ),
    (
        f"In {FOUR_WEEK_LIMIT_DAYS} days",
        f"Of the babies with a first contact: those who had it within {FOUR_WEEK_LIMIT_DAYS} days of the referral.",
    ),
    (
        "Expected",
        "Attendances of babies that were expected and not cancelled: attended, came late, or not brought.",
    ),
    ("Not brought", "Of the expected attendances: those where the baby was not brought."),
    ("Ended", "Babies whose episode ended in the period."),
    ("2+ contacts", "Of these: babies whose episode had two or more attended direct contacts."),
    (
        "None fits",
        "Of these: babies of an age (unborn, or three and over) or with a loss for which the service's core has no "
        "measure that could have been completed twice. They are left out of the pair rate.",
    ),
    (
        "With a pair",
        "Of those with two or more contacts: babies with a relationship measure at both ends, by the same person about "
        "the same relationship: the first on or after the first contact, the last on or after the second.",
    ),
    (
        "Pair rate",
        "Babies with a pair out of those with two or more contacts, without those for whom no core measure fits.",
    ),
)
SOURCES = (
    "English Indices of Deprivation: Ministry of Housing, Communities and Local Government, Crown copyright.",
    "District names and Census 2021 ethnic groups: Office for National Statistics licensed under the Open "
    "Government Licence v3.0.",
    "Contains public sector information licensed under the Open Government Licence v3.0.",
)
