"""Addresses of families: people and where they live, alerts, births and losses; the API."""

from django.urls import path

from pairs.web.lazy_views import lazy_views

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
    path("families/<uuid:family_id>/people/", carers.list_family_people, name="family-people"),
    path("families/<uuid:family_id>/new-caregiver/", carers.add_new_caregiver, name="new-caregiver"),
    path("families/<uuid:family_id>/household-move/", addresses.record_household_move, name="household-move"),
    path("caregivers/<uuid:caregiver_id>/", carers.show_caregiver, name="caregiver"),
    path("caregivers/<uuid:caregiver_id>/details/", carers.edit_caregiver_details, name="caregiver-details"),
    path("caregivers/<uuid:caregiver_id>/reaching/", carers.edit_caregiver_contact, name="caregiver-reached"),
    path("caregivers/<uuid:caregiver_id>/about/", carers.edit_caregiver_background, name="caregiver-about"),
    path(
        "caregivers/<uuid:caregiver_id>/ethnicity/",
        carers.edit_caregiver_ethnicity,
        name="caregiver-ethnicity",
    ),
    path("caregivers/<uuid:caregiver_id>/new-dyad/", dyads.add_new_dyad, name="new-dyad"),
    path("caregivers/<uuid:caregiver_id>/new-address/", addresses.add_caregiver_address, name="new-address"),
    path("infants/<uuid:infant_id>/ethnicity/", carers.edit_infant_ethnicity, name="infant-ethnicity"),
    path("infants/<uuid:infant_id>/new-address/", addresses.add_infant_address, name="new-infant-address"),
    path("dyads/<uuid:dyad_id>/facts/", dyads.edit_dyad, name="dyad-facts"),
    path("dyads/<uuid:dyad_id>/end/", dyads.end_relationship, name="end-dyad"),
    path("addresses/<uuid:address_id>/", addresses.show_address, name="address"),
    path("addresses/<uuid:address_id>/correct/", addresses.edit_address, name="correct-address"),
    path("addresses/<uuid:address_id>/end/", addresses.end_current_address, name="end-address"),
    path("postcodes-without-a-match/", addresses.list_unmatched_postcodes, name="unmatched-postcodes"),
    path("exclusion-groups/", groups.list_exclusion_groups, name="exclusion-groups"),
    path("exclusion-groups/retired/", groups.retire_posted_group, name="exclusion-group-retired"),
    path("alerts/<uuid:alert_id>/", alerts.show_alert, name="alert"),
    path("families/<uuid:family_id>/new-alert/", alerts.raise_alert, name="new-alert"),
    path("families/<uuid:family_id>/new-pregnancy/", births.add_pregnancy, name="new-pregnancy"),
    path("infants/<uuid:infant_id>/", births.show_infant, name="infant"),
    path("infants/<uuid:infant_id>/details/", births.edit_infant_details, name="infant-details"),
    path("infants/<uuid:infant_id>/birth/", births.record_births, name="birth"),
    path("infants/<uuid:infant_id>/add-baby/", births.add_further_baby, name="another-baby"),
    path("infants/<uuid:infant_id>/loss/", losses.record_infant_loss, name="loss"),
    path("infants/<uuid:infant_id>/loss-in-error/", losses.undo_infant_loss, name="loss-in-error"),
    path("infants/<uuid:infant_id>/adoption/", losses.record_infant_adoption, name="adoption"),
    path("adoptions/", losses.list_adoptions, name="adoptions"),
]
api_patterns = [
    path("caregivers/", carers_api.CaregiverList, name="api-caregivers"),
    path("caregivers/<uuid:caregiver_id>/", carers_api.CaregiverDetail, name="api-caregiver"),
    path("dyads/<uuid:dyad_id>/", carers_api.DyadDetail, name="api-dyad"),
    path("addresses/", carers_api.AddressList, name="api-addresses"),
    path("families/", families.FamilyList, name="api-families"),
    path("families/<uuid:family_id>/", families.FamilyDetail, name="api-family"),
    path("families/<uuid:family_id>/pregnancies/", infants.PregnancyRecording, name="api-pregnancies"),
    path("infants/<uuid:infant_id>/", infants.InfantDetail, name="api-infant"),
    path("infants/<uuid:infant_id>/birth/", infants.BirthRegistration, name="api-birth"),
    path("infants/<uuid:infant_id>/add-baby/", infants.BabyAddition, name="api-another-baby"),
    path("infants/<uuid:infant_id>/loss/", infants.LossRecording, name="api-loss"),
    path("infants/<uuid:infant_id>/loss-in-error/", infants.LossUndoing, name="api-loss-in-error"),
    path("infants/<uuid:infant_id>/adoption/", infants.AdoptionRecording, name="api-adoption"),
]
