"""Addresses of safeguarding statuses, concerns and cautions."""

from django.urls import path

from pairs.web.lazy_views import lazy_views, record_paths

api = lazy_views("pairs.safeguarding.api")
views = lazy_views("pairs.safeguarding.views")

urlpatterns = [
    path("families/<uuid:family_id>/safeguarding/", views.show_safeguarding, name="safeguarding"),
    path("families/<uuid:family_id>/new-status/", views.AddStatusPage, name="new-safeguarding-status"),
    path("families/<uuid:family_id>/new-household-child/", views.AddChildPage, name="new-household-child"),
    path("families/<uuid:family_id>/new-concern/", views.AddConcernPage, name="new-safeguarding-concern"),
    path("families/<uuid:family_id>/new-caution/", views.AddCautionPage, name="new-caution"),
    path("statuses/<uuid:status_id>/", views.EditStatusPage, name="safeguarding-status"),
    path("statuses/<uuid:status_id>/end/", views.EndStatusPage, name="end-safeguarding-status"),
    path("statuses/<uuid:status_id>/entered-in-error/", views.StatusInErrorPage, name="status-in-error"),
    record_paths(
        "household-children/<uuid:child_id>/",
        path("", views.EditChildPage, name="household-child"),
        path("entered-in-error/", views.ChildInErrorPage, name="child-in-error"),
    ),
    path("concerns/<uuid:concern_id>/", views.ConcernPage, name="safeguarding-concern"),
    path("concerns/<uuid:concern_id>/entered-in-error/", views.ConcernInErrorPage, name="concern-in-error"),
    path("cautions/<uuid:caution_id>/", views.EditCautionPage, name="caution"),
    path("cautions/<uuid:caution_id>/end/", views.EndCautionPage, name="end-caution"),
    path("cautions/<uuid:caution_id>/entered-in-error/", views.CautionInErrorPage, name="caution-in-error"),
]
api_patterns = [
    record_paths(
        "families/<uuid:family_id>/",
        path("statuses/", api.StatusList, name="api-statuses"),
        path("household-children/", api.ChildList, name="api-household-children"),
        path("concerns/", api.ConcernList, name="api-concerns"),
        path("cautions/", api.CautionList, name="api-cautions"),
    ),
    path("statuses/<uuid:status_id>/", api.StatusDetail, name="api-status"),
    path("statuses/<uuid:status_id>/end/", api.StatusEnding, name="api-status-ending"),
    path("household-children/<uuid:child_id>/", api.ChildDetail, name="api-household-child"),
    path("concerns/<uuid:concern_id>/", api.ConcernDetail, name="api-concern"),
    path("concerns/<uuid:concern_id>/steps/", api.ConcernStepList, name="api-concern-steps"),
    path("cautions/<uuid:caution_id>/", api.CautionDetail, name="api-caution"),
    path("cautions/<uuid:caution_id>/end/", api.CautionEnding, name="api-caution-ending"),
]
