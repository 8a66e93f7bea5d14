from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "pairs.audit"
    label = "audit"
    verbose_name = "Who changed what, who saw what"
    default_auto_field = "django.db.models.BigAutoField"
