"""Addresses of the village, sharing agreements and letters."""

from django.urls import path

from pairs.service.lazy_views import lazy_views

api_letters = lazy_views("pairs.village.api.letters")
api_people = lazy_views("pairs.village.api.people")
api_sharing = lazy_views("pairs.village.api.sharing")
letters = lazy_views("pairs.village.views.letters")
members = lazy_views("pairs.village.views.members")
sharing = lazy_views("pairs.village.views.sharing")

urlpatterns = [
    path("families/<uuid:family_id>/village/", members.village, name="village"),
    path(
        "families/<uuid:family_id>/new-village-member/", members.new_village_member, name="new-village-member"
    ),
    path("village-members/<uuid:member_id>/", members.village_member, name="village-member"),
    path("village-members/<uuid:member_id>/end/", members.end_village_member, name="end-village-member"),
    path("infants/<uuid:infant_id>/village-map/", members.village_map, name="village-map"),
    path("families/<uuid:family_id>/sharing/", sharing.sharing, name="sharing"),
    path(
        "families/<uuid:family_id>/new-sharing-agreement/",
        sharing.new_sharing_agreement,
        name="new-sharing-agreement",
    ),
    path(
        "sharing-agreements/<uuid:agreement_id>/withdrawal/",
        sharing.withdraw_agreement,
        name="withdraw-agreement",
    ),
    path(
        "families/<uuid:family_id>/new-disclosure-limit/",
        sharing.new_disclosure_limit,
        name="new-disclosure-limit",
    ),
    path("disclosure-limits/<uuid:limit_id>/end/", sharing.end_disclosure_limit, name="end-disclosure-limit"),
    path("families/<uuid:family_id>/letters/", letters.letters, name="letters"),
    path("families/<uuid:family_id>/new-letter/", letters.new_letter, name="new-letter"),
    path("letters/<uuid:letter_id>/", letters.letter, name="letter"),
    path("letters/<uuid:letter_id>/print/", letters.letter_print, name="letter-print"),
    path("letters/<uuid:letter_id>/pdf/", letters.letter_pdf, name="letter-pdf"),
    path("letters/<uuid:letter_id>/progress/", letters.letter_progress, name="letter-progress"),
    path("letters/<uuid:letter_id>/sending/", letters.letter_sending, name="letter-sending"),
]
api_patterns = [
    path("families/<uuid:family_id>/village/", api_people.members, name="api-village"),
    path("village-members/<uuid:member_id>/", api_people.member, name="api-village-member"),
    path("families/<uuid:family_id>/sharing-agreements/", api_sharing.agreements, name="api-agreements"),
    path("sharing-agreements/<uuid:agreement_id>/withdrawal/", api_sharing.withdrawal, name="api-withdrawal"),
    path("families/<uuid:family_id>/disclosure-limits/", api_sharing.limits, name="api-limits"),
    path("disclosure-limits/<uuid:limit_id>/end/", api_sharing.limit_end, name="api-limit-end"),
    path("families/<uuid:family_id>/letters/", api_letters.letters, name="api-letters"),
    path("letters/<uuid:letter_id>/", api_letters.letter, name="api-letter"),
    path("letters/<uuid:letter_id>/paper/", api_letters.paper, name="api-letter-paper"),
    path("letters/<uuid:letter_id>/pdf/", api_letters.letter_pdf, name="api-letter-pdf"),
    path("letters/<uuid:letter_id>/sending/", api_letters.sending, name="api-letter-sending"),
]
