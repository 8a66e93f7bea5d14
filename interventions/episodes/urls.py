"""Addresses of the work: pages, and what it adds to the API."""

from django.urls import path

from pairs.service.lazy_views import lazy_views

contacts_api = lazy_views("interventions.episodes.api.contacts")
episodes_api = lazy_views("interventions.episodes.api.episodes")
notes_api = lazy_views("interventions.episodes.api.notes")
contacts = lazy_views("interventions.episodes.views.contacts")
episodes = lazy_views("interventions.episodes.views.episodes")
notes = lazy_views("interventions.episodes.views.notes")
reading = lazy_views("interventions.episodes.views.reading")
refiling = lazy_views("interventions.episodes.views.refiling")
sealed = lazy_views("interventions.episodes.views.sealed")

urlpatterns = [
    path("referrals/<uuid:referral_id>/open-episode/", episodes.open_episode, name="open-episode"),
    path("episodes/<uuid:episode_id>/new-contact/", contacts.new_contact, name="new-contact"),
    path("episodes/<uuid:episode_id>/new-message/", contacts.new_message, name="new-message"),
    path("episodes/<uuid:episode_id>/new-liaison/", contacts.new_liaison, name="new-liaison"),
    path("episodes/<uuid:episode_id>/new-goal/", episodes.new_goal, name="new-goal"),
    path("contacts/<uuid:contact_id>/", notes.care_contact, name="care-contact"),
    path("contacts/<uuid:contact_id>/entered-in-error/", refiling.contact_in_error, name="contact-in-error"),
    path("contacts/<uuid:contact_id>/countersigning/", reading.countersigning, name="countersigning"),
    path("contacts/<uuid:contact_id>/star/", reading.star, name="contact-star"),
    path("contacts/<uuid:contact_id>/text/", reading.contact_as_text, name="contact-as-text"),
    path("contacts/<uuid:contact_id>/sealed-copy/", sealed.sealed_contact, name="sealed-contact"),
    path("sealed-contacts/", sealed.sealed_contacts, name="sealed-contacts"),
    path("countersigning/", reading.to_countersign, name="to-countersign"),
    path("notes/<uuid:note_id>/amendment/", notes.amend_note, name="amend-note"),
]
api_patterns = [
    path("episodes/", episodes_api.episodes, name="api-episodes"),
    path("episodes/<uuid:episode_id>/", episodes_api.episode, name="api-episode"),
    path("episodes/<uuid:episode_id>/contacts/", contacts_api.contacts, name="api-contacts"),
    path("episodes/<uuid:episode_id>/liaisons/", contacts_api.liaisons, name="api-liaisons"),
    path("episodes/<uuid:episode_id>/messages/", contacts_api.messages, name="api-messages"),
    path("contacts/<uuid:contact_id>/", contacts_api.contact, name="api-contact"),
    path("contacts/<uuid:contact_id>/entered-in-error/", notes_api.in_error, name="api-contact-in-error"),
    path("contacts/<uuid:contact_id>/countersigning/", notes_api.countersigning, name="api-countersigning"),
    path("contacts/<uuid:contact_id>/star/", notes_api.star, name="api-contact-star"),
    path("countersigning/", notes_api.to_countersign, name="api-to-countersign"),
    path("notes/<uuid:note_id>/amendments/", notes_api.amendments, name="api-amendments"),
    path("episodes/<uuid:episode_id>/goals/", episodes_api.goals, name="api-goals"),
    path(
        "episodes/<uuid:episode_id>/plan-agreement/", episodes_api.plan_agreement, name="api-plan-agreement"
    ),
]
