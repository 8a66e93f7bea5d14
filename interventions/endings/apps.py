from django.apps import AppConfig


class EndingsConfig(AppConfig):
    name = "interventions.endings"
    label = "endings"
    verbose_name = "A good ending: letters, the keepsake, the way back"
    default_auto_field = "django.db.models.BigAutoField"
