"""URLs of endings: pages and API."""

from django.urls import path

from pairs.documents.paths import build_document_api_path, build_document_paths
from pairs.web.lazy_views import lazy_views, record_paths

endings_api = lazy_views("interventions.endings.api.endings")
keepsakes_api = lazy_views("interventions.endings.api.keepsakes")
others_api = lazy_views("interventions.endings.api.transitions_and_cards")
endings = lazy_views("interventions.endings.views.endings")
keepsakes = lazy_views("interventions.endings.views.keepsakes")
letters = lazy_views("interventions.endings.views.letters")
transitions = lazy_views("interventions.endings.views.transitions")
ways_back = lazy_views("interventions.endings.views.ways_back")

urlpatterns = [
    path("episodes/<uuid:episode_id>/end/", endings.EndEpisodePage, name="end-episode"),
    path("episodes/<uuid:episode_id>/reopen/", endings.ReopenEpisodePage, name="reopen-episode"),
    path("episodes/<uuid:episode_id>/ending-letters/", letters.EndingLettersPage, name="ending-letters"),
    path("dyads/<uuid:dyad_id>/keepsakes/", keepsakes.KeepsakesPage, name="keepsakes"),
    path("keepsakes/<uuid:keepsake_id>/", keepsakes.KeepsakePage, name="keepsake"),
    path("keepsakes/<uuid:keepsake_id>/preview/", keepsakes.KeepsakePreviewPage, name="keepsake-preview"),
    *build_document_paths(
        "keepsakes/<uuid:keepsake_id>/", "keepsake", "interventions.endings.documents.KEEPSAKE"
    ),
    path("keepsakes/<uuid:keepsake_id>/new-version/", keepsakes.NextKeepsakePage, name="keepsake-version"),
    path("families/<uuid:family_id>/transitions/", transitions.TransitionsPage, name="transitions"),
    path("ways-back/", ways_back.list_ways_back, name="ways-back"),
    path("ways-back/new/", ways_back.AddWayBackPage, name="new-way-back"),
    path("ways-back/<uuid:way_back_id>/", ways_back.EditWayBackPage, name="way-back"),
    path("ways-back/<uuid:way_back_id>/card/", ways_back.show_return_card, name="return-card"),
]
api_patterns = [
    record_paths(
        "episodes/<uuid:episode_id>/",
        path("ending/", endings_api.EpisodeEnding, name="api-ending"),
        path("reopen/", endings_api.EpisodeReopening, name="api-reopening"),
        path("ending-letters/", endings_api.EndingLetterList, name="api-ending-letters"),
    ),
    path("dyads/<uuid:dyad_id>/keepsakes/", keepsakes_api.KeepsakeList, name="api-keepsakes"),
    record_paths(
        "keepsakes/<uuid:keepsake_id>/",
        path("", keepsakes_api.KeepsakeText, name="api-keepsake"),
        path("preview/", keepsakes_api.KeepsakePreview, name="api-keepsake-preview"),
    ),
    build_document_api_path(
        "keepsakes/<uuid:keepsake_id>/", "keepsake", "interventions.endings.documents.KEEPSAKE"
    ),
    path("families/<uuid:family_id>/transitions/", others_api.FamilyTransitions, name="api-transitions"),
    path("ways-back/", others_api.WayBackList, name="api-ways-back"),
    path("ways-back/<uuid:way_back_id>/", others_api.WayBackDetail, name="api-way-back"),
]
