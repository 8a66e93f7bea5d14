"""Addresses of the village, sharing agreements and letters."""

from django.urls import path

from pairs.web.lazy_views import lazy_views

api_letters = lazy_views("pairs.village.api.letters")
api_people = lazy_views("pairs.village.api.people")
api_sharing = lazy_views("pairs.village.api.sharing")
letters = lazy_views("pairs.village.views.letters")
members = lazy_views("pairs.village.views.members")
sharing = lazy_views("pairs.village.views.sharing")

urlpatterns = [
    path("families/<uuid:family_id>/village/", members.show_village, name="village"),
    path("families/<uuid:family_id>/new-village-member/", members.AddMemberPage, name="new-village-member"),
    path("village-members/<uuid:member_id>/", members.EditMemberPage, name="village-member"),
    path("village-members/<uuid:member_id>/end/", members.EndMemberPage, name="end-village-member"),
    path("infants/<uuid:infant_id>/village-map/", members.show_village_map, name="village-map"),
    path("families/<uuid:family_id>/sharing/", sharing.show_sharing, name="sharing"),
    path(
        "families/<uuid:family_id>/new-sharing-agreement/",
        sharing.AddAgreementPage,
        name="new-sharing-agreement",
    ),
    path(
        "sharing-agreements/<uuid:agreement_id>/withdraw/",
        sharing.WithdrawAgreementPage,
        name="withdraw-agreement",
    ),
    path(
        "families/<uuid:family_id>/new-disclosure-limit/",
        sharing.AddLimitPage,
        name="new-disclosure-limit",
    ),
    path("disclosure-limits/<uuid:limit_id>/end/", sharing.EndLimitPage, name="end-disclosure-limit"),
    path("families/<uuid:family_id>/letters/", letters.list_letters, name="letters"),
    path("families/<uuid:family_id>/new-letter/", letters.BeginLetterPage, name="new-letter"),
    path("letters/<uuid:letter_id>/", letters.LetterPage, name="letter"),
    path("letters/<uuid:letter_id>/print/", letters.show_printable_letter, name="letter-print"),
    path("letters/<uuid:letter_id>/pdf/", letters.request_or_download_pdf, name="letter-pdf"),
    path("letters/<uuid:letter_id>/progress/", letters.show_letter_progress, name="letter-progress"),
    path("letters/<uuid:letter_id>/send/", letters.RecordSendingPage, name="letter-sending"),
]
api_patterns = [
    path("families/<uuid:family_id>/village/", api_people.VillageMemberList, name="api-village"),
    path("village-members/<uuid:member_id>/", api_people.VillageMemberDetail, name="api-village-member"),
    path(
        "families/<uuid:family_id>/sharing-agreements/",
        api_sharing.SharingAgreementList,
        name="api-agreements",
    ),
    path(
        "sharing-agreements/<uuid:agreement_id>/withdraw/",
        api_sharing.AgreementWithdrawal,
        name="api-withdrawal",
    ),
    path("families/<uuid:family_id>/disclosure-limits/", api_sharing.DisclosureLimitList, name="api-limits"),
    path("disclosure-limits/<uuid:limit_id>/end/", api_sharing.DisclosureLimitEnding, name="api-limit-end"),
    path("families/<uuid:family_id>/letters/", api_letters.LetterList, name="api-letters"),
    path("letters/<uuid:letter_id>/", api_letters.LetterDetail, name="api-letter"),
    path("letters/<uuid:letter_id>/paper/", api_letters.PrintedLetter, name="api-letter-paper"),
    path("letters/<uuid:letter_id>/pdf/", api_letters.LetterPdf, name="api-letter-pdf"),
    path("letters/<uuid:letter_id>/send/", api_letters.LetterSending, name="api-letter-sending"),
]
