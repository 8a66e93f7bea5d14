"""URLs of filming: pages and API."""

from django.urls import path

from pairs.web.lazy_views import lazy_views

api = lazy_views("interventions.filming.api")
views = lazy_views("interventions.filming.views")

urlpatterns = [
    path("episodes/<uuid:episode_id>/new-film/", views.AddFilmPage, name="new-film"),
    path("recordings/", views.list_recordings, name="recordings"),
    path("recordings/csv/", views.download_recordings, name="recordings-csv"),
    path("films/<uuid:film_id>/", views.show_film, name="film"),
    path("films/<uuid:film_id>/filming/", views.RecordFilmingPage, name="film-made"),
    path("films/<uuid:film_id>/shared-review/", views.RecordSharedReviewPage, name="film-review"),
    path("films/<uuid:film_id>/withdraw/", views.WithdrawConsentPage, name="film-withdrawal"),
    path("films/<uuid:film_id>/delete/", views.RecordDeletionPage, name="film-deletion"),
    path("films/<uuid:film_id>/sealed/", views.SealedRecordingPage, name="sealed-recording"),
    path("films/<uuid:film_id>/entered-in-error/", views.FilmInErrorPage, name="film-in-error"),
]
api_patterns = [
    path("episodes/<uuid:episode_id>/films/", api.FilmList, name="api-films"),
    path("films/<uuid:film_id>/", api.FilmDetail, name="api-film"),
    path("films/<uuid:film_id>/filming/", api.FilmMade, name="api-film-made"),
    path("films/<uuid:film_id>/shared-review/", api.FilmReview, name="api-film-review"),
    path("films/<uuid:film_id>/withdraw/", api.FilmWithdrawal, name="api-film-withdrawal"),
    path("films/<uuid:film_id>/delete/", api.FilmDeletion, name="api-film-deletion"),
]
