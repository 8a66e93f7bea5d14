"""Addresses of safeguarding statuses, concerns and cautions."""

from django.urls import path

from pairs.web.lazy_views import lazy_views

api = lazy_views("pairs.safeguarding.api")
views = lazy_views("pairs.safeguarding.views")

urlpatterns = [
    path("families/<uuid:family_id>/safeguarding/", views.show_safeguarding, name="safeguarding"),
    path("families/<uuid:family_id>/new-status/", views.add_status, name="new-safeguarding-status"),
    path("families/<uuid:family_id>/new-household-child/", views.add_child, name="new-household-child"),
    path("families/<uuid:family_id>/new-concern/", views.add_concern, name="new-safeguarding-concern"),
    path("families/<uuid:family_id>/new-caution/", views.add_caution, name="new-caution"),
    path("statuses/<uuid:status_id>/", views.edit_status, name="safeguarding-status"),
    path("statuses/<uuid:status_id>/end/", views.end_recorded_status, name="end-safeguarding-status"),
    path("statuses/<uuid:status_id>/entered-in-error/", views.mark_status_in_error, name="status-in-error"),
    path("household-children/<uuid:child_id>/", views.edit_child, name="household-child"),
    path(
        "household-children/<uuid:child_id>/entered-in-error/",
        views.mark_child_in_error,
        name="child-in-error",
    ),
    path("concerns/<uuid:concern_id>/", views.show_concern, name="safeguarding-concern"),
    path(
        "concerns/<uuid:concern_id>/entered-in-error/", views.mark_concern_in_error, name="concern-in-error"
    ),
    path("cautions/<uuid:caution_id>/", views.edit_caution, name="caution"),
    path("cautions/<uuid:caution_id>/end/", views.end_recorded_caution, name="end-caution"),
    path(
        "cautions/<uuid:caution_id>/entered-in-error/", views.mark_caution_in_error, name="caution-in-error"
    ),
]
api_patterns = [
    path("families/<uuid:family_id>/statuses/", api.list_or_record_statuses, name="api-statuses"),
    path(
        "families/<uuid:family_id>/household-children/",
        api.list_or_add_children,
        name="api-household-children",
    ),
    path("families/<uuid:family_id>/concerns/", api.list_or_record_concerns, name="api-concerns"),
    path("families/<uuid:family_id>/cautions/", api.list_or_record_cautions, name="api-cautions"),
    path("statuses/<uuid:status_id>/", api.show_or_update_status, name="api-status"),
    path("statuses/<uuid:status_id>/end/", api.end_status_api, name="api-status-ending"),
    path("household-children/<uuid:child_id>/", api.show_or_update_child, name="api-household-child"),
    path("concerns/<uuid:concern_id>/", api.show_concern_api, name="api-concern"),
    path("concerns/<uuid:concern_id>/steps/", api.add_concern_step_api, name="api-concern-steps"),
    path("cautions/<uuid:caution_id>/", api.show_or_update_caution, name="api-caution"),
    path("cautions/<uuid:caution_id>/end/", api.end_caution_api, name="api-caution-ending"),
]
