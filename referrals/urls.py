"""Addresses of this room: pages, and what it adds to the API."""

from django.urls import path

from referrals import api, step_api
from referrals.views import destinations, mine, own_help, professional, replies, steps

urlpatterns = [
    path("refer/", professional.refer, name="refer"),
    path("refer/<uuid:token>/check/", professional.refer_check, name="refer-check"),
    path("refer/<uuid:token>/<slug:slug>/", professional.refer_page, name="refer-page"),
    path("caregivers/<uuid:caregiver_id>/own-help/", own_help.refer_caregiver, name="refer-caregiver"),
    path("referrals/<uuid:referral_id>/sent/", professional.sent, name="referral-sent"),
    path("referrals/<uuid:referral_id>/question/", steps.ask_for_more, name="ask-for-more"),
    path("referrals/<uuid:referral_id>/withdrawal/", steps.withdraw, name="withdraw-referral"),
    path("referrals/<uuid:referral_id>/reopening/", steps.reopen, name="reopen-referral"),
    path("referrals/<uuid:referral_id>/additions/", mine.add, name="add-to-referral"),
    path("my-referrals/<uuid:referral_id>/withdrawal/", mine.withdraw, name="withdraw-my-referral"),
    path("my-referrals/hand-over/", mine.hand_over, name="hand-over-referrals"),
    path("replies/<uuid:reply_id>/", replies.reply, name="reply"),
    path("replies/<uuid:reply_id>/print/", replies.reply_print, name="reply-print"),
    path("replies/<uuid:reply_id>/pdf/", replies.reply_pdf, name="reply-pdf"),
    path("replies/<uuid:reply_id>/progress/", replies.reply_progress, name="reply-progress"),
    path("destinations/", destinations.destinations, name="destinations"),
    path("new-destination/", destinations.new_destination, name="new-destination"),
    path("destinations/<uuid:destination_id>/", destinations.destination, name="destination"),
    path("destinations/<uuid:destination_id>/check/", destinations.check, name="check-destination"),
    path("destinations/<uuid:destination_id>/retirement/", destinations.retire, name="retire-destination"),
]
api_patterns = [
    path("referrals/", api.referrals, name="api-referrals"),
    path("referrals/<uuid:referral_id>/", api.referral, name="api-referral"),
    path("referrals/<uuid:referral_id>/decision/", api.decision, name="api-referral-decision"),
    path("referrals/<uuid:referral_id>/question/", step_api.question, name="api-referral-question"),
    path("referrals/<uuid:referral_id>/withdrawal/", step_api.withdrawal, name="api-referral-withdrawal"),
    path("referrals/<uuid:referral_id>/reopening/", step_api.reopening, name="api-referral-reopening"),
    path("referrals/<uuid:referral_id>/additions/", step_api.additions, name="api-referral-additions"),
    path("referrals/<uuid:referral_id>/replies/", step_api.replies, name="api-referral-replies"),
    path("my-referrals/<uuid:referral_id>/withdrawal/", step_api.own_withdrawal, name="api-my-withdrawal"),
    path("destinations/", step_api.destinations, name="api-destinations"),
]
