"""Addresses of the desk: pages that read across rooms."""

from django.urls import path

from reporting.desk import (
    accounts,
    caseload,
    chronology,
    dyad,
    episode,
    family,
    governance,
    home,
    record_gaps,
    triage,
    worklist,
)

urlpatterns = [
    path("", home.home, name="home"),
    path("due/", worklist.worklist, name="worklist"),
    path("due/<uuid:subject_id>/<slug:code>/", worklist.due_decision, name="due-decision"),
    path("families/<uuid:family_id>/", family.family, name="family"),
    path("families/<uuid:family_id>/chronology/", chronology.chronology, name="chronology"),
    path("dyads/<uuid:dyad_id>/", dyad.dyad, name="dyad"),
    path("missing-from-records/", record_gaps.record_gaps, name="record-gaps"),
    path("triage/", triage.triage, name="triage"),
    path("referrals/<uuid:referral_id>/decision/", triage.decide, name="decide-referral"),
    path("referrals/<uuid:referral_id>/new-alert/", triage.referral_alert, name="referral-alert"),
    path("referrals/<uuid:referral_id>/reading/", triage.referral_read, name="referral-read"),
    path("caseload/", caseload.caseload, name="caseload"),
    path("episodes/<uuid:episode_id>/", episode.episode, name="episode"),
    path("who-looked/", governance.access_log, name="access-log"),
    path("accounts/", accounts.accounts, name="accounts"),
    path("accounts/<uuid:user_id>/open/", accounts.set_open, name="account-open"),
]
api_patterns = [
    path("families/<uuid:family_id>/chronology/", chronology.api_chronology, name="api-chronology"),
    path("dyads/<uuid:dyad_id>/", dyad.api_dyad, name="api-dyad"),
]
