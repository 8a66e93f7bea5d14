"""URLs of supervision."""

from django.urls import path

from pairs.web.lazy_views import lazy_views

views = lazy_views("interventions.supervision.views")

urlpatterns = [
    path("supervision/", views.list_supervision, name="supervision"),
    path("supervision/new/", views.RecordSupervisionPage, name="new-supervision"),
    path("supervision/plan/", views.PlanSupervisionPage, name="plan-supervision"),
    path("supervision/<uuid:planned_id>/cancel/", views.CancelSupervisionPage, name="cancel-supervision"),
    path("decisions/<uuid:decision_id>/done/", views.FinishDecisionPage, name="decision-done"),
    path("decisions/<uuid:decision_id>/undone/", views.ReopenDecisionPage, name="decision-undone"),
]
api_patterns = []
