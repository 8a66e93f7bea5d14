"""Addresses of this room: pages, and what it adds to the API."""

from django.urls import path

from pairs.service.lazy_views import lazy_views

api = lazy_views("reporting.evidence.api")
views = lazy_views("reporting.evidence.views")

urlpatterns = [
    path("reports/", views.reports, name="reports"),
    path("reports/experience/", views.experience_results, name="experience-results"),
    path("reports/<uuid:report_id>/", views.report, name="report"),
    path("reports/<uuid:report_id>/progress/", views.report_progress, name="report-progress"),
    path("reports/<uuid:report_id>/pdf/", views.report_pdf, name="report-pdf"),
]
api_patterns = [
    path("reports/", api.reports, name="api-reports"),
    path("experience/results/", api.experience_results, name="api-experience-results"),
    path("reports/<uuid:report_id>/", api.report, name="api-report"),
    path("reports/<uuid:report_id>/pdf/", api.report_pdf, name="api-report-pdf"),
]
