"""Addresses of the work: pages, and what it adds to the API."""

from django.urls import path

from interventions.episodes import api, views

urlpatterns = [
    path("referrals/<uuid:referral_id>/open-episode/", views.open_episode, name="open-episode"),
    path("episodes/<uuid:episode_id>/new-contact/", views.new_contact, name="new-contact"),
    path("episodes/<uuid:episode_id>/new-goal/", views.new_goal, name="new-goal"),
    path("episodes/<uuid:episode_id>/plan-agreement/", views.plan_agreement, name="plan-agreement"),
    path("episodes/<uuid:episode_id>/end/", views.end_episode, name="end-episode"),
    path("contacts/<uuid:contact_id>/", views.care_contact, name="care-contact"),
    path("contacts/<uuid:contact_id>/entered-in-error/", views.contact_in_error, name="contact-in-error"),
    path("notes/<uuid:note_id>/amendment/", views.amend_note, name="amend-note"),
]
api_patterns = [
    path("episodes/", api.episodes, name="api-episodes"),
    path("episodes/<uuid:episode_id>/", api.episode, name="api-episode"),
    path("episodes/<uuid:episode_id>/contacts/", api.contacts, name="api-contacts"),
    path("episodes/<uuid:episode_id>/goals/", api.goals, name="api-goals"),
    path("episodes/<uuid:episode_id>/plan-agreement/", api.plan_agreement, name="api-plan-agreement"),
    path("episodes/<uuid:episode_id>/ending/", api.ending, name="api-ending"),
]
