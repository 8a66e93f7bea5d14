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
    path("groups/csv/", programmes.download_groups, name="groups-csv"),
    path("groups/new/", programmes.PlanGroupPage, name="new-group"),
    path(f"{GROUP}/", programmes.show_group, name="group"),
    path(f"{GROUP}/details/", programmes.EditGroupPage, name="change-group"),
    path(f"{GROUP}/new-session/", programmes.AddSessionPage, name="new-group-session"),
    path(f"{GROUP}/new-facilitator/", programmes.AddFacilitatorPage, name="new-facilitator"),
    path(f"{GROUP}/new-places/", places.AddFamiliesPage, name="new-group-places"),
    path(f"{GROUP}/sign-off/", programmes.SignOffGroupPage, name="sign-off-group"),
    path(f"{GROUP}/end/", programmes.CloseGroupPage, name="close-group"),
    path(
        "group-facilitators/<uuid:facilitator_id>/end/", programmes.EndFacilitatorPage, name="end-facilitator"
    ),
    path(f"{SESSION}/", registers.GroupRegisterPage, name="group-register"),
    path(f"{SESSION}/paper/", registers.show_printable_register, name="group-register-paper"),
    path(f"{SESSION}/details/", programmes.MoveSessionPage, name="change-group-session"),
    path(f"{SESSION}/cancel/", programmes.CancelSessionPage, name="cancel-group-session"),
    path("episodes/<uuid:episode_id>/new-group-place/", places.JoinGroupPage, name="new-group-place"),
    path(f"{PLACE}/", places.show_group_place, name="group-place"),
    path(f"{PLACE}/people/", places.EditGuestsPage, name="group-guests"),
    path(f"{PLACE}/end/", places.LeaveGroupPage, name="leave-group"),
]
api_patterns = [
    path("groups/", programmes_api.GroupList, name="api-groups"),
    path(f"{GROUP}/", programmes_api.GroupDetail, name="api-group"),
    path(f"{GROUP}/sessions/", programmes_api.GroupSessionAddition, name="api-group-sessions"),
    path(f"{GROUP}/facilitators/", programmes_api.FacilitatorAddition, name="api-facilitators"),
    path(f"{GROUP}/sign-offs/", programmes_api.GroupSignOffList, name="api-group-sign-offs"),
    path(f"{GROUP}/end/", programmes_api.GroupClosing, name="api-group-ending"),
    path(
        "group-facilitators/<uuid:facilitator_id>/end/",
        programmes_api.FacilitatorEnding,
        name="api-facilitator-ending",
    ),
    path(f"{SESSION}/", programmes_api.GroupSessionDetail, name="api-group-session"),
    path(
        f"{SESSION}/cancel/", programmes_api.GroupSessionCancellation, name="api-group-session-cancellation"
    ),
    path(f"{SESSION}/register/", registers_api.GroupRegister, name="api-group-register"),
    path("episodes/<uuid:episode_id>/group-places/", places_api.GroupPlaceList, name="api-group-places"),
    path(f"{PLACE}/", places_api.GroupPlaceDetail, name="api-group-place"),
    path(f"{PLACE}/end/", places_api.GroupPlaceEnding, name="api-group-place-ending"),
]
