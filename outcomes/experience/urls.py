"""Addresses of this room: pages, and what it adds to the API."""

from django.urls import path

from pairs.service.lazy_views import lazy_views

api = lazy_views("outcomes.experience.api")
views = lazy_views("outcomes.experience.views")

urlpatterns = [
    path(
        "episodes/<uuid:episode_id>/new-experience-link/",
        views.new_experience_link,
        name="new-experience-link",
    ),
    path("experience/new-paper-answer/", views.new_paper_answer, name="new-paper-answer"),
    path("experience/paper/", views.experience_paper, name="experience-paper"),
    path("how-it-was/thank-you/", views.experience_thanks, name="experience-thanks"),
    path("how-it-was/<slug:answer_link>/", views.experience, name="experience"),
]
api_patterns = [
    path("experience/paper-answers/", api.paper_answers, name="api-paper-answers"),
]
