"""Addresses of this room: pages, and what it adds to the API."""

from django.urls import path

from referrals import api
from referrals.views import asking, by_email, mine, own_help, professional

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
]
api_patterns = [
    path("referrals/", api.referrals, name="api-referrals"),
    path("referrals/<uuid:referral_id>/", api.referral, name="api-referral"),
    path("referrals/<uuid:referral_id>/decision/", api.decision, name="api-referral-decision"),
]
