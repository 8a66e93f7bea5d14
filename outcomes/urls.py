"""URLs of outcomes: pages and API."""

from django.urls import path

from pairs.web.lazy_views import lazy_views, record_paths

api = lazy_views("outcomes.api")
plan_agreement = lazy_views("outcomes.views.plan_agreement")
assessments = lazy_views("outcomes.views.assessments")
catalogue = lazy_views("outcomes.views.catalogue")
goals = lazy_views("outcomes.views.goals")
links = lazy_views("outcomes.views.links")
shared_progress = lazy_views("outcomes.views.shared_progress")

urlpatterns = [
    record_paths(
        "episodes/<uuid:episode_id>/",
        path("plan-agreement/", plan_agreement.PlanAgreementPage, name="plan-agreement"),
        path("measures/", assessments.choose_measure, name="choose-measure"),
        path("new-assessment/", assessments.CreateAssessmentPage, name="new-assessment"),
        path("measure-link/", links.offer_measure_link, name="new-measure-link"),
    ),
    path("measure-links/<uuid:link_id>/revoke/", links.revoke_link, name="call-back-measure-link"),
    path("measure-links/<uuid:link_id>/mark-read/", links.confirm_answers_read, name="read-answers"),
    path("questions/thank-you/", links.show_measure_thanks, name="measure-link-thanks"),
    path("questions/<slug:link>/", links.answer_measure, name="measure-link"),
    path("assessments/<uuid:assessment_id>/", assessments.show_assessment, name="assessment"),
    path(
        "caregivers/<uuid:caregiver_id>/change/", shared_progress.show_shared_progress, name="change-together"
    ),
    path("goals/<uuid:goal_id>/rating/", goals.RateGoalPage, name="rate-goal"),
    path("measures/", catalogue.list_measures, name="measures"),
    path("measures/<slug:measure_id>/", catalogue.show_measure, name="measure"),
    path("measures/<slug:measure_id>/choice/", catalogue.MeasureSettingsPage, name="measure-choice"),
]
api_patterns = [
    path("measures/", api.MeasureList, name="api-measures"),
    path("episodes/<uuid:episode_id>/assessments/", api.AssessmentList, name="api-assessments"),
    path("episodes/<uuid:episode_id>/coded-scores/", api.CodedScoreList, name="api-coded-scores"),
    path("goals/<uuid:goal_id>/ratings/", api.GoalRatingList, name="api-goal-ratings"),
]
