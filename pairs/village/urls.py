"""Addresses of the village, sharing agreements and letters."""

from django.urls import path

from pairs.documents.paths import build_document_api_path, build_document_paths
from pairs.web.lazy_views import lazy_views, record_paths

api_letters = lazy_views("pairs.village.api.letters")
api_people = lazy_views("pairs.village.api.people")
api_sharing = lazy_views("pairs.village.api.sharing")
letters = lazy_views("pairs.village.views.letters")
members = lazy_views("pairs.village.views.members")
sharing = lazy_views("pairs.village.views.sharing")

urlpatterns = [
    record_paths(
        "families/<uuid:family_id>/",
        path("village/", members.show_village, name="village"),
        path("new-village-member/", members.AddMemberPage, name="new-village-member"),
        path("sharing/", sharing.show_sharing, name="sharing"),
        path("new-sharing-agreement/", sharing.AddAgreementPage, name="new-sharing-agreement"),
        path("new-disclosure-limit/", sharing.AddLimitPage, name="new-disclosure-limit"),
        path("letters/", letters.list_letters, name="letters"),
        path("new-letter/", letters.BeginLetterPage, name="new-letter"),
    ),
    path("village-members/<uuid:member_id>/", members.EditMemberPage, name="village-member"),
    path("village-members/<uuid:member_id>/end/", members.EndMemberPage, name="end-village-member"),
    path("infants/<uuid:infant_id>/village-map/", members.show_village_map, name="village-map"),
    path(
        "sharing-agreements/<uuid:agreement_id>/withdraw/",
        sharing.WithdrawAgreementPage,
        name="withdraw-agreement",
    ),
    path("disclosure-limits/<uuid:limit_id>/end/", sharing.EndLimitPage, name="end-disclosure-limit"),
    path("letters/<uuid:letter_id>/", letters.LetterPage, name="letter"),
    path("letters/<uuid:letter_id>/send/", letters.RecordSendingPage, name="letter-sending"),
    *build_document_paths("letters/<uuid:letter_id>/", "letter", "pairs.village.documents.LETTER"),
]
api_patterns = [
    record_paths(
        "families/<uuid:family_id>/",
        path("village/", api_people.VillageMemberList, name="api-village"),
        path("sharing-agreements/", api_sharing.SharingAgreementList, name="api-agreements"),
        path("disclosure-limits/", api_sharing.DisclosureLimitList, name="api-limits"),
        path("letters/", api_letters.LetterList, name="api-letters"),
    ),
    path("village-members/<uuid:member_id>/", api_people.VillageMemberDetail, name="api-village-member"),
    path(
        "sharing-agreements/<uuid:agreement_id>/withdraw/",
        api_sharing.AgreementWithdrawal,
        name="api-withdrawal",
    ),
    path("disclosure-limits/<uuid:limit_id>/end/", api_sharing.DisclosureLimitEnding, name="api-limit-end"),
    path("letters/<uuid:letter_id>/", api_letters.LetterDetail, name="api-letter"),
    path("letters/<uuid:letter_id>/paper/", api_letters.PrintedLetter, name="api-letter-paper"),
    path("letters/<uuid:letter_id>/send/", api_letters.LetterSending, name="api-letter-sending"),
    build_document_api_path("letters/<uuid:letter_id>/", "letter", "pairs.village.documents.LETTER"),
]
