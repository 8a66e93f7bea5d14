"""Addresses of supervision."""

from django.urls import path

from interventions.supervision import views

urlpatterns = [
    path("supervision/", views.supervision, name="supervision"),
    path("supervision/new/", views.new_supervision, name="new-supervision"),
    path("decisions/<uuid:decision_id>/done/", views.decision_done, name="decision-done"),
]
api_patterns = []
