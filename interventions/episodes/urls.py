"""URLs of episodes, contacts and notes: pages and API."""

from django.urls import path

from pairs.web.lazy_views import lazy_views, record_paths

contacts_api = lazy_views("interventions.episodes.api.contacts")
episodes_api = lazy_views("interventions.episodes.api.episodes")
notes_api = lazy_views("interventions.episodes.api.notes")
contacts = lazy_views("interventions.episodes.views.contacts")
episodes = lazy_views("interventions.episodes.views.episodes")
notes = lazy_views("interventions.episodes.views.notes")
reading = lazy_views("interventions.episodes.views.countersigning")
refiling = lazy_views("interventions.episodes.views.refiling")
sealed = lazy_views("interventions.episodes.views.sealed")

urlpatterns = [
    path("referrals/<uuid:referral_id>/open-episode/", episodes.OpenEpisodePage, name="open-episode"),
    path("episodes/<uuid:episode_id>/new-contact/", contacts.AddContactPage, name="new-contact"),
    path("episodes/<uuid:episode_id>/new-message/", contacts.AddMessagePage, name="new-message"),
    path("episodes/<uuid:episode_id>/new-liaison/", contacts.AddLiaisonPage, name="new-liaison"),
    path("episodes/<uuid:episode_id>/new-goal/", episodes.AddGoalPage, name="new-goal"),
    record_paths(
        "contacts/<uuid:contact_id>/",
        path("", notes.CareContactPage, name="care-contact"),
        path("entered-in-error/", refiling.ContactInErrorPage, name="contact-in-error"),
        path("countersign/", reading.CountersignPage, name="countersigning"),
        path("star/", reading.star_contact_page, name="contact-star"),
        path("text/", reading.show_contact_as_text, name="contact-as-text"),
        path("sealed-copy/", sealed.show_sealed_contact, name="sealed-contact"),
    ),
    path("sealed-contacts/", sealed.list_sealed_contacts, name="sealed-contacts"),
    path("countersigning/", reading.list_to_countersign, name="to-countersign"),
    path("notes/<uuid:note_id>/amendment/", notes.AmendNotePage, name="amend-note"),
]
api_patterns = [
    path("episodes/", episodes_api.EpisodeList, name="api-episodes"),
    path("episodes/<uuid:episode_id>/", episodes_api.EpisodeDetail, name="api-episode"),
    path("episodes/<uuid:episode_id>/contacts/", contacts_api.ContactList, name="api-contacts"),
    path("episodes/<uuid:episode_id>/liaisons/", contacts_api.LiaisonList, name="api-liaisons"),
    path("episodes/<uuid:episode_id>/messages/", contacts_api.MessageList, name="api-messages"),
    path("episodes/<uuid:episode_id>/goals/", episodes_api.GoalList, name="api-goals"),
    path("episodes/<uuid:episode_id>/plan-agreement/", episodes_api.PlanAgreement, name="api-plan-agreement"),
    record_paths(
        "contacts/<uuid:contact_id>/",
        path("", contacts_api.ContactDetail, name="api-contact"),
        path("entered-in-error/", notes_api.ContactInError, name="api-contact-in-error"),
        path("countersign/", notes_api.NoteCountersigning, name="api-countersigning"),
        path("star/", notes_api.ContactStar, name="api-contact-star"),
    ),
    path("countersigning/", notes_api.NotesToCountersign, name="api-to-countersign"),
    path("notes/<uuid:note_id>/amendments/", notes_api.AmendmentList, name="api-amendments"),
]
