"""Addresses of this room: pages, and what it adds to the API."""

from django.urls import path

from referrals import api, views

urlpatterns = [
    path("refer/", views.refer, name="refer"),
    path("refer/<uuid:token>/check/", views.refer_check, name="refer-check"),
    path("refer/<uuid:token>/<slug:slug>/", views.refer_page, name="refer-page"),
    path("caregivers/<uuid:caregiver_id>/own-help/", views.refer_caregiver, name="refer-caregiver"),
    path("my-referrals/", views.my_referrals, name="my-referrals"),
    path("referrals/<uuid:referral_id>/", views.referral, name="referral"),
    path("referrals/<uuid:referral_id>/sent/", views.sent, name="referral-sent"),
]
api_patterns = [
    path("referrals/", api.referrals, name="api-referrals"),
    path("referrals/<uuid:referral_id>/", api.referral, name="api-referral"),
    path("referrals/<uuid:referral_id>/decision/", api.decision, name="api-referral-decision"),
]
