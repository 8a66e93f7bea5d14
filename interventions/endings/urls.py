"""URLs of endings: pages and API."""

from django.urls import path

from pairs.web.lazy_views import lazy_views

endings_api = lazy_views("interventions.endings.api.endings")
keepsakes_api = lazy_views("interventions.endings.api.keepsakes")
others_api = lazy_views("interventions.endings.api.transitions_and_cards")
endings = lazy_views("interventions.endings.views.endings")
keepsakes = lazy_views("interventions.endings.views.keepsakes")
letters = lazy_views("interventions.endings.views.letters")
transitions = lazy_views("interventions.endings.views.transitions")
ways_back = lazy_views("interventions.endings.views.ways_back")

urlpatterns = [
    path("episodes/<uuid:episode_id>/end/", endings.end_episode_page, name="end-episode"),
    path("episodes/<uuid:episode_id>/reopen/", endings.reopen_episode_page, name="reopen-episode"),
    path("episodes/<uuid:episode_id>/ending-letters/", letters.list_ending_letters, name="ending-letters"),
    path("dyads/<uuid:dyad_id>/keepsakes/", keepsakes.list_keepsakes, name="keepsakes"),
    path("keepsakes/<uuid:keepsake_id>/", keepsakes.show_keepsake, name="keepsake"),
    path("keepsakes/<uuid:keepsake_id>/preview/", keepsakes.preview_keepsake, name="keepsake-preview"),
    path("keepsakes/<uuid:keepsake_id>/print/", keepsakes.show_printable_keepsake, name="keepsake-print"),
    path("keepsakes/<uuid:keepsake_id>/pdf/", keepsakes.download_keepsake_pdf, name="keepsake-pdf"),
    path(
        "keepsakes/<uuid:keepsake_id>/progress/", keepsakes.show_keepsake_progress, name="keepsake-progress"
    ),
    path(
        "keepsakes/<uuid:keepsake_id>/new-version/", keepsakes.add_keepsake_version, name="keepsake-version"
    ),
    path("families/<uuid:family_id>/transitions/", transitions.show_transitions, name="transitions"),
    path("ways-back/", ways_back.list_ways_back, name="ways-back"),
    path("ways-back/new/", ways_back.add_way_back, name="new-way-back"),
    path("ways-back/<uuid:way_back_id>/", ways_back.edit_way_back, name="way-back"),
    path("ways-back/<uuid:way_back_id>/card/", ways_back.show_return_card, name="return-card"),
]
api_patterns = [
    path("episodes/<uuid:episode_id>/ending/", endings_api.show_or_end_episode, name="api-ending"),
    path("episodes/<uuid:episode_id>/reopen/", endings_api.reopen_episode_api, name="api-reopening"),
    path(
        "episodes/<uuid:episode_id>/ending-letters/",
        endings_api.list_or_begin_ending_letters,
        name="api-ending-letters",
    ),
    path("dyads/<uuid:dyad_id>/keepsakes/", keepsakes_api.list_or_begin_keepsakes, name="api-keepsakes"),
    path("keepsakes/<uuid:keepsake_id>/", keepsakes_api.show_or_write_keepsake, name="api-keepsake"),
    path(
        "keepsakes/<uuid:keepsake_id>/preview/",
        keepsakes_api.preview_keepsake_api,
        name="api-keepsake-preview",
    ),
    path(
        "keepsakes/<uuid:keepsake_id>/pdf/",
        keepsakes_api.request_or_download_keepsake_pdf,
        name="api-keepsake-pdf",
    ),
    path(
        "families/<uuid:family_id>/transitions/", others_api.list_or_plan_transitions, name="api-transitions"
    ),
    path("ways-back/", others_api.list_or_add_ways_back, name="api-ways-back"),
    path("ways-back/<uuid:way_back_id>/", others_api.show_or_change_way_back, name="api-way-back"),
]
