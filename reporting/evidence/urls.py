"""URLs of evidence: pages and API."""

from django.urls import path

from pairs.web.lazy_views import lazy_views

api = lazy_views("reporting.evidence.api")
views = lazy_views("reporting.evidence.views")

urlpatterns = [
    path("reports/", views.ReportsPage, name="reports"),
    path("reports/experience/", views.show_experience_results, name="experience-results"),
    path("reports/<uuid:report_id>/", views.show_report, name="report"),
    path("reports/<uuid:report_id>/progress/", views.show_report_progress, name="report-progress"),
    path("reports/<uuid:report_id>/pdf/", views.download_report_pdf, name="report-pdf"),
]
api_patterns = [
    path("reports/", api.ReportList, name="api-reports"),
    path("experience/results/", api.ExperienceResultList, name="api-experience-results"),
    path("reports/<uuid:report_id>/", api.ReportDetail, name="api-report"),
    path("reports/<uuid:report_id>/pdf/", api.ReportPdf, name="api-report-pdf"),
]
