"""Addresses of this room: pages, and what it adds to the API."""

from django.urls import path

from referrals import api, api_consultations
from referrals.views import asking, by_email, concerns, consultations, mine, own_help, phone, professional

urlpatterns = [
    path("ask-for-help/", asking.ask_for_help, name="ask-for-help"),
    path("ask-for-help/sent/", asking.asked_for_help, name="asked-for-help"),
    path("refer/by-email/", by_email.refer_by_email, name="refer-by-email"),
    path("refer/by-email/sent/", by_email.refer_by_email_sent, name="refer-by-email-sent"),
    path("refer/link/<slug:link>/", by_email.open_link, name="referrer-link"),
    path("refer/link/<slug:link>/check/", by_email.link_check, name="referrer-link-check"),
    path("refer/link/<slug:link>/<slug:slug>/", by_email.link_page, name="referrer-link-page"),
    path("refer/", professional.refer, name="refer"),
    path("refer/<uuid:token>/check/", professional.refer_check, name="refer-check"),
    path("refer/<uuid:token>/<slug:slug>/", professional.refer_page, name="refer-page"),
    path("caregivers/<uuid:caregiver_id>/own-help/", own_help.refer_caregiver, name="refer-caregiver"),
    path("my-referrals/", mine.my_referrals, name="my-referrals"),
    path("referrals/<uuid:referral_id>/", mine.referral, name="referral"),
    path("referrals/<uuid:referral_id>/sent/", professional.sent, name="referral-sent"),
    path("phone-in/", phone.phone_in, name="phone-in"),
    path("phone-in/<uuid:call_id>/check/", phone.phone_in_check, name="phone-in-check"),
    path("phone-in/<uuid:call_id>/<slug:slug>/", phone.phone_in_page, name="phone-in-page"),
    path("ask-for-a-consultation/", consultations.new_consultation, name="new-consultation"),
    path("consultations/", consultations.consultations, name="consultations"),
    path("consultations/<uuid:consultation_id>/", consultations.consultation, name="consultation"),
    path(
        "consultations/<uuid:consultation_id>/arrangement/",
        consultations.consultation_arrangement,
        name="consultation-arrangement",
    ),
    path(
        "consultations/<uuid:consultation_id>/record/",
        consultations.consultation_record,
        name="consultation-record",
    ),
    path(
        "consultations/<uuid:consultation_id>/withdrawal/",
        consultations.consultation_withdrawal,
        name="consultation-withdrawal",
    ),
    path(
        "consultations/<uuid:consultation_id>/taking-back/",
        consultations.consultation_taking_back,
        name="consultation-taking-back",
    ),
    path("relationship-concerns/", concerns.concerns, name="relationship-concerns"),
    path(
        "relationship-concerns/rewording/", concerns.concern_rewording, name="relationship-concern-rewording"
    ),
    path("relationship-concerns/retired/", concerns.concern_retired, name="relationship-concern-retired"),
    path("relationship-concerns/order/", concerns.concern_moved, name="relationship-concern-moved"),
]
api_patterns = [
    path("relationship-concerns/", api_consultations.concerns, name="api-relationship-concerns"),
    path("consultations/", api_consultations.consultations, name="api-consultations"),
    path("consultations/<uuid:consultation_id>/", api_consultations.consultation, name="api-consultation"),
    path("referrals/", api.referrals, name="api-referrals"),
    path("referrals/<uuid:referral_id>/", api.referral, name="api-referral"),
    path("referrals/<uuid:referral_id>/decision/", api.decision, name="api-referral-decision"),
]
