from django.apps import AppConfig


class SubjectAccessConfig(AppConfig):
    name = "pairs.subject_access"
    label = "subject_access"
    verbose_name = "Subject access"
    default_auto_field = "django.db.models.BigAutoField"
