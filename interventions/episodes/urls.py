"""Addresses of the work: pages, and what it adds to the API."""

from django.urls import path

from interventions.episodes.api import contacts as contacts_api
from interventions.episodes.api import episodes as episodes_api
from interventions.episodes.views import contacts, episodes, notes

urlpatterns = [
    path("referrals/<uuid:referral_id>/open-episode/", episodes.open_episode, name="open-episode"),
    path("episodes/<uuid:episode_id>/new-contact/", contacts.new_contact, name="new-contact"),
    path("episodes/<uuid:episode_id>/new-goal/", episodes.new_goal, name="new-goal"),
    path("episodes/<uuid:episode_id>/plan-agreement/", episodes.plan_agreement, name="plan-agreement"),
    path("contacts/<uuid:contact_id>/", notes.care_contact, name="care-contact"),
    path("contacts/<uuid:contact_id>/entered-in-error/", contacts.contact_in_error, name="contact-in-error"),
    path("notes/<uuid:note_id>/amendment/", notes.amend_note, name="amend-note"),
]
api_patterns = [
    path("episodes/", episodes_api.episodes, name="api-episodes"),
    path("episodes/<uuid:episode_id>/", episodes_api.episode, name="api-episode"),
    path("episodes/<uuid:episode_id>/contacts/", contacts_api.contacts, name="api-contacts"),
    path("episodes/<uuid:episode_id>/goals/", episodes_api.goals, name="api-goals"),
    path(
        "episodes/<uuid:episode_id>/plan-agreement/", episodes_api.plan_agreement, name="api-plan-agreement"
    ),
]
