"""Addresses of emergency access."""

from django.urls import path

from pairs.web.lazy_views import lazy_views

api = lazy_views("pairs.emergency_access.api")
views = lazy_views("pairs.emergency_access.views")

urlpatterns = [
    path("emergency-access/", views.EmergencyAccessPage, name="emergency-access"),
    path("emergency-access/review/", views.list_emergency_access, name="emergency-access-list"),
    path(
        "emergency-access/review/<uuid:emergency_access_id>/",
        views.EmergencyAccessReviewPage,
        name="emergency-access-review",
    ),
]
api_patterns = [
    path("emergency-access/", api.EmergencyAccessList, name="api-emergency-access-list"),
    path(
        "emergency-access/<uuid:emergency_access_id>/",
        api.EmergencyAccessDetail,
        name="api-emergency-access",
    ),
    path(
        "emergency-access/<uuid:emergency_access_id>/review/",
        api.EmergencyAccessReview,
        name="api-emergency-access-review",
    ),
]
