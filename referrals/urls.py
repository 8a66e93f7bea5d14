"""Addresses of this room: pages, and what it adds to the API."""

from django.urls import path

from referrals import api
from referrals.views import mine, own_help, professional

urlpatterns = [
    path("refer/", professional.refer, name="refer"),
    path("refer/<uuid:token>/check/", professional.refer_check, name="refer-check"),
    path("refer/<uuid:token>/<slug:slug>/", professional.refer_page, name="refer-page"),
    path("caregivers/<uuid:caregiver_id>/own-help/", own_help.refer_caregiver, name="refer-caregiver"),
    path("my-referrals/", mine.my_referrals, name="my-referrals"),
    path("referrals/<uuid:referral_id>/", mine.referral, name="referral"),
    path("referrals/<uuid:referral_id>/sent/", professional.sent, name="referral-sent"),
]
api_patterns = [
    path("referrals/", api.referrals, name="api-referrals"),
    path("referrals/<uuid:referral_id>/", api.referral, name="api-referral"),
    path("referrals/<uuid:referral_id>/decision/", api.decision, name="api-referral-decision"),
]
