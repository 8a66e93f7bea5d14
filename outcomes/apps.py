from django.apps import AppConfig


class OutcomesConfig(AppConfig):
    name = "outcomes"
    label = "outcomes"
    verbose_name = "Measures, pairs and goals"
    default_auto_field = "django.db.models.BigAutoField"
