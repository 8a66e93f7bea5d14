from django.apps import AppConfig
from django.core.checks import Error, register


class OutcomesConfig(AppConfig):
    name = "outcomes"
    label = "outcomes"
    verbose_name = "Measures, pairs and goals"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        register(_check_measure_definitions)


def _check_measure_definitions(**options):
    """System check of every measure definition and licensed pack."""
    from outcomes.measures import find_definition_faults, get_catalogue

    found = find_definition_faults()
    if not found:
        try:
            get_catalogue()
        except ValueError as error:
            found = [str(error)]
    return [Error(f"The catalogue of measures: {each}", id="outcomes.E001") for each in found]
