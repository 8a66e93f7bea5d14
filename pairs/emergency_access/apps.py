from django.apps import AppConfig


class EmergencyAccessConfig(AppConfig):
    name = "pairs.emergency_access"
    label = "emergency_access"
    verbose_name = "Emergency access"
    default_auto_field = "django.db.models.BigAutoField"
