from django.apps import AppConfig


class GeographyConfig(AppConfig):
    name = "pairs.geography"
    label = "geography"
    verbose_name = "Postcode to neighbourhood to deprivation"
    default_auto_field = "django.db.models.BigAutoField"
