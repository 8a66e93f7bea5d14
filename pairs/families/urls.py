"""Addresses of families: alerts, births, a peer supporter's view; the API of families."""

from django.urls import path

from pairs.families.api import families
from pairs.families.views import alerts, births, supported

urlpatterns = [
    path("alerts/<uuid:alert_id>/", alerts.alert, name="alert"),
    path("families/<uuid:family_id>/new-alert/", alerts.new_alert, name="new-alert"),
    path("infants/<uuid:infant_id>/birth/", births.birth, name="birth"),
    path("supported-families/", supported.supported_families, name="supported-families"),
    path("supported-families/<uuid:family_id>/", supported.supported_family, name="supported-family"),
]
api_patterns = [
    path("families/", families.families, name="api-families"),
    path("families/<uuid:family_id>/", families.family, name="api-family"),
]
