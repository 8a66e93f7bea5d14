"""Addresses of drafts and of the lock."""

from django.urls import path

from pairs.submissions import views

urlpatterns = [
    path("unlock/", views.unlock, name="unlock"),
    path("drafts/<uuid:submission_id>/autosave/", views.autosave, name="autosave"),
]
