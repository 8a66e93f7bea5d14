"""Addresses of groups: pages, and what they add to the API."""

from django.urls import path

from pairs.service.lazy_views import lazy_views

places_api = lazy_views("interventions.groups.api.places")
programmes_api = lazy_views("interventions.groups.api.programmes")
registers_api = lazy_views("interventions.groups.api.registers")
places = lazy_views("interventions.groups.views.places")
programmes = lazy_views("interventions.groups.views.programmes")
registers = lazy_views("interventions.groups.views.registers")

GROUP = "groups/<uuid:programme_id>"
SESSION = "group-sessions/<uuid:group_session_id>"
PLACE = "group-places/<uuid:place_id>"

urlpatterns = [
    path("groups/", programmes.groups, name="groups"),
    path("groups/new/", programmes.new_group, name="new-group"),
    path(f"{GROUP}/", programmes.group, name="group"),
    path(f"{GROUP}/details/", programmes.change_group, name="change-group"),
    path(f"{GROUP}/new-session/", programmes.new_group_session, name="new-group-session"),
    path(f"{GROUP}/new-facilitator/", programmes.new_facilitator, name="new-facilitator"),
    path(f"{GROUP}/new-places/", places.new_group_places, name="new-group-places"),
    path(f"{GROUP}/end/", programmes.close_group, name="close-group"),
    path("group-facilitators/<uuid:facilitator_id>/end/", programmes.end_facilitator, name="end-facilitator"),
    path(f"{SESSION}/", registers.group_register, name="group-register"),
    path(f"{SESSION}/paper/", registers.group_register_paper, name="group-register-paper"),
    path(f"{SESSION}/details/", programmes.change_group_session, name="change-group-session"),
    path(f"{SESSION}/cancellation/", programmes.cancel_group_session, name="cancel-group-session"),
    path("episodes/<uuid:episode_id>/new-group-place/", places.new_group_place, name="new-group-place"),
    path(f"{PLACE}/", places.group_place, name="group-place"),
    path(f"{PLACE}/people/", places.group_guests, name="group-guests"),
    path(f"{PLACE}/end/", places.leave_group, name="leave-group"),
]
api_patterns = [
    path("groups/", programmes_api.groups, name="api-groups"),
    path(f"{GROUP}/", programmes_api.group, name="api-group"),
    path(f"{GROUP}/sessions/", programmes_api.group_sessions, name="api-group-sessions"),
    path(f"{GROUP}/facilitators/", programmes_api.facilitators, name="api-facilitators"),
    path(f"{GROUP}/ending/", programmes_api.closing, name="api-group-ending"),
    path(
        "group-facilitators/<uuid:facilitator_id>/ending/",
        programmes_api.facilitator_ending,
        name="api-facilitator-ending",
    ),
    path(f"{SESSION}/", programmes_api.group_session, name="api-group-session"),
    path(f"{SESSION}/cancellation/", programmes_api.cancellation, name="api-group-session-cancellation"),
    path(f"{SESSION}/register/", registers_api.register, name="api-group-register"),
    path("episodes/<uuid:episode_id>/group-places/", places_api.places, name="api-group-places"),
    path(f"{PLACE}/", places_api.place, name="api-group-place"),
    path(f"{PLACE}/ending/", places_api.leaving, name="api-group-place-ending"),
]
