"""URLs of who does the work."""

from django.urls import path

from pairs.web.lazy_views import lazy_views

views = lazy_views("interventions.workforce.views")
hand_overs = lazy_views("interventions.workforce.hand_over_views")
api = lazy_views("interventions.workforce.api")

urlpatterns = [
    path("episodes/<uuid:episode_id>/lead/", views.ChangeLeadPage, name="change-lead"),
    path("absences/", views.list_absences, name="absences"),
    path("absences/new/", views.AddAbsencePage, name="new-absence"),
    path("absences/<uuid:absence_id>/", views.ChangeAbsencePage, name="change-absence"),
    path("absences/<uuid:absence_id>/cancel/", views.CancelAbsencePage, name="cancel-absence"),
    path("hand-overs/", hand_overs.list_hand_overs, name="hand-overs"),
    path("hand-overs/<uuid:hand_over_id>/", hand_overs.show_hand_over, name="hand-over"),
    path("hand-overs/<uuid:hand_over_id>/undo/", hand_overs.UndoHandOverPage, name="undo-hand-over"),
    path("colleagues/<uuid:colleague_id>/work/", hand_overs.HandOverWorkPage, name="hand-over-work"),
]
api_patterns = [
    path("episodes/<uuid:episode_id>/lead-changes/", api.LeadChangeList, name="api-lead-changes"),
    path("absences/", api.AbsenceList, name="api-absences"),
    path("absences/<uuid:absence_id>/", api.AbsenceDetail, name="api-absence"),
    path("absences/<uuid:absence_id>/cancel/", api.AbsenceCancelling, name="api-cancel-absence"),
    path("hand-overs/", api.HandOverList, name="api-hand-overs"),
    path("hand-overs/<uuid:hand_over_id>/undo/", api.HandOverUndoing, name="api-undo-hand-over"),
    path("colleagues/<uuid:colleague_id>/work/", api.ColleagueWorkList, name="api-hand-over-work"),
]
