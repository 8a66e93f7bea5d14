"""URLs of supervision."""

from django.urls import path

from pairs.web.lazy_views import lazy_views

views = lazy_views("interventions.supervision.views")

urlpatterns = [
    path("supervision/", views.list_supervision, name="supervision"),
    path("supervision/new/", views.record_supervision_page, name="new-supervision"),
    path("decisions/<uuid:decision_id>/done/", views.finish_decision_page, name="decision-done"),
]
api_patterns = []
