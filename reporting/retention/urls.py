"""Addresses of retention."""

from django.urls import path

from pairs.web.lazy_views import lazy_views, record_paths

api = lazy_views("reporting.retention.api")
views = lazy_views("reporting.retention.views")

urlpatterns = [
    path("retention/", views.list_retention, name="retention"),
    path("retention/holds/new/", views.HoldSitePage, name="new-site-hold"),
    record_paths(
        "retention/holds/<uuid:retention_hold_id>/",
        path("", views.HoldPage, name="retention-hold"),
        path("end/", views.EndHoldPage, name="end-retention-hold"),
    ),
    record_paths(
        "retention/decisions/<uuid:retention_decision_id>/",
        path("", views.ConfirmDestructionPage, name="confirm-destruction"),
        path("withdraw/", views.WithdrawDestructionPage, name="withdraw-destruction"),
    ),
    path("families/<uuid:family_id>/retention/", views.FamilyRetentionPage, name="family-retention"),
    path("families/<uuid:family_id>/retention/hold/", views.HoldFamilyPage, name="new-retention-hold"),
]
api_patterns = [
    path("retention/holds/", api.HoldList, name="api-retention-holds"),
    path("retention/destroyed/", api.DestructionList, name="api-destructions"),
]
