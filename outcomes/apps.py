from django.apps import AppConfig
from django.core.checks import Error, register


class OutcomesConfig(AppConfig):
    name = "outcomes"
    label = "outcomes"
    verbose_name = "Measures, pairs and goals"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        register(_sheets_are_sound)


def _sheets_are_sound(**options):
    """The form of every sheet and of every licensed copy, before the service starts with it."""
    from outcomes.measures import catalogue, faults

    found = faults()
    if not found:
        try:
            catalogue()
        except ValueError as error:
            found = [str(error)]
    return [Error(f"The catalogue of measures: {each}", id="outcomes.E001") for each in found]
