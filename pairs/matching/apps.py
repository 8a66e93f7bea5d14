from django.apps import AppConfig


class MatchingConfig(AppConfig):
    name = "pairs.matching"
    label = "matching"
    verbose_name = "Finding people, and telling them apart"
    default_auto_field = "django.db.models.BigAutoField"
