"""URLs of supervision."""

from django.urls import path

from pairs.web.lazy_views import lazy_views

views = lazy_views("interventions.supervision.views")
reviews = lazy_views("interventions.supervision.review_views")
api = lazy_views("interventions.supervision.api")

urlpatterns = [
    path("supervision/", views.list_supervision, name="supervision"),
    path("supervision/new/", views.RecordSupervisionPage, name="new-supervision"),
    path("supervision/plan/", views.PlanSupervisionPage, name="plan-supervision"),
    path("supervision/agreements/new/", views.AgreeSupervisionPage, name="new-supervision-agreement"),
    path("supervision/csv/", views.download_supervision, name="supervision-csv"),
    path("supervision/agreements/<uuid:agreed_id>/", views.AgreementPage, name="supervision-agreement"),
    path(
        "supervision/agreements/<uuid:agreed_id>/change/",
        views.ChangeAgreementPage,
        name="change-supervision-agreement",
    ),
    path(
        "supervision/agreements/<uuid:own_agreed_id>/session/",
        views.RecordAgreedPage,
        name="agreed-supervision",
    ),
    path("supervision/items/<uuid:agenda_item_id>/close/", views.CloseItemPage, name="close-agenda-item"),
    path("supervision/<uuid:planned_id>/record/", views.RecordPlannedPage, name="planned-supervision"),
    path("supervision/<uuid:planned_id>/cancel/", views.CancelSupervisionPage, name="cancel-supervision"),
    path("colleagues/<uuid:colleague_id>/review/", reviews.ReviewCaseloadPage, name="caseload-review"),
    path("decisions/<uuid:decision_id>/done/", views.FinishDecisionPage, name="decision-done"),
    path("decisions/<uuid:decision_id>/undone/", views.ReopenDecisionPage, name="decision-undone"),
]
api_patterns = [
    path("supervision/agreements/", api.AgreementList, name="api-supervision-agreements"),
    path("supervision/agreements/<uuid:agreed_id>/", api.AgreementDetail, name="api-supervision-agreement"),
    path(
        "supervision/agreements/<uuid:agreed_id>/agenda/", api.AgreementAgenda, name="api-supervision-agenda"
    ),
    path("supervision/agreements/<uuid:agreed_id>/items/", api.AgendaItemList, name="api-agenda-items"),
    path("supervision/items/<uuid:agenda_item_id>/close/", api.ItemClosing, name="api-close-agenda-item"),
    path("supervision/sessions/", api.SessionList, name="api-supervision-sessions"),
    path("supervision/planned/", api.PlannedList, name="api-planned-supervision"),
    path("supervision/planned/<uuid:planned_id>/cancel/", api.Cancelling, name="api-cancel-supervision"),
    path("colleagues/<uuid:colleague_id>/review/", api.CaseloadReview, name="api-caseload-review"),
    path("decisions/<uuid:decision_id>/done/", api.DecisionFinishing, name="api-decision-done"),
    path("decisions/<uuid:decision_id>/undone/", api.DecisionReopening, name="api-decision-undone"),
]
