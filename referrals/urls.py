"""URLs of referrals: pages and API."""

from django.urls import path

from pairs.documents.paths import build_document_api_path, build_document_paths
from pairs.web.lazy_views import lazy_views, record_paths

api_consultations = lazy_views("referrals.api.consultations")
api_outreach = lazy_views("referrals.api.outreach")
api = lazy_views("referrals.api.referrals")
api_failed_emails = lazy_views("referrals.api.failed_emails")
api_steps = lazy_views("referrals.api.steps")
api_triage = lazy_views("referrals.api.triage")
self_referral = lazy_views("referrals.views.self_referral")
by_email = lazy_views("referrals.views.by_email")
concerns = lazy_views("referrals.views.concerns")
consultation_feedback = lazy_views("referrals.views.consultation_feedback")
consultations = lazy_views("referrals.views.consultations")
destinations = lazy_views("referrals.views.destinations")
own_referrals = lazy_views("referrals.views.own_referrals")
carer_referral = lazy_views("referrals.views.carer_referral")
differences = lazy_views("referrals.views.differences")
failed_emails = lazy_views("referrals.views.failed_emails")
outreach = lazy_views("referrals.views.outreach")
phone = lazy_views("referrals.views.phone")
professional = lazy_views("referrals.views.professional")
replies = lazy_views("referrals.views.replies")
steps = lazy_views("referrals.views.steps")

urlpatterns = [
    path("ask-for-help/", self_referral.SelfReferralPage, name="ask-for-help"),
    path("ask-for-help/sent/", self_referral.show_self_referral_receipt, name="asked-for-help"),
    path("refer/by-email/", by_email.refer_by_email, name="refer-by-email"),
    path("refer/by-email/sent/", by_email.show_link_sent, name="refer-by-email-sent"),
    path("refer/link/<slug:link>/", by_email.show_referrer_link, name="referrer-link"),
    path("refer/link/<slug:link>/check/", by_email.check_link_draft, name="referrer-link-check"),
    path("refer/link/<slug:link>/<slug:slug>/", by_email.edit_link_draft_page, name="referrer-link-page"),
    path("refer/", professional.start_referral, name="refer"),
    path("refer/<uuid:token>/check/", professional.check_referral, name="refer-check"),
    path("refer/<uuid:token>/<slug:slug>/", professional.edit_referral_page, name="refer-page"),
    path(
        "caregivers/<uuid:caregiver_id>/own-help/", carer_referral.ReferCaregiverPage, name="refer-caregiver"
    ),
    record_paths(
        "referrals/<uuid:referral_id>/",
        path("sent/", professional.show_referral_sent, name="referral-sent"),
        path("differences/", differences.SettleDifferencesPage, name="settle-differences"),
        path("outreach/", outreach.LinkOutreachPage, name="referral-outreach"),
        path("question/", steps.AskForMorePage, name="ask-for-more"),
        path("withdraw/", steps.WithdrawReferralPage, name="withdraw-referral"),
        path("reopen/", steps.ReopenReferralPage, name="reopen-referral"),
        path("additions/", own_referrals.AddToReferralPage, name="add-to-referral"),
    ),
    path(
        "my-referrals/<uuid:referral_id>/withdraw/",
        own_referrals.WithdrawOwnReferralPage,
        name="withdraw-my-referral",
    ),
    path("my-referrals/hand-over/", own_referrals.HandOverReferralsPage, name="hand-over-referrals"),
    path("replies/<uuid:reply_id>/", replies.show_reply, name="reply"),
    *build_document_paths("replies/<uuid:reply_id>/", "reply", "referrals.documents.REPLY"),
    path("failed-emails/<uuid:sent_email_id>/", failed_emails.FailedEmailPage, name="failed-email"),
    path("destinations/", destinations.list_destinations, name="destinations"),
    path("destinations/csv/", destinations.download_destinations, name="destinations-csv"),
    path("new-destination/", destinations.AddDestinationPage, name="new-destination"),
    record_paths(
        "destinations/<uuid:destination_id>/",
        path("", destinations.UpdateDestinationPage, name="destination"),
        path("check/", destinations.mark_destination_checked, name="check-destination"),
        path("retire/", destinations.SwitchDestinationRetiredPage, name="retire-destination"),
    ),
    path("phone-in/", phone.start_phone_referral, name="phone-in"),
    path("phone-in/<uuid:call_id>/check/", phone.check_phone_referral, name="phone-in-check"),
    path("phone-in/<uuid:call_id>/<slug:slug>/", phone.edit_phone_referral_page, name="phone-in-page"),
    path("ask-for-a-consultation/", consultations.AskForConsultationPage, name="new-consultation"),
    path("consultations/", consultations.list_consultations, name="consultations"),
    path("consultations/csv/", consultations.download_consultations, name="consultations-csv"),
    path("new-consultation/", consultations.LogConsultationPage, name="log-consultation"),
    path(
        "consultation-feedback/<slug:feedback_link>/",
        consultation_feedback.answer_feedback,
        name="consultation-feedback",
    ),
    record_paths(
        "consultations/<uuid:consultation_id>/",
        path("", consultations.show_consultation, name="consultation"),
        path("arrangement/", consultations.ArrangeConsultationPage, name="consultation-arrangement"),
        path("record/", consultations.RecordConsultationPage, name="consultation-record"),
        path("what-happened-next/", consultations.FollowUpConsultationPage, name="consultation-follow-up"),
        path("feedback/", consultation_feedback.create_feedback_link, name="new-consultation-feedback"),
        path("withdraw/", consultations.WithdrawConsultationPage, name="consultation-withdrawal"),
        path("withdraw-own/", consultations.WithdrawOwnConsultationPage, name="consultation-taking-back"),
    ),
    path("outreach/", outreach.list_outreach, name="outreach"),
    path("outreach/<uuid:outreach_id>/", outreach.show_outreach, name="outreach-session"),
    path("relationship-concerns/", concerns.ConcernListPage, name="relationship-concerns"),
    path("relationship-concerns/reword/", concerns.RewordConcernPage, name="relationship-concern-rewording"),
    path(
        "relationship-concerns/retired/",
        concerns.post_concern_retirement,
        name="relationship-concern-retired",
    ),
    path("relationship-concerns/order/", concerns.post_concern_move, name="relationship-concern-moved"),
]
api_patterns = [
    build_document_api_path("replies/<uuid:reply_id>/", "reply", "referrals.documents.REPLY"),
    path(
        "relationship-concerns/", api_consultations.RelationshipConcernList, name="api-relationship-concerns"
    ),
    path("consultations/", api_consultations.ConsultationList, name="api-consultations"),
    path(
        "consultations/<uuid:consultation_id>/", api_consultations.ConsultationDetail, name="api-consultation"
    ),
    path("consultations/held/", api_consultations.ConsultationLog, name="api-consultation-log"),
    path(
        "consultations/<uuid:consultation_id>/record/",
        api_consultations.ConsultationRecord,
        name="api-consultation-record",
    ),
    path(
        "consultations/<uuid:consultation_id>/follow-up/",
        api_consultations.ConsultationFollowUp,
        name="api-consultation-follow-up",
    ),
    path("referrals/", api.ReferralList, name="api-referrals"),
    record_paths(
        "referrals/<uuid:referral_id>/",
        path("", api.ReferralDetail, name="api-referral"),
        path("decision/", api_triage.ReferralDecision, name="api-referral-decision"),
        path("matches/", api_triage.ReferralMatches, name="api-referral-matches"),
        path("differences/", api_triage.ReferralDifferences, name="api-referral-differences"),
        path("infants/", api_triage.NamedInfants, name="api-referral-infants"),
        path("caregivers/", api_triage.NamedCaregivers, name="api-referral-caregivers"),
        path("outreach/", api_outreach.ReferralOutreach, name="api-referral-outreach"),
        path("question/", api_steps.ReferralQuestion, name="api-referral-question"),
        path("withdraw/", api_steps.ReferralWithdrawal, name="api-referral-withdrawal"),
        path("reopen/", api_steps.ReferralReopening, name="api-referral-reopening"),
        path("additions/", api_steps.ReferralAdditions, name="api-referral-additions"),
        path("replies/", api_steps.ReplyList, name="api-referral-replies"),
    ),
    path("failed-emails/", api_failed_emails.FailedEmailList, name="api-failed-emails"),
    path(
        "failed-emails/<uuid:sent_email_id>/",
        api_failed_emails.FailedEmailAnswerApi,
        name="api-failed-email",
    ),
    path("named-infants/<uuid:named_id>/loss/", api_triage.NamedInfantLoss, name="api-named-loss"),
    path("match-checks/", api_triage.MatchCheckList, name="api-match-checks"),
    path("match-checks/<uuid:check_id>/", api_triage.MatchCheckAnswer, name="api-match-check"),
    path(
        "my-referrals/<uuid:referral_id>/withdraw/", api_steps.OwnReferralWithdrawal, name="api-my-withdrawal"
    ),
    path("destinations/", api_steps.DestinationList, name="api-destinations"),
    path("destinations/<uuid:destination_id>/", api_steps.DestinationDetail, name="api-destination"),
]
