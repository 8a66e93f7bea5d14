"""URLs of the service report: pages and API."""

from django.urls import path

from pairs.documents.paths import build_document_api_path, build_document_paths
from pairs.web.lazy_views import lazy_views

api = lazy_views("reporting.performance.api")
views = lazy_views("reporting.performance.views")
dashboards = lazy_views("reporting.performance.dashboards")

urlpatterns = [
    path("service/now/", dashboards.show_service_now, name="service-now"),
    path("service/team/", dashboards.show_team_figures, name="team-figures"),
    path("service/needs/", views.list_needs, name="needs"),
    path("service/needs/new/", views.RecordNeedPage, name="new-need"),
    path("service/reports/", views.ServiceReportsPage, name="service-reports"),
    path("service/reports/<uuid:report_id>/", views.show_service_report, name="service-report"),
    path(
        "service/reports/<uuid:report_id>/csv/", views.download_service_report_csv, name="service-report-csv"
    ),
    *build_document_paths(
        "service/reports/<uuid:report_id>/",
        "service-report",
        "reporting.performance.documents.SERVICE_REPORT",
        printed=False,
    ),
]
api_patterns = [
    path("service-reports/", api.ServiceReportList, name="api-service-reports"),
    path("service-reports/<uuid:report_id>/", api.ServiceReportDetail, name="api-service-report"),
    path("needs/", api.NeedFigureList, name="api-needs"),
    build_document_api_path(
        "service-reports/<uuid:report_id>/",
        "service-report",
        "reporting.performance.documents.SERVICE_REPORT",
    ),
]
