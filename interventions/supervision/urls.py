"""Addresses of supervision."""

from django.urls import path

from interventions.supervision import views

urlpatterns = [
    path("supervision/", views.supervision, name="supervision"),
    path("supervision/new/", views.new_supervision, name="new-supervision"),
]
api_patterns = []
