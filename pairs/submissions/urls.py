"""Addresses of drafts and of the lock."""

from django.urls import path

from pairs.web.lazy_views import lazy_views

views = lazy_views("pairs.submissions.views")

urlpatterns = [
    path("unlock/", views.unlock_session, name="unlock"),
    path("drafts/", views.list_drafts, name="drafts"),
    path("drafts/<uuid:submission_id>/autosave/", views.autosave_draft, name="autosave"),
]
