from django.apps import AppConfig


class DiaryConfig(AppConfig):
    name = "interventions.diary"
    label = "diary"
    verbose_name = "Planned contacts by day, week, person, site and room"
    default_auto_field = "django.db.models.BigAutoField"
