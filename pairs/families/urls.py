"""Addresses of families: alerts, births, a peer supporter's view; the API of families."""

from django.urls import path

from pairs.families import api, views

urlpatterns = [
    path("alerts/<uuid:alert_id>/", views.alert, name="alert"),
    path("families/<uuid:family_id>/new-alert/", views.new_alert, name="new-alert"),
    path("infants/<uuid:infant_id>/birth/", views.birth, name="birth"),
    path("supported-families/", views.supported_families, name="supported-families"),
    path("supported-families/<uuid:family_id>/", views.supported_family, name="supported-family"),
]
api_patterns = [
    path("families/", api.families, name="api-families"),
    path("families/<uuid:family_id>/", api.family, name="api-family"),
]
