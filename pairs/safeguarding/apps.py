from django.apps import AppConfig


class SafeguardingConfig(AppConfig):
    name = "pairs.safeguarding"
    label = "safeguarding"
    verbose_name = "Safeguarding statuses and concerns"
    default_auto_field = "django.db.models.BigAutoField"
