"""URLs of who does the work."""

from django.urls import path

from pairs.web.lazy_views import lazy_views

views = lazy_views("interventions.workforce.views")
api = lazy_views("interventions.workforce.api")

urlpatterns = [
    path("episodes/<uuid:episode_id>/lead/", views.ChangeLeadPage, name="change-lead"),
    path("absences/", views.list_absences, name="absences"),
    path("absences/new/", views.AddAbsencePage, name="new-absence"),
    path("absences/<uuid:absence_id>/", views.ChangeAbsencePage, name="change-absence"),
    path("absences/<uuid:absence_id>/cancel/", views.CancelAbsencePage, name="cancel-absence"),
]
api_patterns = [
    path("episodes/<uuid:episode_id>/lead-changes/", api.LeadChangeList, name="api-lead-changes"),
    path("absences/", api.AbsenceList, name="api-absences"),
    path("absences/<uuid:absence_id>/", api.AbsenceDetail, name="api-absence"),
    path("absences/<uuid:absence_id>/cancel/", api.AbsenceCancelling, name="api-cancel-absence"),
]
