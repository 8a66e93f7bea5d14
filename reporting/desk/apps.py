from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "reporting.desk"
    label = "desk"
    verbose_name = "Pages that read across rooms"
    default_auto_field = "django.db.models.BigAutoField"
