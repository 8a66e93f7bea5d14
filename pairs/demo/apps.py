from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "pairs.demo"
    label = "demo"
    verbose_name = "Made-up families for trying things out"
    default_auto_field = "django.db.models.BigAutoField"
