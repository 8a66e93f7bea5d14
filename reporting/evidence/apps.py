from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    name = "reporting.evidence"
    label = "evidence"
    verbose_name = "Indicators, disclosure and reports"
    default_auto_field = "django.db.models.BigAutoField"
