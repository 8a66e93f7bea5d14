from django.apps import AppConfig


class RestrictionsConfig(AppConfig):
    name = "pairs.restrictions"
    label = "restrictions"
    verbose_name = "Restricted families"
    default_auto_field = "django.db.models.BigAutoField"
