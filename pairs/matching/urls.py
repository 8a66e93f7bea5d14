"""Addresses of search, duplicates and merging."""

from django.urls import URLPattern, path

from pairs.web.lazy_views import lazy_views

duplicates_api = lazy_views("pairs.matching.api.duplicates")
duplicates = lazy_views("pairs.matching.views.duplicates")
merges = lazy_views("pairs.matching.views.merges")

urlpatterns: list[URLPattern] = [
    path("duplicates/", duplicates.list_duplicates, name="duplicates"),
    path("infants/<uuid:infant_id>/duplicates/", duplicates.InfantDuplicatesPage, name="infant-duplicates"),
    path(
        "caregivers/<uuid:caregiver_id>/duplicates/",
        duplicates.CaregiverDuplicatesPage,
        name="caregiver-duplicates",
    ),
    path("infants/<uuid:infant_id>/merge/", merges.MergeIntoInfantPage, name="merge-infant"),
    path("caregivers/<uuid:caregiver_id>/merge/", merges.MergeIntoCaregiverPage, name="merge-caregiver"),
    path("merges/", merges.list_merges, name="merges"),
    path("merges/<uuid:merge_id>/", merges.UndoMergePage, name="merge"),
]
api_patterns: list[URLPattern] = [
    path("duplicates/", duplicates_api.DuplicateList, name="api-duplicates"),
    path(
        "infants/<uuid:infant_id>/not-the-same/",
        duplicates_api.InfantTellingApart,
        name="api-infant-not-the-same",
    ),
    path(
        "caregivers/<uuid:caregiver_id>/not-the-same/",
        duplicates_api.CaregiverTellingApart,
        name="api-caregiver-not-the-same",
    ),
    path("infants/<uuid:infant_id>/merges/", duplicates_api.InfantMerging, name="api-infant-merges"),
    path(
        "caregivers/<uuid:caregiver_id>/merges/",
        duplicates_api.CaregiverMerging,
        name="api-caregiver-merges",
    ),
    path("merges/<uuid:merge_id>/", duplicates_api.MergeDetail, name="api-merge"),
    path("merges/<uuid:merge_id>/undo/", duplicates_api.MergeUndoing, name="api-merge-undoing"),
]
