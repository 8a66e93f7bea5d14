"""Addresses of endings: pages, and what they add to the API."""

from django.urls import path

from pairs.service.lazy_views import lazy_views

endings_api = lazy_views("interventions.endings.api.endings")
keepsakes_api = lazy_views("interventions.endings.api.keepsakes")
others_api = lazy_views("interventions.endings.api.others")
endings = lazy_views("interventions.endings.views.endings")
keepsakes = lazy_views("interventions.endings.views.keepsakes")
letters = lazy_views("interventions.endings.views.letters")
transitions = lazy_views("interventions.endings.views.transitions")
ways_back = lazy_views("interventions.endings.views.ways_back")

urlpatterns = [
    path("episodes/<uuid:episode_id>/end/", endings.end_episode, name="end-episode"),
    path("episodes/<uuid:episode_id>/reopening/", endings.reopen_episode, name="reopen-episode"),
    path("episodes/<uuid:episode_id>/ending-letters/", letters.ending_letters, name="ending-letters"),
    path("dyads/<uuid:dyad_id>/keepsakes/", keepsakes.keepsakes, name="keepsakes"),
    path("keepsakes/<uuid:keepsake_id>/", keepsakes.keepsake, name="keepsake"),
    path("keepsakes/<uuid:keepsake_id>/preview/", keepsakes.keepsake_preview, name="keepsake-preview"),
    path("keepsakes/<uuid:keepsake_id>/print/", keepsakes.keepsake_print, name="keepsake-print"),
    path("keepsakes/<uuid:keepsake_id>/pdf/", keepsakes.keepsake_pdf, name="keepsake-pdf"),
    path("keepsakes/<uuid:keepsake_id>/progress/", keepsakes.keepsake_progress, name="keepsake-progress"),
    path("keepsakes/<uuid:keepsake_id>/new-version/", keepsakes.new_version, name="keepsake-version"),
    path("families/<uuid:family_id>/transitions/", transitions.turning, name="transitions"),
    path("ways-back/", ways_back.ways_back, name="ways-back"),
    path("ways-back/new/", ways_back.new_way_back, name="new-way-back"),
    path("ways-back/<uuid:way_back_id>/", ways_back.way_back, name="way-back"),
    path("ways-back/<uuid:way_back_id>/card/", ways_back.return_card, name="return-card"),
]
api_patterns = [
    path("episodes/<uuid:episode_id>/ending/", endings_api.ending, name="api-ending"),
    path("episodes/<uuid:episode_id>/reopening/", endings_api.reopening, name="api-reopening"),
    path("episodes/<uuid:episode_id>/ending-letters/", endings_api.ending_letters, name="api-ending-letters"),
    path("dyads/<uuid:dyad_id>/keepsakes/", keepsakes_api.keepsakes, name="api-keepsakes"),
    path("keepsakes/<uuid:keepsake_id>/", keepsakes_api.keepsake, name="api-keepsake"),
    path("keepsakes/<uuid:keepsake_id>/preview/", keepsakes_api.preview, name="api-keepsake-preview"),
    path("keepsakes/<uuid:keepsake_id>/pdf/", keepsakes_api.keepsake_pdf, name="api-keepsake-pdf"),
    path("families/<uuid:family_id>/transitions/", others_api.transitions, name="api-transitions"),
    path("ways-back/", others_api.ways_back, name="api-ways-back"),
    path("ways-back/<uuid:way_back_id>/", others_api.way_back, name="api-way-back"),
]
