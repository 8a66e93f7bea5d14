"""URLs of plans: pages and API."""

from django.urls import path

from pairs.web.lazy_views import lazy_views

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
    path("interventions/<slug:way_id>/", catalogue.EditInterventionPage, name="intervention"),
    path(
        "interventions/<slug:way_id>/retire/",
        catalogue.retire_intervention_page,
        name="retire-intervention",
    ),
    path("episodes/<uuid:episode_id>/new-co-worker/", working.AddCoWorkerPage, name="new-co-worker"),
    path("co-workers/<uuid:co_worker_id>/end/", working.EndCoWorkPage, name="end-co-work"),
    path("episodes/<uuid:episode_id>/focus/", working.ChangeFocusPage, name="episode-focus"),
    path("episodes/<uuid:episode_id>/grouping/", working.SetGroupingPage, name="episode-grouping"),
    path("episodes/<uuid:episode_id>/new-way/", working.StartInterventionPage, name="new-way"),
    path("ways/<uuid:use_id>/end/", working.EndInterventionPage, name="end-way"),
    path("ways/<uuid:use_id>/helping/", writing.AnswerHelpingPage, name="is-it-helping"),
    path("waiting-to-start/", waiting.list_waiting, name="waiting-to-start"),
    path("episodes/<uuid:episode_id>/new-wait/", working.StartWaitPage, name="new-wait"),
    path("waits/<uuid:wait_id>/end/", working.EndWaitPage, name="end-wait"),
    path("episodes/<uuid:episode_id>/new-formulation/", writing.AddFormulationPage, name="new-formulation"),
    path("formulations/<uuid:formulation_id>/", writing.show_formulation, name="formulation"),
    path("plans/<uuid:plan_id>/", writing.show_plan, name="plan"),
    path("plans/<uuid:plan_id>/change/", writing.ChangePlanPage, name="change-plan"),
    path("plans/<uuid:plan_id>/review/", writing.ReviewPlanPage, name="review-plan"),
    path("plans/<uuid:plan_id>/new-paper/", papers.AddPlanPaperPage, name="new-plan-paper"),
    path("plan-papers/<uuid:paper_id>/", papers.PlanPaperPage, name="plan-paper"),
    path("plan-papers/<uuid:paper_id>/pdf/", papers.download_plan_pdf, name="plan-paper-pdf"),
    path("plan-papers/<uuid:paper_id>/progress/", papers.show_plan_pdf_progress, name="plan-paper-progress"),
    path("goals/<uuid:goal_id>/reword/", writing.RewordGoalPage, name="reword-goal"),
    path("goals/<uuid:goal_id>/close/", writing.CloseGoalPage, name="close-goal"),
    path("episodes/<uuid:episode_id>/new-declined/", writing.AddDeclinedPage, name="new-declined"),
]
api_patterns = [
    path("interventions/", catalogue_api.InterventionList, name="api-interventions"),
    path("interventions/<slug:way_id>/", catalogue_api.InterventionDetail, name="api-intervention"),
    path("episodes/<uuid:episode_id>/co-workers/", working_api.CoWorkerList, name="api-co-workers"),
    path("co-workers/<uuid:co_worker_id>/end/", working_api.CoWorkEnding, name="api-end-co-work"),
    path("episodes/<uuid:episode_id>/focus/", working_api.EpisodeFocus, name="api-focus"),
    path("episodes/<uuid:episode_id>/groupings/", working_api.GroupingList, name="api-groupings"),
    path("episodes/<uuid:episode_id>/ways/", working_api.InterventionUseList, name="api-ways"),
    path("ways/<uuid:use_id>/end/", working_api.InterventionUseEnding, name="api-end-way"),
    path("ways/<uuid:use_id>/helping/", working_api.HelpingAnswerList, name="api-helping"),
    path("waiting-to-start/", working_api.OpenWaitList, name="api-waiting"),
    path("episodes/<uuid:episode_id>/waits/", working_api.InterventionWaitList, name="api-episode-waits"),
    path("waits/<uuid:wait_id>/end/", working_api.InterventionWaitEnding, name="api-end-wait"),
    path(
        "episodes/<uuid:episode_id>/formulations/",
        writing_api.FormulationList,
        name="api-formulations",
    ),
    path("episodes/<uuid:episode_id>/plans/", writing_api.PlanList, name="api-plans"),
    path("plans/<uuid:plan_id>/versions/", writing_api.PlanVersionList, name="api-plan-versions"),
    path("plans/<uuid:plan_id>/reviews/", writing_api.PlanReviewList, name="api-plan-reviews"),
    path("plans/<uuid:plan_id>/papers/", writing_api.PlanPaperList, name="api-plan-papers"),
    path("plan-papers/<uuid:paper_id>/lines/", writing_api.PlanPaperLines, name="api-plan-paper"),
    path("goals/<uuid:goal_id>/reword/", writing_api.GoalRewording, name="api-goal-rewording"),
    path("goals/<uuid:goal_id>/close/", writing_api.GoalClosing, name="api-goal-closing"),
    path("episodes/<uuid:episode_id>/declined/", writing_api.DeclinedOfferList, name="api-declined"),
]
