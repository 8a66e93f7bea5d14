from django.apps import AppConfig


class DashboardsConfig(AppConfig):
    name = "reporting.dashboards"
    label = "dashboards"
    verbose_name = "Dashboards: pages and acts that span apps"
    default_auto_field = "django.db.models.BigAutoField"
