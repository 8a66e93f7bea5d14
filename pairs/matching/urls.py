"""Addresses of search, duplicates and merging."""

from django.urls import URLPattern, URLResolver, path

from pairs.web.lazy_views import lazy_views, record_paths

duplicates_api = lazy_views("pairs.matching.api.duplicates")
duplicates = lazy_views("pairs.matching.views.duplicates")
merges = lazy_views("pairs.matching.views.merges")

urlpatterns: list[URLPattern | URLResolver] = [
    path("duplicates/", duplicates.list_duplicates, name="duplicates"),
    path("infants/<uuid:infant_id>/duplicates/", duplicates.InfantDuplicatesPage, name="infant-duplicates"),
    path("infants/<uuid:infant_id>/merge/", merges.MergeIntoInfantPage, name="merge-infant"),
    record_paths(
        "caregivers/<uuid:caregiver_id>/",
        path("duplicates/", duplicates.CaregiverDuplicatesPage, name="caregiver-duplicates"),
        path("merge/", merges.MergeIntoCaregiverPage, name="merge-caregiver"),
    ),
    path("merges/", merges.list_merges, name="merges"),
    path("merges/<uuid:merge_id>/", merges.UndoMergePage, name="merge"),
    path("merges/<uuid:merge_id>/looked-through/", merges.LookThroughMergePage, name="look-through-merge"),
]
api_patterns: list[URLPattern | URLResolver] = [
    path("duplicates/", duplicates_api.DuplicateList, name="api-duplicates"),
    record_paths(
        "infants/<uuid:infant_id>/",
        path("not-the-same/", duplicates_api.InfantTellingApart, name="api-infant-not-the-same"),
        path("merges/", duplicates_api.InfantMerging, name="api-infant-merges"),
    ),
    record_paths(
        "caregivers/<uuid:caregiver_id>/",
        path("not-the-same/", duplicates_api.CaregiverTellingApart, name="api-caregiver-not-the-same"),
        path("merges/", duplicates_api.CaregiverMerging, name="api-caregiver-merges"),
    ),
    record_paths(
        "merges/<uuid:merge_id>/",
        path("", duplicates_api.MergeDetail, name="api-merge"),
        path("looked-through/", duplicates_api.MergeLookedThrough, name="api-merge-looked-through"),
        path("undo/", duplicates_api.MergeUndoing, name="api-merge-undoing"),
    ),
]
