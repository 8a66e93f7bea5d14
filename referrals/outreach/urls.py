"""URLs of outreach: pages and API."""

from django.urls import path

from pairs.web.lazy_views import lazy_views

api = lazy_views("referrals.outreach.api")
views = lazy_views("referrals.outreach.views")

SESSION = "outreach/<uuid:outreach_id>"

urlpatterns = [
    path("outreach/new/", views.PlanOutreachPage, name="new-outreach"),
    path(f"{SESSION}/details/", views.ChangeOutreachPage, name="change-outreach"),
    path(f"{SESSION}/record/", views.RecordOutreachPage, name="record-outreach"),
    path(f"{SESSION}/cancel/", views.CancelOutreachPage, name="cancel-outreach"),
]
api_patterns = [
    path("outreach/", api.OutreachList, name="api-outreach"),
    path(f"{SESSION}/", api.OutreachDetail, name="api-outreach-session"),
    path(f"{SESSION}/record/", api.OutreachRecord, name="api-record-outreach"),
    path(f"{SESSION}/cancel/", api.OutreachCancellation, name="api-cancel-outreach"),
]
