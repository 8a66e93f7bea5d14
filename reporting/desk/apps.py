from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "reporting.desk"
    label = "desk"
    verbose_name = "Dashboards: pages and acts that span apps"
    default_auto_field = "django.db.models.BigAutoField"
