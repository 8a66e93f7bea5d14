"""Addresses of families: people and where they live, alerts, births and losses; the API."""

from django.urls import path

from pairs.service.lazy_views import lazy_views

carers_api = lazy_views("pairs.families.api.carers")
families = lazy_views("pairs.families.api.families")
infants = lazy_views("pairs.families.api.infants")
addresses = lazy_views("pairs.families.views.addresses")
alerts = lazy_views("pairs.families.views.alerts")
births = lazy_views("pairs.families.views.births")
carers = lazy_views("pairs.families.views.carers")
dyads = lazy_views("pairs.families.views.dyads")
groups = lazy_views("pairs.families.views.groups")
losses = lazy_views("pairs.families.views.losses")

urlpatterns = [
    path("families/<uuid:family_id>/people/", carers.family_people, name="family-people"),
    path("families/<uuid:family_id>/new-caregiver/", carers.new_caregiver, name="new-caregiver"),
    path("families/<uuid:family_id>/household-move/", addresses.household_move, name="household-move"),
    path("caregivers/<uuid:caregiver_id>/", carers.caregiver, name="caregiver"),
    path("caregivers/<uuid:caregiver_id>/details/", carers.caregiver_details, name="caregiver-details"),
    path("caregivers/<uuid:caregiver_id>/reaching/", carers.caregiver_reached, name="caregiver-reached"),
    path("caregivers/<uuid:caregiver_id>/about/", carers.caregiver_about, name="caregiver-about"),
    path("caregivers/<uuid:caregiver_id>/ethnicity/", carers.caregiver_ethnicity, name="caregiver-ethnicity"),
    path("caregivers/<uuid:caregiver_id>/new-dyad/", dyads.new_dyad, name="new-dyad"),
    path("caregivers/<uuid:caregiver_id>/new-address/", addresses.new_caregiver_address, name="new-address"),
    path("infants/<uuid:infant_id>/ethnicity/", carers.infant_ethnicity, name="infant-ethnicity"),
    path("infants/<uuid:infant_id>/new-address/", addresses.new_infant_address, name="new-infant-address"),
    path("dyads/<uuid:dyad_id>/facts/", dyads.dyad_facts, name="dyad-facts"),
    path("dyads/<uuid:dyad_id>/ending/", dyads.dyad_ending, name="end-dyad"),
    path("addresses/<uuid:address_id>/", addresses.address, name="address"),
    path("addresses/<uuid:address_id>/correction/", addresses.address_correction, name="correct-address"),
    path("addresses/<uuid:address_id>/ending/", addresses.address_ending, name="end-address"),
    path("postcodes-without-a-match/", addresses.unmatched_postcodes, name="unmatched-postcodes"),
    path("exclusion-groups/", groups.exclusion_groups, name="exclusion-groups"),
    path("exclusion-groups/retired/", groups.exclusion_group_retired, name="exclusion-group-retired"),
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
]
api_patterns = [
    path("caregivers/", carers_api.caregivers, name="api-caregivers"),
    path("caregivers/<uuid:caregiver_id>/", carers_api.caregiver, name="api-caregiver"),
    path("dyads/<uuid:dyad_id>/", carers_api.dyad, name="api-dyad"),
    path("addresses/", carers_api.addresses, name="api-addresses"),
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
