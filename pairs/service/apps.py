from django.apps import AppConfig


class ServiceConfig(AppConfig):
    name = "pairs.service"
    label = "service"
    verbose_name = "Places, sites and people who work here"
    default_auto_field = "django.db.models.BigAutoField"
