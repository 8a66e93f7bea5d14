"""The interventions that a new service starts with."""

from interventions.episodes.catalogue import INTERVENTION_CATALOGUE, get_catalogue_facts
from interventions.episodes.models import Intervention
from pairs.service.actions import insert_missing_rows


def load_reference_data() -> None:
    """Add the interventions that are not listed yet. Safe to run again."""
    rows = (
        {"code": code, "name": name, "shape": shape, "order": order} | get_catalogue_facts(code)
        for order, (code, name, shape) in enumerate(INTERVENTION_CATALOGUE, 1)
    )
    insert_missing_rows(Intervention, rows)
