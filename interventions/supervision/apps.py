from django.apps import AppConfig


class SupervisionConfig(AppConfig):
    name = "interventions.supervision"
    label = "supervision"
    verbose_name = "Supervision of the people who do the work"
    default_auto_field = "django.db.models.BigAutoField"
