"""Addresses of the desk: pages that read across rooms."""

from django.urls import path

from pairs.service.lazy_views import lazy_views

accounts = lazy_views("reporting.desk.accounts")
caseload = lazy_views("reporting.desk.caseload")
chronology = lazy_views("reporting.desk.chronology")
dyad = lazy_views("reporting.desk.dyad")
episode = lazy_views("reporting.desk.episode")
family = lazy_views("reporting.desk.family")
governance = lazy_views("reporting.desk.governance")
home = lazy_views("reporting.desk.home")
record_gaps = lazy_views("reporting.desk.record_gaps")
referrer = lazy_views("reporting.desk.referrer")
search = lazy_views("reporting.desk.search")
waits = lazy_views("reporting.desk.waits")
worklist = lazy_views("reporting.desk.worklist")
moves_api = lazy_views("reporting.desk.moves.api")
moves = lazy_views("reporting.desk.moves.views")
alerts = lazy_views("reporting.desk.triage.alerts")
board = lazy_views("reporting.desk.triage.board")
checks = lazy_views("reporting.desk.triage.checks")
deciding = lazy_views("reporting.desk.triage.deciding")
people = lazy_views("reporting.desk.triage.people")
reading = lazy_views("reporting.desk.triage.reading")

urlpatterns = [
    path("", home.home, name="home"),
    path("search/", search.search, name="search"),
    path("due/", worklist.worklist, name="worklist"),
    path("due/<uuid:subject_id>/<slug:code>/", worklist.due_decision, name="due-decision"),
    path("families/<uuid:family_id>/", family.family, name="family"),
    path("families/<uuid:family_id>/moves/", moves.family_moves, name="family-moves"),
    path("moves/", moves.moves, name="moves"),
    path("moves/<uuid:move_id>/", moves.move, name="move"),
    path("moves/<uuid:move_id>/acceptance/", moves.accept, name="accept-move"),
    path("moves/<uuid:move_id>/decline/", moves.decline, name="decline-move"),
    path("moves/<uuid:move_id>/withdrawal/", moves.withdraw, name="withdraw-move"),
    path("moves/<uuid:move_id>/call-back/", moves.call_back, name="call-back-move"),
    path("families/<uuid:family_id>/chronology/", chronology.chronology, name="chronology"),
    path("dyads/<uuid:dyad_id>/", dyad.dyad, name="dyad"),
    path("missing-from-records/", record_gaps.record_gaps, name="record-gaps"),
    path("my-referrals/", referrer.my_referrals, name="my-referrals"),
    path("referrals/<uuid:referral_id>/", referrer.referral, name="referral"),
    path("triage/", board.triage, name="triage"),
    path("first-readers/", reading.first_readers, name="first-readers"),
    path("match-checks/", checks.match_checks, name="match-checks"),
    path("match-checks/<uuid:check_id>/", checks.match_check, name="match-check"),
    path("referrals/<uuid:referral_id>/decision/", deciding.decide, name="decide-referral"),
    path("referrals/<uuid:referral_id>/new-alert/", alerts.referral_alert, name="referral-alert"),
    path("referrals/<uuid:referral_id>/new-baby/", people.name_baby, name="name-baby"),
    path("referrals/<uuid:referral_id>/new-carer/", people.name_carer, name="name-carer"),
    path("referrals/<uuid:referral_id>/reading/", reading.referral_read, name="referral-read"),
    path("waits/", waits.waits, name="waits"),
    path("caseload/", caseload.caseload, name="caseload"),
    path("episodes/<uuid:episode_id>/", episode.episode, name="episode"),
    path("who-looked/", governance.access_log, name="access-log"),
    path("accounts/", accounts.accounts, name="accounts"),
    path("accounts/<uuid:user_id>/open/", accounts.set_open, name="account-open"),
]
api_patterns = [
    path("search/", search.api_search, name="api-search"),
    path("families/<uuid:family_id>/moves/", moves_api.family_moves, name="api-family-moves"),
    path("moves/", moves_api.moves, name="api-moves"),
    path("moves/<uuid:move_id>/", moves_api.move, name="api-move"),
    path("moves/<uuid:move_id>/acceptance/", moves_api.acceptance, name="api-accept-move"),
    path("moves/<uuid:move_id>/decline/", moves_api.decline, name="api-decline-move"),
    path("moves/<uuid:move_id>/withdrawal/", moves_api.withdrawal, name="api-withdraw-move"),
    path("moves/<uuid:move_id>/call-back/", moves_api.call_back, name="api-call-back-move"),
    path("families/<uuid:family_id>/chronology/", chronology.api_chronology, name="api-chronology"),
    path("waits/", waits.api_waits, name="api-waits"),
    path("dyads/<uuid:dyad_id>/work/", dyad.api_dyad, name="api-dyad-work"),
]
