from django.apps import AppConfig


class FilmingConfig(AppConfig):
    name = "interventions.filming"
    label = "filming"
    verbose_name = "Cycles of filming and shared review"
    default_auto_field = "django.db.models.BigAutoField"
