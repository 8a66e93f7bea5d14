"""URLs of plans: pages and API."""

from django.urls import path

from pairs.documents.paths import build_document_api_path, build_document_paths
from pairs.web.lazy_views import lazy_views, record_paths

catalogue_api = lazy_views("interventions.plans.api.catalogue")
working_api = lazy_views("interventions.plans.api.team")
writing_api = lazy_views("interventions.plans.api.care_plan")
catalogue = lazy_views("interventions.plans.views.catalogue")
papers = lazy_views("interventions.plans.views.papers")
waiting = lazy_views("interventions.plans.views.waiting")
working = lazy_views("interventions.plans.views.team")
writing = lazy_views("interventions.plans.views.care_plan")

urlpatterns = [
    path("interventions/", catalogue.list_interventions, name="interventions"),
    path("interventions/new/", catalogue.AddInterventionPage, name="new-intervention"),
    record_paths(
        "interventions/<slug:way_id>/",
        path("", catalogue.EditInterventionPage, name="intervention"),
        path("retire/", catalogue.retire_intervention_page, name="retire-intervention"),
    ),
    path("episodes/<uuid:episode_id>/new-co-worker/", working.AddCoWorkerPage, name="new-co-worker"),
    path("episodes/<uuid:episode_id>/focus/", working.ChangeFocusPage, name="episode-focus"),
    path("episodes/<uuid:episode_id>/grouping/", working.SetGroupingPage, name="episode-grouping"),
    path("episodes/<uuid:episode_id>/new-way/", working.StartInterventionPage, name="new-way"),
    path("episodes/<uuid:episode_id>/new-wait/", working.StartWaitPage, name="new-wait"),
    path("episodes/<uuid:episode_id>/new-formulation/", writing.AddFormulationPage, name="new-formulation"),
    path("episodes/<uuid:episode_id>/new-declined/", writing.AddDeclinedPage, name="new-declined"),
    path("co-workers/<uuid:co_worker_id>/end/", working.EndCoWorkPage, name="end-co-work"),
    path("ways/<uuid:use_id>/end/", working.EndInterventionPage, name="end-way"),
    path("ways/<uuid:use_id>/helping/", writing.AnswerHelpingPage, name="is-it-helping"),
    path("waiting-to-start/", waiting.list_waiting, name="waiting-to-start"),
    path("waiting-to-start/csv/", waiting.download_waiting, name="waiting-csv"),
    path("waits/<uuid:wait_id>/end/", working.EndWaitPage, name="end-wait"),
    path("formulations/<uuid:formulation_id>/", writing.show_formulation, name="formulation"),
    path("plans/<uuid:plan_id>/", writing.show_plan, name="plan"),
    path("plans/<uuid:plan_id>/change/", writing.ChangePlanPage, name="change-plan"),
    path("plans/<uuid:plan_id>/review/", writing.ReviewPlanPage, name="review-plan"),
    path("plans/<uuid:plan_id>/new-paper/", papers.AddPlanPaperPage, name="new-plan-paper"),
    path("plan-papers/<uuid:paper_id>/", papers.PlanPaperPage, name="plan-paper"),
    *build_document_paths(
        "plan-papers/<uuid:paper_id>/", "plan-paper", "interventions.plans.documents.PLAN_PAPER"
    ),
    path("goals/<uuid:goal_id>/reword/", writing.RewordGoalPage, name="reword-goal"),
    path("goals/<uuid:goal_id>/close/", writing.CloseGoalPage, name="close-goal"),
]
api_patterns = [
    path("interventions/", catalogue_api.InterventionList, name="api-interventions"),
    path("interventions/<slug:way_id>/", catalogue_api.InterventionDetail, name="api-intervention"),
    record_paths(
        "episodes/<uuid:episode_id>/",
        path("co-workers/", working_api.CoWorkerList, name="api-co-workers"),
        path("focus/", working_api.EpisodeFocus, name="api-focus"),
        path("groupings/", working_api.GroupingList, name="api-groupings"),
        path("ways/", working_api.InterventionUseList, name="api-ways"),
        path("waits/", working_api.InterventionWaitList, name="api-episode-waits"),
        path("formulations/", writing_api.FormulationList, name="api-formulations"),
        path("plans/", writing_api.PlanList, name="api-plans"),
        path("declined/", writing_api.DeclinedOfferList, name="api-declined"),
    ),
    path("co-workers/<uuid:co_worker_id>/end/", working_api.CoWorkEnding, name="api-end-co-work"),
    path("ways/<uuid:use_id>/end/", working_api.InterventionUseEnding, name="api-end-way"),
    path("ways/<uuid:use_id>/helping/", working_api.HelpingAnswerList, name="api-helping"),
    path("waiting-to-start/", working_api.OpenWaitList, name="api-waiting"),
    path("waits/<uuid:wait_id>/end/", working_api.InterventionWaitEnding, name="api-end-wait"),
    path("plans/<uuid:plan_id>/versions/", writing_api.PlanVersionList, name="api-plan-versions"),
    path("plans/<uuid:plan_id>/reviews/", writing_api.PlanReviewList, name="api-plan-reviews"),
    path("plans/<uuid:plan_id>/papers/", writing_api.PlanPaperList, name="api-plan-papers"),
    path("plan-papers/<uuid:paper_id>/lines/", writing_api.PlanPaperLines, name="api-plan-paper"),
    build_document_api_path(
        "plan-papers/<uuid:paper_id>/", "plan-paper", "interventions.plans.documents.PLAN_PAPER"
    ),
    path("goals/<uuid:goal_id>/reword/", writing_api.GoalRewording, name="api-goal-rewording"),
    path("goals/<uuid:goal_id>/close/", writing_api.GoalClosing, name="api-goal-closing"),
]
