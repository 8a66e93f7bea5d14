"""Addresses of restricted families."""

from django.urls import path

from pairs.web.lazy_views import lazy_views, record_paths

api = lazy_views("pairs.restrictions.api")
own_records = lazy_views("pairs.restrictions.own_record_pages")
views = lazy_views("pairs.restrictions.views")

urlpatterns = [
    path("families/<uuid:family_id>/restrict/", views.RestrictFamilyPage, name="restrict-family"),
    path("families/<uuid:family_id>/own-record/", own_records.OwnRecordPage, name="own-record"),
    path(
        "own-record-answers/<uuid:own_record_answer_id>/withdraw/",
        own_records.WithdrawOwnRecordAnswerPage,
        name="withdraw-own-record-answer",
    ),
    path("restrictions/", views.list_restrictions, name="restrictions"),
    record_paths(
        "restrictions/<uuid:restriction_id>/",
        path("", views.RestrictionPage, name="restriction"),
        path("people/", views.NamePersonPage, name="name-person"),
        path("end/", views.EndRestrictionPage, name="end-restriction"),
    ),
    path("named-access/<uuid:grant_id>/end/", views.EndNamedAccessPage, name="end-named-access"),
]
api_patterns = [
    path("families/<uuid:family_id>/restrict/", api.FamilyRestricting, name="api-family-restricting"),
    path("restrictions/", api.RestrictionList, name="api-restrictions"),
    record_paths(
        "restrictions/<uuid:restriction_id>/",
        path("", api.RestrictionDetail, name="api-restriction"),
        path("review/", api.RestrictionReview, name="api-restriction-review"),
        path("people/", api.NamedAccessList, name="api-named-access"),
        path("end/", api.RestrictionEnding, name="api-restriction-ending"),
    ),
    path("named-access/<uuid:grant_id>/end/", api.NamedAccessEnding, name="api-named-access-ending"),
]
