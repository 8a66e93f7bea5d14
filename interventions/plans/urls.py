"""Addresses of plans: pages, and what they add to the API."""

from django.urls import path

from pairs.service.lazy_views import lazy_views

catalogue_api = lazy_views("interventions.plans.api.catalogue")
working_api = lazy_views("interventions.plans.api.working")
writing_api = lazy_views("interventions.plans.api.writing")
catalogue = lazy_views("interventions.plans.views.catalogue")
papers = lazy_views("interventions.plans.views.papers")
waiting = lazy_views("interventions.plans.views.waiting")
working = lazy_views("interventions.plans.views.working")
writing = lazy_views("interventions.plans.views.writing")

urlpatterns = [
    path("interventions/", catalogue.interventions, name="interventions"),
    path("interventions/new/", catalogue.new_intervention, name="new-intervention"),
    path("interventions/<slug:way_id>/", catalogue.intervention, name="intervention"),
    path("interventions/<slug:way_id>/retirement/", catalogue.retire, name="retire-intervention"),
    path("episodes/<uuid:episode_id>/new-co-worker/", working.new_co_worker, name="new-co-worker"),
    path("co-workers/<uuid:co_worker_id>/ending/", working.end_co_work, name="end-co-work"),
    path("episodes/<uuid:episode_id>/focus/", working.focus, name="episode-focus"),
    path("episodes/<uuid:episode_id>/grouping/", working.grouping, name="episode-grouping"),
    path("episodes/<uuid:episode_id>/new-way/", working.new_way, name="new-way"),
    path("ways/<uuid:use_id>/ending/", working.end_way, name="end-way"),
    path("ways/<uuid:use_id>/helping/", writing.helping, name="is-it-helping"),
    path("waiting-to-start/", waiting.waiting, name="waiting-to-start"),
    path("episodes/<uuid:episode_id>/new-wait/", working.new_wait, name="new-wait"),
    path("waits/<uuid:wait_id>/ending/", working.end_wait, name="end-wait"),
    path("episodes/<uuid:episode_id>/new-formulation/", writing.new_formulation, name="new-formulation"),
    path("formulations/<uuid:formulation_id>/", writing.formulation, name="formulation"),
    path("plans/<uuid:plan_id>/", writing.plan, name="plan"),
    path("plans/<uuid:plan_id>/change/", writing.change_plan, name="change-plan"),
    path("plans/<uuid:plan_id>/review/", writing.review_plan, name="review-plan"),
    path("plans/<uuid:plan_id>/new-paper/", papers.new_paper, name="new-plan-paper"),
    path("plan-papers/<uuid:paper_id>/", papers.paper, name="plan-paper"),
    path("plan-papers/<uuid:paper_id>/pdf/", papers.paper_pdf, name="plan-paper-pdf"),
    path("plan-papers/<uuid:paper_id>/progress/", papers.paper_progress, name="plan-paper-progress"),
    path("goals/<uuid:goal_id>/rewording/", writing.reword_goal_page, name="reword-goal"),
    path("goals/<uuid:goal_id>/closing/", writing.close_goal_page, name="close-goal"),
    path("episodes/<uuid:episode_id>/new-declined/", writing.new_declined, name="new-declined"),
]
api_patterns = [
    path("interventions/", catalogue_api.interventions, name="api-interventions"),
    path("interventions/<slug:way_id>/", catalogue_api.intervention, name="api-intervention"),
    path("episodes/<uuid:episode_id>/co-workers/", working_api.co_workers, name="api-co-workers"),
    path("co-workers/<uuid:co_worker_id>/ending/", working_api.end_co_work, name="api-end-co-work"),
    path("episodes/<uuid:episode_id>/focus/", working_api.focus, name="api-focus"),
    path("episodes/<uuid:episode_id>/groupings/", working_api.groupings, name="api-groupings"),
    path("episodes/<uuid:episode_id>/ways/", working_api.ways, name="api-ways"),
    path("ways/<uuid:use_id>/ending/", working_api.end_way, name="api-end-way"),
    path("ways/<uuid:use_id>/helping/", working_api.helping, name="api-helping"),
    path("waiting-to-start/", working_api.waiting, name="api-waiting"),
    path("episodes/<uuid:episode_id>/waits/", working_api.waits, name="api-episode-waits"),
    path("waits/<uuid:wait_id>/ending/", working_api.end_wait, name="api-end-wait"),
    path("episodes/<uuid:episode_id>/formulations/", writing_api.formulations, name="api-formulations"),
    path("episodes/<uuid:episode_id>/plans/", writing_api.plans, name="api-plans"),
    path("plans/<uuid:plan_id>/versions/", writing_api.versions, name="api-plan-versions"),
    path("plans/<uuid:plan_id>/reviews/", writing_api.reviews, name="api-plan-reviews"),
    path("plans/<uuid:plan_id>/papers/", writing_api.papers, name="api-plan-papers"),
    path("plan-papers/<uuid:paper_id>/lines/", writing_api.lines, name="api-plan-paper"),
    path("goals/<uuid:goal_id>/rewording/", writing_api.rewording, name="api-goal-rewording"),
    path("goals/<uuid:goal_id>/closing/", writing_api.closing, name="api-goal-closing"),
    path("episodes/<uuid:episode_id>/declined/", writing_api.declined, name="api-declined"),
]
