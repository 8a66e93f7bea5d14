"""Addresses of this room: pages, and what it adds to the API."""

from django.urls import path

from outcomes import api, planning, views

urlpatterns = [
    path("episodes/<uuid:episode_id>/plan-agreement/", planning.plan_together, name="plan-agreement"),
    path("episodes/<uuid:episode_id>/new-assessment/", views.new_assessment, name="new-assessment"),
    path("assessments/<uuid:assessment_id>/", views.assessment, name="assessment"),
    path("goals/<uuid:goal_id>/rating/", views.goal_rating, name="rate-goal"),
]
api_patterns = [
    path("episodes/<uuid:episode_id>/assessments/", api.assessments, name="api-assessments"),
    path("goals/<uuid:goal_id>/ratings/", api.ratings, name="api-goal-ratings"),
]
