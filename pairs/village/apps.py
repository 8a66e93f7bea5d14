from django.apps import AppConfig


class VillageConfig(AppConfig):
    name = "pairs.village"
    label = "village"
    verbose_name = "The people around the child, and what each may be told"
    default_auto_field = "django.db.models.BigAutoField"
