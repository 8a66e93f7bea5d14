"""The choice of measures that a new service starts with."""

from outcomes.models import ChosenMeasure
from outcomes.rules import AgeBand
from pairs.service.actions import insert_missing_rows


def load_reference_data() -> None:
    """One measure of the core, from birth to three, until the service chooses; a choice is changed, never deleted."""
    insert_missing_rows(ChosenMeasure, [{"measure": "prfq", "core_for": [AgeBand.UNDER_3]}], key="measure")
