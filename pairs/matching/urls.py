"""Addresses of search, duplicates and merging."""

from django.urls import URLPattern, path

from pairs.service.lazy_views import lazy_views

duplicates_api = lazy_views("pairs.matching.api.duplicates")
duplicates = lazy_views("pairs.matching.views.duplicates")
merges = lazy_views("pairs.matching.views.merges")

urlpatterns: list[URLPattern] = [
    path("duplicates/", duplicates.duplicates, name="duplicates"),
    path("infants/<uuid:infant_id>/duplicates/", duplicates.infant_duplicates, name="infant-duplicates"),
    path(
        "caregivers/<uuid:caregiver_id>/duplicates/",
        duplicates.caregiver_duplicates,
        name="caregiver-duplicates",
    ),
    path("infants/<uuid:infant_id>/merge/", merges.merge_infant, name="merge-infant"),
    path("caregivers/<uuid:caregiver_id>/merge/", merges.merge_caregiver, name="merge-caregiver"),
    path("merges/", merges.merges, name="merges"),
    path("merges/<uuid:merge_id>/", merges.merge, name="merge"),
]
api_patterns: list[URLPattern] = [
    path("duplicates/", duplicates_api.duplicates, name="api-duplicates"),
    path(
        "infants/<uuid:infant_id>/not-the-same/",
        duplicates_api.infant_not_the_same,
        name="api-infant-not-the-same",
    ),
    path(
        "caregivers/<uuid:caregiver_id>/not-the-same/",
        duplicates_api.caregiver_not_the_same,
        name="api-caregiver-not-the-same",
    ),
    path("infants/<uuid:infant_id>/merges/", duplicates_api.merge_infant, name="api-infant-merges"),
    path(
        "caregivers/<uuid:caregiver_id>/merges/", duplicates_api.merge_caregiver, name="api-caregiver-merges"
    ),
    path("merges/<uuid:merge_id>/", duplicates_api.merge, name="api-merge"),
    path("merges/<uuid:merge_id>/undoing/", duplicates_api.undo_merge, name="api-merge-undoing"),
]
