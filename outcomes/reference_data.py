"""The choice of measures that a new service starts with."""

from outcomes.models import ChosenMeasure
from pairs.service.actions import insert_missing_rows


def load_reference_data() -> None:
    """One measure of the core, until the service chooses; a choice is changed and never deleted."""
    insert_missing_rows(ChosenMeasure, [{"measure": "prfq", "core": True}], key="measure")
