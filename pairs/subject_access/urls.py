"""Addresses of subject access."""

from django.urls import path

from pairs.documents.paths import build_document_paths
from pairs.web.lazy_views import lazy_views, record_paths

api = lazy_views("pairs.subject_access.api")
sealed = lazy_views("pairs.subject_access.sealed_views")
copies = lazy_views("pairs.subject_access.copy_views")
views = lazy_views("pairs.subject_access.views")

BUNDLE = "subject-access/copies/<uuid:bundle_id>/"
urlpatterns = [
    path("families/<uuid:family_id>/subject-access/", views.RecordRequestPage, name="new-subject-access"),
    path("subject-access/", views.list_requests, name="subject-access"),
    record_paths(
        "subject-access/<uuid:subject_access_id>/",
        path("", views.show_request, name="subject-access-request"),
        path("identity/", views.IdentityPage, name="subject-access-identity"),
        path("extension/", views.ExtendRequestPage, name="extend-subject-access"),
        path("end/", views.CloseRequestPage, name="close-subject-access"),
        path("gather/", copies.GatherEntriesPage, name="gather-entries"),
        path("gather/progress/", views.show_gathering, name="gather-entries-progress"),
        path("harm/", copies.AskForHarmViewPage, name="ask-for-harm-view"),
        path("copy/", copies.MakeBundlePage, name="make-bundle"),
    ),
    path("subject-access/checks/<uuid:disclosure_check_id>/", views.AnswerCheckPage, name="disclosure-check"),
    record_paths(
        "subject-access/entries/<uuid:bundle_entry_id>/",
        path("", copies.DecideEntryPage, name="bundle-entry"),
        path("section/", copies.DecideSectionPage, name="bundle-section"),
    ),
    path("subject-access/harm/<uuid:harm_view_id>/", copies.GiveHarmViewPage, name="harm-view"),
    path(BUNDLE, copies.show_bundle, name="bundle"),
    *build_document_paths(BUNDLE, "bundle", "pairs.subject_access.documents.BUNDLE", printed=False),
    path(f"{BUNDLE}json/", copies.download_json, name="bundle-json"),
    path(f"{BUNDLE}hand-over/", copies.HandOverPage, name="hand-over-bundle"),
    path("adoptions/<uuid:adoption_id>/reading/", sealed.AskForSealedReadingPage, name="new-sealed-reading"),
    path("sealed-readings/", sealed.list_sealed_readings, name="sealed-readings"),
    record_paths(
        "sealed-readings/<uuid:sealed_reading_id>/",
        path("", sealed.SealedReadingPage, name="sealed-reading"),
        path("record/", sealed.read_sealed_record, name="read-sealed-record"),
    ),
]
api_patterns = [
    path("subject-access/", api.SubjectAccessList, name="api-subject-access"),
    path(
        "subject-access/<uuid:subject_access_id>/",
        api.SubjectAccessDetail,
        name="api-subject-access-request",
    ),
]
