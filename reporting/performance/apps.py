from django.apps import AppConfig


class PerformanceConfig(AppConfig):
    name = "reporting.performance"
    label = "performance"
    verbose_name = "The service report, and the service's figures of today"
    default_auto_field = "django.db.models.BigAutoField"
