"""Addresses of supervision."""

from django.urls import path

from pairs.service.lazy_views import lazy_views

views = lazy_views("interventions.supervision.views")

urlpatterns = [
    path("supervision/", views.supervision, name="supervision"),
    path("supervision/new/", views.new_supervision, name="new-supervision"),
    path("decisions/<uuid:decision_id>/done/", views.decision_done, name="decision-done"),
]
api_patterns = []
