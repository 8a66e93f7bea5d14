from typing import Any

from django.apps import AppConfig
from django.conf import settings

from pairs.database.trigger_registry import use_indexed_registry


class ServiceConfig(AppConfig):
    name = "pairs.service"
    label = "service"
    verbose_name = "Places, sites and people who work here"
    default_auto_field = "django.db.models.BigAutoField"

    def __init__(self, *arguments: Any) -> None:
        """Every app's configuration is made before the first model is."""
        super().__init__(*arguments)
        use_indexed_registry()

    def ready(self) -> None:
        if settings.SENTRY_DSN:
            from pairs.service.error_reports import start_error_reports

            start_error_reports(settings.SENTRY_DSN)
