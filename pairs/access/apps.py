from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "pairs.access"
    label = "access"
    verbose_name = "Who may do what, where"
    default_auto_field = "django.db.models.BigAutoField"
