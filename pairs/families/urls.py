"""Addresses of families: people and where they live, alerts, births and losses; the API."""

from django.urls import path

from pairs.web.lazy_views import lazy_views, record_paths

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
opening_reason = lazy_views("pairs.families.views.opening_reason")

urlpatterns = [
    path("families/<uuid:family_id>/new-caregiver/", carers.AddCarerPage, name="new-caregiver"),
    path("families/<uuid:family_id>/household-move/", addresses.MoveHouseholdPage, name="household-move"),
    path("families/<uuid:family_id>/new-alert/", alerts.RaiseAlertPage, name="new-alert"),
    path("families/<uuid:family_id>/new-pregnancy/", births.AddPregnancyPage, name="new-pregnancy"),
    path("families/<uuid:family_id>/reason/", opening_reason.give_opening_reason, name="opening-reason"),
    record_paths(
        "caregivers/<uuid:caregiver_id>/",
        path("", carers.show_caregiver, name="caregiver"),
        path("details/", carers.EditCarerDetailsPage, name="caregiver-details"),
        path("reaching/", carers.EditCarerContactPage, name="caregiver-reached"),
        path("about/", carers.EditCarerBackgroundPage, name="caregiver-about"),
        path("ethnicity/", carers.CarerEthnicityPage, name="caregiver-ethnicity"),
        path("new-dyad/", dyads.AddDyadPage, name="new-dyad"),
        path("new-address/", addresses.AddCarerAddressPage, name="new-address"),
    ),
    path("infants/<uuid:infant_id>/ethnicity/", carers.InfantEthnicityPage, name="infant-ethnicity"),
    path("infants/<uuid:infant_id>/new-address/", addresses.AddInfantAddressPage, name="new-infant-address"),
    path("infants/<uuid:infant_id>/", births.show_infant, name="infant"),
    path("infants/<uuid:infant_id>/details/", births.EditInfantPage, name="infant-details"),
    path("infants/<uuid:infant_id>/birth/", births.RegisterBirthsPage, name="birth"),
    path("infants/<uuid:infant_id>/add-baby/", births.AddBabyPage, name="another-baby"),
    path("infants/<uuid:infant_id>/same-birth/", births.SameBirthPage, name="same-birth"),
    path("infants/<uuid:infant_id>/loss/", losses.RecordLossPage, name="loss"),
    path("infants/<uuid:infant_id>/loss-in-error/", losses.UndoLossPage, name="loss-in-error"),
    path("infants/<uuid:infant_id>/adoption/", losses.RecordAdoptionPage, name="adoption"),
    path("dyads/<uuid:dyad_id>/facts/", dyads.EditDyadPage, name="dyad-facts"),
    path("dyads/<uuid:dyad_id>/end/", dyads.EndDyadPage, name="end-dyad"),
    path("addresses/<uuid:address_id>/", addresses.show_address, name="address"),
    path("addresses/<uuid:address_id>/correct/", addresses.CorrectAddressPage, name="correct-address"),
    path("addresses/<uuid:address_id>/end/", addresses.EndAddressPage, name="end-address"),
    path("postcodes-without-a-match/", addresses.list_unmatched_postcodes, name="unmatched-postcodes"),
    path("exclusion-groups/", groups.ExclusionGroupsPage, name="exclusion-groups"),
    path("exclusion-groups/retired/", groups.retire_posted_group, name="exclusion-group-retired"),
    path("alerts/<uuid:alert_id>/", alerts.AlertPage, name="alert"),
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
    path("infants/<uuid:infant_id>/same-birth/", infants.SameBirthRecording, name="api-same-birth"),
    path("infants/<uuid:infant_id>/loss/", infants.LossRecording, name="api-loss"),
    path("infants/<uuid:infant_id>/loss-in-error/", infants.LossUndoing, name="api-loss-in-error"),
    path("infants/<uuid:infant_id>/adoption/", infants.AdoptionRecording, name="api-adoption"),
]
