"""The staffing model that a new service starts with, carried over figure by figure; a service may change it.

Source: Mental Health for infants and children aged 0-5 years old: a strategy for Lancashire and South Cumbria, March
2025. Table 4 has the posts; its recommended column is the Parent-Infant Foundation's model for Lancashire and South
Cumbria, as that table gives it. Table 5 has the years in which sites are to be established.
"""

from decimal import Decimal

from interventions.posts.choices import Band, StaffGroup

SOURCE = "Lancashire and South Cumbria 0-5 mental health strategy, March 2025, Table 4"
SITES_SOURCE = "Lancashire and South Cumbria 0-5 mental health strategy, March 2025, Table 5"
PLAN_YEAR = 2030

# role group, band, whole-time equivalents: at the start, additional by 2030, recommended
STAFFING_MODEL = [
    (StaffGroup.CONSULTANT_PSYCHOLOGIST, Band.BAND_8C, Decimal("0.50"), Decimal("0"), Decimal("2.06")),
    (StaffGroup.PSYCHOLOGIST, Band.BAND_8B, Decimal("0"), Decimal("0.60"), Decimal("6.25")),
    (StaffGroup.PSYCHOLOGIST, Band.BAND_8A, Decimal("0.50"), Decimal("1.60"), Decimal("0")),
    (StaffGroup.SERVICE_MANAGER, Band.BAND_8A, Decimal("1.00"), Decimal("0"), Decimal("0")),
    (StaffGroup.THERAPIST, Band.BAND_7, Decimal("2.56"), Decimal("0"), Decimal("18.75")),
    (StaffGroup.PRACTITIONER, Band.BAND_7, Decimal("0"), Decimal("8.00"), Decimal("6.25")),
    (StaffGroup.ASSISTANT, Band.BAND_4, Decimal("0"), Decimal("1.00"), Decimal("0")),
    (StaffGroup.PEER_SUPPORT, Band.BAND_4, Decimal("0"), Decimal("0"), Decimal("6.25")),
    (StaffGroup.ADMINISTRATION, Band.BAND_4, Decimal("0.80"), Decimal("0.80"), Decimal("6.25")),
]
# Code of a site → the financial year in which the strategy expects it to be established.
SITE_PHASES = {
    "blackburn-with-darwen": "2025/26",
    "hyndburn": "2026/27",
    "preston": "2027/28",
    "barrow-in-furness": "2028/29",
}
