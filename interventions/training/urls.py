"""URLs of training delivered: pages and API."""

from django.urls import path

from pairs.documents.paths import build_document_api_path, build_document_paths
from pairs.web.lazy_views import lazy_views

api = lazy_views("interventions.training.api")
views = lazy_views("interventions.training.views")

PROGRAMME = "training/<uuid:training_id>"
SESSION = "training-sessions/<uuid:training_session_id>"
ATTENDEE = "training-attendees/<uuid:attendee_id>"
CERTIFICATE = "training-certificates/<uuid:certificate_id>/"
DOCUMENT = "interventions.training.documents.CERTIFICATE"

urlpatterns = [
    path("training/", views.list_training, name="training"),
    path("training/new/", views.PlanProgrammePage, name="new-training"),
    path("training/reach/", views.show_reach, name="training-reach"),
    path("training/topics/", views.TrainingTopicsPage, name="training-topics"),
    path("training/topics/retire/", views.RetireTopicPage, name="retire-training-topic"),
    path("training/workforce/", views.RecordHeadcountPage, name="new-workforce-figure"),
    path(f"{PROGRAMME}/", views.show_programme, name="training-programme"),
    path(f"{PROGRAMME}/details/", views.ChangeProgrammePage, name="change-training"),
    path(f"{PROGRAMME}/new-session/", views.AddTrainingSessionPage, name="new-training-session"),
    path(f"{PROGRAMME}/new-attendee/", views.AddAttendeePage, name="new-training-attendee"),
    path(f"{PROGRAMME}/certificates/", views.IssueCertificatesPage, name="issue-certificates"),
    path(f"{SESSION}/", views.TrainingRegisterPage, name="training-register"),
    path(f"{SESSION}/details/", views.ChangeTrainingSessionPage, name="change-training-session"),
    path(f"{SESSION}/cancel/", views.CancelTrainingSessionPage, name="cancel-training-session"),
    path(f"{ATTENDEE}/", views.ChangeAttendeePage, name="training-attendee"),
    path(f"{ATTENDEE}/remove/", views.RemoveAttendeePage, name="remove-training-attendee"),
    path(CERTIFICATE, views.show_certificate, name="training-certificate"),
    *build_document_paths(CERTIFICATE, "training-certificate", DOCUMENT),
]
api_patterns = [
    path("training-topics/", api.TrainingTopicList, name="api-training-topics"),
    path("training-topics/retire/", api.TrainingTopicRetirement, name="api-retire-training-topic"),
    path("training/", api.TrainingList, name="api-training"),
    path("training/reach/", api.TrainingReachList, name="api-training-reach"),
    path("training/workforce/", api.WorkforceFigureList, name="api-workforce-figures"),
    path(f"{PROGRAMME}/", api.TrainingDetail, name="api-training-programme"),
    path(f"{PROGRAMME}/sessions/", api.TrainingSessionList, name="api-training-sessions"),
    path(f"{PROGRAMME}/attendees/", api.TrainingAttendeeList, name="api-training-attendees"),
    path(f"{PROGRAMME}/certificates/", api.CertificateIssue, name="api-issue-certificates"),
    path(f"{SESSION}/", api.TrainingSessionDetail, name="api-training-session"),
    path(f"{SESSION}/cancel/", api.TrainingSessionCancellation, name="api-cancel-training-session"),
    path(f"{SESSION}/register/", api.TrainingRegister, name="api-training-register"),
    path(f"{ATTENDEE}/", api.TrainingAttendeeDetail, name="api-training-attendee"),
    path(f"{ATTENDEE}/remove/", api.TrainingAttendeeRemoval, name="api-remove-training-attendee"),
    build_document_api_path(CERTIFICATE, "training-certificate", DOCUMENT),
]
