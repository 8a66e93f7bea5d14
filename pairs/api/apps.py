from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "pairs.api"
    label = "api"
    verbose_name = "How the API reads, answers and is described"
