"""URLs of the dashboards: pages that read across apps."""

from django.urls import path

from pairs.web.lazy_views import lazy_views

access_log = lazy_views("reporting.dashboards.access_log")
accounts = lazy_views("reporting.dashboards.accounts.views")
accounts_api = lazy_views("reporting.dashboards.accounts.api")
own_account = lazy_views("reporting.dashboards.accounts.own_views")
caseload = lazy_views("reporting.dashboards.caseload")
changes = lazy_views("reporting.dashboards.changes.views")
settings_api = lazy_views("reporting.dashboards.service_settings.api")
settings_pages = lazy_views("reporting.dashboards.service_settings.views")
official_files = lazy_views("reporting.dashboards.service_settings.official_files")
setup = lazy_views("reporting.dashboards.service_settings.setup_pages")
timeline = lazy_views("reporting.dashboards.timeline_page")
dyad = lazy_views("reporting.dashboards.dyad")
episode = lazy_views("reporting.dashboards.episode")
failed_work = lazy_views("reporting.dashboards.failed_work")
family = lazy_views("reporting.dashboards.family")
family_people = lazy_views("reporting.dashboards.family_people")
governance = lazy_views("reporting.dashboards.governance")
home = lazy_views("reporting.dashboards.home")
record_gaps = lazy_views("reporting.dashboards.record_gaps")
my_referrals = lazy_views("reporting.dashboards.my_referrals")
referrer = lazy_views("reporting.dashboards.referrer")
search = lazy_views("reporting.dashboards.search")
waits = lazy_views("reporting.dashboards.wait_pages")
worklist = lazy_views("reporting.dashboards.worklist")
postponed = lazy_views("reporting.dashboards.postponed")
moves_api = lazy_views("reporting.dashboards.moves.api")
moves = lazy_views("reporting.dashboards.moves.views")
unusual_reading = lazy_views("reporting.dashboards.unusual_reading")
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
    path("due/csv/", worklist.download_worklist, name="worklist-csv"),
    path("due/postponed/", postponed.show_postponed, name="postponed"),
    path("due/count/", worklist.show_urgent_count, name="to-do-count"),
    path("due/<uuid:subject_id>/<slug:code>/", worklist.PostponePage, name="due-decision"),
    path("due/<uuid:subject_id>/<slug:code>/reassign/", worklist.ReassignPage, name="due-reassignment"),
    path("families/<uuid:family_id>/", family.show_family, name="family"),
    path("families/<uuid:family_id>/people/", family_people.list_family_people, name="family-people"),
    path("families/<uuid:family_id>/plan/", episode.show_family_plan, name="family-plan"),
    path("families/<uuid:family_id>/measures/", episode.show_family_measures, name="family-measures"),
    path("families/<uuid:family_id>/moves/", moves.OfferMovePage, name="family-moves"),
    path("moves/", moves.list_moves, name="moves"),
    path("moves/<uuid:move_id>/", moves.show_move, name="move"),
    path("moves/<uuid:move_id>/accept/", moves.AcceptMovePage, name="accept-move"),
    path("moves/<uuid:move_id>/decline/", moves.DeclineMovePage, name="decline-move"),
    path("moves/<uuid:move_id>/withdraw/", moves.WithdrawMovePage, name="withdraw-move"),
    path("moves/<uuid:move_id>/undo/", moves.CallBackMovePage, name="call-back-move"),
    path("families/<uuid:family_id>/chronology/", timeline.show_chronology, name="chronology"),
    path("families/<uuid:family_id>/changes/", changes.show_family_changes, name="family-changes"),
    path(
        "families/<uuid:family_id>/changes/csv/", changes.download_family_changes, name="family-changes-csv"
    ),
    path("dyads/<uuid:dyad_id>/", dyad.show_dyad, name="dyad"),
    path("missing-from-records/", record_gaps.list_record_gaps, name="record-gaps"),
    path("my-referrals/", my_referrals.list_my_referrals, name="my-referrals"),
    path("my-referrals/csv/", my_referrals.download_my_referrals, name="my-referrals-csv"),
    path("referrals/<uuid:referral_id>/", referrer.show_referral, name="referral"),
    path("triage/", board.show_triage_board, name="triage"),
    path("triage/csv/", board.download_triage_board, name="triage-csv"),
    path("first-readers/", first_reader.FirstReadersPage, name="first-readers"),
    path("match-checks/", match_checks.list_match_checks, name="match-checks"),
    path("match-checks/<uuid:check_id>/", match_checks.MatchCheckPage, name="match-check"),
    path("referrals/<uuid:referral_id>/decision/", decision.DecideReferralPage, name="decide-referral"),
    path("referrals/<uuid:referral_id>/new-alert/", alerts.RaiseReferralAlertPage, name="referral-alert"),
    path("referrals/<uuid:referral_id>/new-baby/", named_people.NameBabyPage, name="name-baby"),
    path("named-infants/<uuid:named_id>/loss/", named_people.NamedLossPage, name="named-loss"),
    path("referrals/<uuid:referral_id>/new-carer/", named_people.NameCarerPage, name="name-carer"),
    path("referrals/<uuid:referral_id>/mark-read/", first_reader.mark_referral_as_read, name="referral-read"),
    path("waits/", waits.list_waits, name="waits"),
    path("waits/csv/", waits.download_waits, name="waits-csv"),
    path("caseload/", caseload.show_caseload, name="caseload"),
    path("caseload/csv/", caseload.download_caseload, name="caseload-csv"),
    path("episodes/<uuid:episode_id>/", episode.show_episode, name="episode"),
    path("episodes/<uuid:episode_id>/outcomes/", episode.show_episode_measures, name="episode-measures"),
    path("who-looked/", access_log.show_access_log, name="access-log"),
    path("who-looked/unusual/", unusual_reading.show_unusual_reading, name="unusual-reading"),
    path("who-looked/csv/", access_log.download_access_log, name="access-log-csv"),
    path("who-changed/", changes.list_record_changes, name="record-changes"),
    path("who-changed/csv/", changes.download_record_changes, name="record-changes-csv"),
    path("sign-ins/", governance.list_account_events, name="account-events"),
    path("failed-work/", failed_work.list_failed_work, name="failed-work"),
    path("account/", own_account.show_my_account, name="my-account"),
    path("account/digest/", own_account.DigestPage, name="my-digest"),
    path("account/sessions/end/", own_account.end_my_session, name="end-session"),
    path("account/keys/end/", own_account.end_my_keys, name="end-own-keys"),
    path("accounts/", accounts.list_accounts, name="accounts"),
    path("accounts/new/", accounts.NewAccountPage, name="new-account"),
    path("accounts/<uuid:user_id>/", accounts.show_account, name="account"),
    path("accounts/<uuid:user_id>/edit/", accounts.EditAccountPage, name="edit-account"),
    path("accounts/<uuid:user_id>/roles/new/", accounts.GiveRolePage, name="give-role"),
    path("accounts/<uuid:user_id>/roles/end/", accounts.EndRolePage, name="end-role"),
    path("accounts/<uuid:user_id>/password/", accounts.PasswordLinkPage, name="password-link"),
    path(
        "accounts/<uuid:user_id>/second-factor/", accounts.ResetSecondFactorPage, name="reset-second-factor"
    ),
    path(
        "factor-resets/<uuid:factor_reset_id>/", accounts.ConfirmFactorResetPage, name="confirm-factor-reset"
    ),
    path(
        "factor-resets/<uuid:factor_reset_id>/withdraw/",
        accounts.WithdrawFactorResetPage,
        name="withdraw-factor-reset",
    ),
    path("accounts/<uuid:user_id>/close/", accounts.CloseAccountPage, name="close-account"),
    path("accounts/<uuid:user_id>/open/", accounts.OpenAccountPage, name="open-account"),
    path("settings/", settings_pages.show_settings, name="settings"),
    path("settings/sites/", settings_pages.list_sites, name="sites"),
    path("settings/sites/new/", settings_pages.NewSitePage, name="new-site"),
    path("settings/sites/<uuid:site_id>/", settings_pages.SitePage, name="site"),
    path("settings/districts/<uuid:district_id>/", settings_pages.PlacePage, name="district"),
    path("settings/code-lists/", settings_pages.show_code_lists, name="code-lists"),
    path("settings/official-files/", official_files.OfficialFilesPage, name="official-files"),
    path("settings/official-files/<uuid:run_id>/", official_files.OfficialFilePage, name="official-file"),
    path(
        "settings/official-files/<uuid:run_id>/progress/",
        official_files.show_official_file_progress,
        name="official-file-progress",
    ),
    path("settings/set-up/", setup.show_setup, name="setup"),
]
api_patterns = [
    path("search/", search.FamilySearch, name="api-search"),
    path("settings/sites/", settings_api.SiteSettingsList, name="api-site-settings"),
    path("settings/sites/<uuid:site_id>/", settings_api.SiteSettingsDetail, name="api-site"),
    path("settings/districts/", settings_api.PlaceSettingsList, name="api-district-settings"),
    path("settings/districts/<uuid:district_id>/", settings_api.PlaceSettingsDetail, name="api-district"),
    path("settings/official-files/", settings_api.ImportRunList, name="api-official-files"),
    path(
        "settings/official-files/<uuid:run_id>/take/",
        settings_api.ImportRunTaking,
        name="api-take-official-file",
    ),
    path("me/", accounts_api.OwnAccount, name="api-my-account"),
    path("me/digest/", accounts_api.OwnDigest, name="api-my-digest"),
    path("accounts/", accounts_api.AccountList, name="api-accounts"),
    path("accounts/<uuid:user_id>/", accounts_api.AccountDetail, name="api-account"),
    path("accounts/<uuid:user_id>/roles/", accounts_api.RoleGiving, name="api-give-role"),
    path("accounts/<uuid:user_id>/roles/end/", accounts_api.RoleEnding, name="api-end-role"),
    path("accounts/<uuid:user_id>/password/", accounts_api.PasswordLink, name="api-password-link"),
    path(
        "accounts/<uuid:user_id>/second-factor/",
        accounts_api.SecondFactorReset,
        name="api-reset-second-factor",
    ),
    path("accounts/<uuid:user_id>/close/", accounts_api.AccountClosing, name="api-close-account"),
    path("accounts/<uuid:user_id>/open/", accounts_api.AccountOpening, name="api-open-account"),
    path("families/<uuid:family_id>/moves/", moves_api.FamilyMoveList, name="api-family-moves"),
    path("moves/", moves_api.MoveList, name="api-moves"),
    path("moves/<uuid:move_id>/", moves_api.MoveDetail, name="api-move"),
    path("moves/<uuid:move_id>/accept/", moves_api.MoveAcceptance, name="api-accept-move"),
    path("moves/<uuid:move_id>/decline/", moves_api.MoveDeclining, name="api-decline-move"),
    path("moves/<uuid:move_id>/withdraw/", moves_api.MoveWithdrawal, name="api-withdraw-move"),
    path("moves/<uuid:move_id>/undo/", moves_api.MoveUndoing, name="api-call-back-move"),
    path("families/<uuid:family_id>/chronology/", timeline.ChronologyList, name="api-chronology"),
    path("waits/", waits.WaitList, name="api-waits"),
    path("dyads/<uuid:dyad_id>/work/", dyad.DyadWorkDetail, name="api-dyad-work"),
]
