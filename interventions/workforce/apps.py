from django.apps import AppConfig


class WorkforceConfig(AppConfig):
    name = "interventions.workforce"
    label = "workforce"
    verbose_name = "Who does the work: leads, cover and posts"
    default_auto_field = "django.db.models.BigAutoField"
