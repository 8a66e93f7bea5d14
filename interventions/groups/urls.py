"""URLs of groups: pages and API."""

from django.urls import path

from pairs.web.lazy_views import lazy_views

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
    path("groups/", programmes.list_groups, name="groups"),
    path("groups/new/", programmes.plan_group, name="new-group"),
    path(f"{GROUP}/", programmes.show_group, name="group"),
    path(f"{GROUP}/details/", programmes.edit_group, name="change-group"),
    path(f"{GROUP}/new-session/", programmes.add_group_session, name="new-group-session"),
    path(f"{GROUP}/new-facilitator/", programmes.add_facilitator_page, name="new-facilitator"),
    path(f"{GROUP}/new-places/", places.add_group_places, name="new-group-places"),
    path(f"{GROUP}/end/", programmes.close_group, name="close-group"),
    path(
        "group-facilitators/<uuid:facilitator_id>/end/",
        programmes.end_facilitator_page,
        name="end-facilitator",
    ),
    path(f"{SESSION}/", registers.edit_group_register, name="group-register"),
    path(f"{SESSION}/paper/", registers.show_printable_register, name="group-register-paper"),
    path(f"{SESSION}/details/", programmes.move_group_session, name="change-group-session"),
    path(f"{SESSION}/cancel/", programmes.cancel_group_session, name="cancel-group-session"),
    path("episodes/<uuid:episode_id>/new-group-place/", places.add_group_place, name="new-group-place"),
    path(f"{PLACE}/", places.show_group_place, name="group-place"),
    path(f"{PLACE}/people/", places.edit_group_guests, name="group-guests"),
    path(f"{PLACE}/end/", places.leave_group_page, name="leave-group"),
]
api_patterns = [
    path("groups/", programmes_api.list_or_plan_groups, name="api-groups"),
    path(f"{GROUP}/", programmes_api.show_or_change_group, name="api-group"),
    path(f"{GROUP}/sessions/", programmes_api.add_group_session_api, name="api-group-sessions"),
    path(f"{GROUP}/facilitators/", programmes_api.add_facilitator_api, name="api-facilitators"),
    path(f"{GROUP}/end/", programmes_api.close_group_api, name="api-group-ending"),
    path(
        "group-facilitators/<uuid:facilitator_id>/end/",
        programmes_api.end_facilitator_api,
        name="api-facilitator-ending",
    ),
    path(f"{SESSION}/", programmes_api.show_or_move_group_session, name="api-group-session"),
    path(
        f"{SESSION}/cancel/",
        programmes_api.cancel_group_session_api,
        name="api-group-session-cancellation",
    ),
    path(f"{SESSION}/register/", registers_api.show_or_record_register, name="api-group-register"),
    path("episodes/<uuid:episode_id>/group-places/", places_api.list_or_join_groups, name="api-group-places"),
    path(f"{PLACE}/", places_api.show_or_change_place, name="api-group-place"),
    path(f"{PLACE}/end/", places_api.leave_group_api, name="api-group-place-ending"),
]
