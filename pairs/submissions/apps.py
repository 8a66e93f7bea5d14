from django.apps import AppConfig


class SubmissionsConfig(AppConfig):
    name = "pairs.submissions"
    label = "submissions"
    verbose_name = "Drafts and once-only submissions"
    default_auto_field = "django.db.models.BigAutoField"
