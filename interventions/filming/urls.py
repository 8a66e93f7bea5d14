"""Addresses of filming: pages, and what it adds to the API."""

from django.urls import path

from pairs.service.lazy_views import lazy_views

api = lazy_views("interventions.filming.api")
views = lazy_views("interventions.filming.views")

urlpatterns = [
    path("episodes/<uuid:episode_id>/new-film/", views.new_film, name="new-film"),
    path("recordings/", views.recordings, name="recordings"),
    path("films/<uuid:film_id>/", views.film, name="film"),
    path("films/<uuid:film_id>/filming/", views.filming, name="film-made"),
    path("films/<uuid:film_id>/shared-review/", views.shared_review, name="film-review"),
    path("films/<uuid:film_id>/withdrawal/", views.consent_withdrawn, name="film-withdrawal"),
    path("films/<uuid:film_id>/deletion/", views.deletion, name="film-deletion"),
    path("films/<uuid:film_id>/sealed/", views.sealed_recording, name="sealed-recording"),
    path("films/<uuid:film_id>/entered-in-error/", views.film_in_error, name="film-in-error"),
]
api_patterns = [
    path("episodes/<uuid:episode_id>/films/", api.films, name="api-films"),
    path("films/<uuid:film_id>/", api.film, name="api-film"),
    path("films/<uuid:film_id>/filming/", api.filming, name="api-film-made"),
    path("films/<uuid:film_id>/shared-review/", api.shared_review, name="api-film-review"),
    path("films/<uuid:film_id>/withdrawal/", api.withdrawal, name="api-film-withdrawal"),
    path("films/<uuid:film_id>/deletion/", api.deletion, name="api-film-deletion"),
]
