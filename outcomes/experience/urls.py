"""URLs of experience: pages and API."""

from django.urls import path

from pairs.web.lazy_views import lazy_views

api = lazy_views("outcomes.experience.api")
views = lazy_views("outcomes.experience.views")

urlpatterns = [
    path(
        "episodes/<uuid:episode_id>/new-experience-link/",
        views.create_experience_link,
        name="new-experience-link",
    ),
    path("experience/new-paper-answer/", views.AddPaperAnswerPage, name="new-paper-answer"),
    path("experience/paper/", views.show_printable_questions, name="experience-paper"),
    path("how-it-was/thank-you/", views.show_experience_thanks, name="experience-thanks"),
    path("how-it-was/<slug:answer_link>/", views.answer_experience_questions, name="experience"),
]
api_patterns = [path("experience/paper-answers/", api.PaperAnswerList, name="api-paper-answers")]
