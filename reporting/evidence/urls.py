"""URLs of evidence: pages and API."""

from django.urls import path

from pairs.documents.paths import build_document_api_path, build_document_paths
from pairs.web.lazy_views import lazy_views

api = lazy_views("reporting.evidence.api")
views = lazy_views("reporting.evidence.views")

urlpatterns = [
    path("reports/", views.ReportsPage, name="reports"),
    path("reports/experience/", views.show_experience_results, name="experience-results"),
    path("reports/<uuid:report_id>/", views.show_report, name="report"),
    path("reports/<uuid:report_id>/csv/", views.download_report_csv, name="report-csv"),
    path("reports/<uuid:report_id>/ods/", views.download_report_ods, name="report-ods"),
    path("reports/<uuid:report_id>/parents/", views.show_report_for_parents, name="report-for-parents"),
    path("reports/<uuid:report_id>/sign/", views.SignReportPage, name="sign-report"),
    path("reports/<uuid:report_id>/correct/", views.CorrectReportPage, name="correct-report"),
    *build_document_paths(
        "reports/<uuid:report_id>/", "report", "reporting.evidence.documents.REPORT", printed=False
    ),
]
api_patterns = [
    path("reports/", api.ReportList, name="api-reports"),
    path("experience/results/", api.ExperienceResultList, name="api-experience-results"),
    path("reports/<uuid:report_id>/", api.ReportDetail, name="api-report"),
    path("reports/<uuid:report_id>/sign/", api.ReportSigning, name="api-sign-report"),
    path("reports/<uuid:report_id>/correct/", api.ReportCorrection, name="api-correct-report"),
    build_document_api_path("reports/<uuid:report_id>/", "report", "reporting.evidence.documents.REPORT"),
]
