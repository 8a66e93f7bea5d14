"""URLs of evidence: pages and API."""

from django.urls import path

from pairs.web.lazy_views import lazy_views

api = lazy_views("reporting.evidence.api")
views = lazy_views("reporting.evidence.views")

urlpatterns = [
    path("reports/", views.list_reports, name="reports"),
    path("reports/experience/", views.show_experience_results, name="experience-results"),
    path("reports/<uuid:report_id>/", views.show_report, name="report"),
    path("reports/<uuid:report_id>/progress/", views.show_report_progress, name="report-progress"),
    path("reports/<uuid:report_id>/pdf/", views.download_report_pdf, name="report-pdf"),
]
api_patterns = [
    path("reports/", api.list_or_request_reports, name="api-reports"),
    path("experience/results/", api.list_experience_results_api, name="api-experience-results"),
    path("reports/<uuid:report_id>/", api.show_report_api, name="api-report"),
    path("reports/<uuid:report_id>/pdf/", api.download_report_pdf_api, name="api-report-pdf"),
]
