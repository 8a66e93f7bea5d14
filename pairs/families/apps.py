from django.apps import AppConfig


class FamiliesConfig(AppConfig):
    name = "pairs.families"
    label = "families"
    verbose_name = "Infants, caregivers and their relationships"
    default_auto_field = "django.db.models.BigAutoField"
