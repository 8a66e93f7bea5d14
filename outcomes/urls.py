"""Addresses of this room: pages, and what it adds to the API."""

from django.urls import path

from pairs.service.lazy_views import lazy_views

api = lazy_views("outcomes.api")
planning = lazy_views("outcomes.planning")
assessments = lazy_views("outcomes.views.assessments")
catalogue = lazy_views("outcomes.views.catalogue")
goals = lazy_views("outcomes.views.goals")
links = lazy_views("outcomes.views.links")
together = lazy_views("outcomes.views.together")

urlpatterns = [
    path("episodes/<uuid:episode_id>/plan-agreement/", planning.plan_together, name="plan-agreement"),
    path("episodes/<uuid:episode_id>/measures/", assessments.choose_measure, name="choose-measure"),
    path("episodes/<uuid:episode_id>/new-assessment/", assessments.new_assessment, name="new-assessment"),
    path("episodes/<uuid:episode_id>/measure-link/", links.new_measure_link, name="new-measure-link"),
    path("measure-links/<uuid:link_id>/calling-back/", links.call_back_link, name="call-back-measure-link"),
    path("measure-links/<uuid:link_id>/reading/", links.read_answers, name="read-answers"),
    path("questions/thank-you/", links.answered_measure, name="measure-link-thanks"),
    path("questions/<slug:link>/", links.answer_measure, name="measure-link"),
    path("assessments/<uuid:assessment_id>/", assessments.assessment, name="assessment"),
    path("caregivers/<uuid:caregiver_id>/change/", together.change_together, name="change-together"),
    path("goals/<uuid:goal_id>/rating/", goals.goal_rating, name="rate-goal"),
    path("measures/", catalogue.measures, name="measures"),
    path("measures/<slug:measure_id>/", catalogue.measure, name="measure"),
    path("measures/<slug:measure_id>/choice/", catalogue.measure_choice, name="measure-choice"),
]
api_patterns = [
    path("measures/", api.measures, name="api-measures"),
    path("episodes/<uuid:episode_id>/assessments/", api.assessments, name="api-assessments"),
    path("episodes/<uuid:episode_id>/coded-scores/", api.coded_scores, name="api-coded-scores"),
    path("goals/<uuid:goal_id>/ratings/", api.ratings, name="api-goal-ratings"),
]
