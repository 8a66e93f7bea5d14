from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "pairs.jobs"
    label = "jobs"
    verbose_name = "Work that takes time"
    default_auto_field = "django.db.models.BigAutoField"
