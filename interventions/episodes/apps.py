from django.apps import AppConfig


class EpisodesConfig(AppConfig):
    name = "interventions.episodes"
    label = "episodes"
    verbose_name = "The work with a family"
    default_auto_field = "django.db.models.BigAutoField"
