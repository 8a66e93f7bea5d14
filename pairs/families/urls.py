"""Addresses of families: alerts, births and losses, a peer supporter's view; the API of families."""

from django.urls import path

from pairs.families.api import families, infants
from pairs.families.views import alerts, births, losses, supported

urlpatterns = [
    path("alerts/<uuid:alert_id>/", alerts.alert, name="alert"),
    path("families/<uuid:family_id>/new-alert/", alerts.new_alert, name="new-alert"),
    path("families/<uuid:family_id>/new-pregnancy/", births.new_pregnancy, name="new-pregnancy"),
    path("infants/<uuid:infant_id>/", births.infant, name="infant"),
    path("infants/<uuid:infant_id>/details/", births.infant_details, name="infant-details"),
    path("infants/<uuid:infant_id>/birth/", births.birth, name="birth"),
    path("infants/<uuid:infant_id>/another-baby/", births.another_baby, name="another-baby"),
    path("infants/<uuid:infant_id>/loss/", losses.loss, name="loss"),
    path("infants/<uuid:infant_id>/loss-in-error/", losses.loss_in_error, name="loss-in-error"),
    path("infants/<uuid:infant_id>/adoption/", losses.adoption, name="adoption"),
    path("adoptions/", losses.adoptions, name="adoptions"),
    path("supported-families/", supported.supported_families, name="supported-families"),
    path("supported-families/<uuid:family_id>/", supported.supported_family, name="supported-family"),
]
api_patterns = [
    path("families/", families.families, name="api-families"),
    path("families/<uuid:family_id>/", families.family, name="api-family"),
    path("families/<uuid:family_id>/pregnancies/", infants.pregnancies, name="api-pregnancies"),
    path("infants/<uuid:infant_id>/", infants.infant, name="api-infant"),
    path("infants/<uuid:infant_id>/birth/", infants.birth, name="api-birth"),
    path("infants/<uuid:infant_id>/another-baby/", infants.another_baby, name="api-another-baby"),
    path("infants/<uuid:infant_id>/loss/", infants.loss, name="api-loss"),
    path("infants/<uuid:infant_id>/loss-in-error/", infants.loss_in_error, name="api-loss-in-error"),
    path("infants/<uuid:infant_id>/adoption/", infants.adoption, name="api-adoption"),
]
