"""Addresses of safeguarding statuses, concerns and cautions."""

from django.urls import path

from pairs.service.lazy_views import lazy_views

api = lazy_views("pairs.safeguarding.api")
views = lazy_views("pairs.safeguarding.views")

urlpatterns = [
    path("families/<uuid:family_id>/safeguarding/", views.safeguarding, name="safeguarding"),
    path("families/<uuid:family_id>/new-status/", views.new_status, name="new-safeguarding-status"),
    path("families/<uuid:family_id>/new-household-child/", views.new_child, name="new-household-child"),
    path("families/<uuid:family_id>/new-concern/", views.new_concern, name="new-safeguarding-concern"),
    path("families/<uuid:family_id>/new-caution/", views.new_caution, name="new-caution"),
    path("statuses/<uuid:status_id>/", views.status, name="safeguarding-status"),
    path("statuses/<uuid:status_id>/ending/", views.end_status, name="end-safeguarding-status"),
    path("statuses/<uuid:status_id>/entered-in-error/", views.status_in_error, name="status-in-error"),
    path("household-children/<uuid:child_id>/", views.child, name="household-child"),
    path("household-children/<uuid:child_id>/entered-in-error/", views.child_in_error, name="child-in-error"),
    path("concerns/<uuid:concern_id>/", views.concern, name="safeguarding-concern"),
    path("concerns/<uuid:concern_id>/entered-in-error/", views.concern_in_error, name="concern-in-error"),
    path("cautions/<uuid:caution_id>/", views.caution, name="caution"),
    path("cautions/<uuid:caution_id>/ending/", views.end_caution, name="end-caution"),
    path("cautions/<uuid:caution_id>/entered-in-error/", views.caution_in_error, name="caution-in-error"),
]
api_patterns = [
    path("families/<uuid:family_id>/statuses/", api.statuses, name="api-statuses"),
    path("families/<uuid:family_id>/household-children/", api.children, name="api-household-children"),
    path("families/<uuid:family_id>/concerns/", api.concerns, name="api-concerns"),
    path("families/<uuid:family_id>/cautions/", api.cautions, name="api-cautions"),
    path("statuses/<uuid:status_id>/", api.status, name="api-status"),
    path("statuses/<uuid:status_id>/ending/", api.status_ending, name="api-status-ending"),
    path("household-children/<uuid:child_id>/", api.child, name="api-household-child"),
    path("concerns/<uuid:concern_id>/", api.concern, name="api-concern"),
    path("concerns/<uuid:concern_id>/steps/", api.concern_steps, name="api-concern-steps"),
    path("cautions/<uuid:caution_id>/", api.caution, name="api-caution"),
    path("cautions/<uuid:caution_id>/ending/", api.caution_ending, name="api-caution-ending"),
]
