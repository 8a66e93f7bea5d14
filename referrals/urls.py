"""Addresses of this room: pages, and what it adds to the API."""

from django.urls import path

from pairs.service.lazy_views import lazy_views

api_consultations = lazy_views("referrals.api.consultations")
api = lazy_views("referrals.api.referrals")
api_steps = lazy_views("referrals.api.steps")
api_triage = lazy_views("referrals.api.triage")
asking = lazy_views("referrals.views.asking")
by_email = lazy_views("referrals.views.by_email")
concerns = lazy_views("referrals.views.concerns")
consultations = lazy_views("referrals.views.consultations")
destinations = lazy_views("referrals.views.destinations")
mine = lazy_views("referrals.views.mine")
own_help = lazy_views("referrals.views.own_help")
phone = lazy_views("referrals.views.phone")
professional = lazy_views("referrals.views.professional")
replies = lazy_views("referrals.views.replies")
steps = lazy_views("referrals.views.steps")

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
    path("referrals/<uuid:referral_id>/decision/", api_triage.decision, name="api-referral-decision"),
    path("referrals/<uuid:referral_id>/matches/", api_triage.matches, name="api-referral-matches"),
    path("referrals/<uuid:referral_id>/infants/", api_triage.infants, name="api-referral-infants"),
    path("referrals/<uuid:referral_id>/caregivers/", api_triage.caregivers, name="api-referral-caregivers"),
    path("match-checks/", api_triage.match_checks, name="api-match-checks"),
    path("match-checks/<uuid:check_id>/", api_triage.match_check, name="api-match-check"),
    path("referrals/<uuid:referral_id>/question/", api_steps.question, name="api-referral-question"),
    path("referrals/<uuid:referral_id>/withdrawal/", api_steps.withdrawal, name="api-referral-withdrawal"),
    path("referrals/<uuid:referral_id>/reopening/", api_steps.reopening, name="api-referral-reopening"),
    path("referrals/<uuid:referral_id>/additions/", api_steps.additions, name="api-referral-additions"),
    path("referrals/<uuid:referral_id>/replies/", api_steps.replies, name="api-referral-replies"),
    path("my-referrals/<uuid:referral_id>/withdrawal/", api_steps.own_withdrawal, name="api-my-withdrawal"),
    path("destinations/", api_steps.destinations, name="api-destinations"),
]
