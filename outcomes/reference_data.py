"""The choice of measures that a new service starts with."""

from outcomes.models import ChosenMeasure
from pairs.service.actions import add_missing


def load_reference_data():
    """One measure of the core, until the service chooses; a choice is changed and never deleted."""
    add_missing(ChosenMeasure, [{"measure": "prfq", "core": True}], key="measure")
