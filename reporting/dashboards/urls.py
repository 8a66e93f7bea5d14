"""URLs of the dashboards: pages that read across apps."""

from django.urls import path

from pairs.web.lazy_views import lazy_views

accounts = lazy_views("reporting.dashboards.accounts")
caseload = lazy_views("reporting.dashboards.caseload")
chronology = lazy_views("reporting.dashboards.chronology")
dyad = lazy_views("reporting.dashboards.dyad")
episode = lazy_views("reporting.dashboards.episode")
family = lazy_views("reporting.dashboards.family")
governance = lazy_views("reporting.dashboards.governance")
home = lazy_views("reporting.dashboards.home")
record_gaps = lazy_views("reporting.dashboards.record_gaps")
referrer = lazy_views("reporting.dashboards.referrer")
search = lazy_views("reporting.dashboards.search")
waits = lazy_views("reporting.dashboards.wait_pages")
worklist = lazy_views("reporting.dashboards.worklist")
moves_api = lazy_views("reporting.dashboards.moves.api")
moves = lazy_views("reporting.dashboards.moves.views")
alerts = lazy_views("reporting.dashboards.triage.alerts")
board = lazy_views("reporting.dashboards.triage.board")
match_checks = lazy_views("reporting.dashboards.triage.match_checks")
decision = lazy_views("reporting.dashboards.triage.decision")
named_people = lazy_views("reporting.dashboards.triage.named_people")
first_reader = lazy_views("reporting.dashboards.triage.first_reader")

urlpatterns = [
    path("", home.show_home, name="home"),
    path("search/", search.search_families, name="search"),
    path("due/", worklist.show_worklist, name="worklist"),
    path("due/<uuid:subject_id>/<slug:code>/", worklist.DueDecisionPage, name="due-decision"),
    path("families/<uuid:family_id>/", family.show_family, name="family"),
    path("families/<uuid:family_id>/moves/", moves.OfferMovePage, name="family-moves"),
    path("moves/", moves.list_moves, name="moves"),
    path("moves/<uuid:move_id>/", moves.show_move, name="move"),
    path("moves/<uuid:move_id>/accept/", moves.AcceptMovePage, name="accept-move"),
    path("moves/<uuid:move_id>/decline/", moves.DeclineMovePage, name="decline-move"),
    path("moves/<uuid:move_id>/withdraw/", moves.WithdrawMovePage, name="withdraw-move"),
    path("moves/<uuid:move_id>/undo/", moves.CallBackMovePage, name="call-back-move"),
    path("families/<uuid:family_id>/chronology/", chronology.show_chronology, name="chronology"),
    path("dyads/<uuid:dyad_id>/", dyad.show_dyad, name="dyad"),
    path("missing-from-records/", record_gaps.list_record_gaps, name="record-gaps"),
    path("my-referrals/", referrer.list_my_referrals, name="my-referrals"),
    path("referrals/<uuid:referral_id>/", referrer.show_referral, name="referral"),
    path("triage/", board.show_triage_board, name="triage"),
    path("first-readers/", first_reader.FirstReadersPage, name="first-readers"),
    path("match-checks/", match_checks.list_match_checks, name="match-checks"),
    path("match-checks/<uuid:check_id>/", match_checks.MatchCheckPage, name="match-check"),
    path("referrals/<uuid:referral_id>/decision/", decision.decide_on_referral, name="decide-referral"),
    path("referrals/<uuid:referral_id>/new-alert/", alerts.RaiseReferralAlertPage, name="referral-alert"),
    path("referrals/<uuid:referral_id>/new-baby/", named_people.NameBabyPage, name="name-baby"),
    path("referrals/<uuid:referral_id>/new-carer/", named_people.NameCarerPage, name="name-carer"),
    path("referrals/<uuid:referral_id>/mark-read/", first_reader.mark_referral_as_read, name="referral-read"),
    path("waits/", waits.list_waits, name="waits"),
    path("caseload/", caseload.show_caseload, name="caseload"),
    path("episodes/<uuid:episode_id>/", episode.show_episode, name="episode"),
    path("who-looked/", governance.show_access_log, name="access-log"),
    path("accounts/", accounts.AccountsPage, name="accounts"),
    path("accounts/<uuid:user_id>/open/", accounts.switch_account, name="account-open"),
]
api_patterns = [
    path("search/", search.FamilySearch, name="api-search"),
    path("families/<uuid:family_id>/moves/", moves_api.FamilyMoveList, name="api-family-moves"),
    path("moves/", moves_api.MoveList, name="api-moves"),
    path("moves/<uuid:move_id>/", moves_api.MoveDetail, name="api-move"),
    path("moves/<uuid:move_id>/accept/", moves_api.MoveAcceptance, name="api-accept-move"),
    path("moves/<uuid:move_id>/decline/", moves_api.MoveDeclining, name="api-decline-move"),
    path("moves/<uuid:move_id>/withdraw/", moves_api.MoveWithdrawal, name="api-withdraw-move"),
    path("moves/<uuid:move_id>/undo/", moves_api.MoveUndoing, name="api-call-back-move"),
    path("families/<uuid:family_id>/chronology/", chronology.ChronologyList, name="api-chronology"),
    path("waits/", waits.WaitList, name="api-waits"),
    path("dyads/<uuid:dyad_id>/work/", dyad.DyadWorkDetail, name="api-dyad-work"),
]
