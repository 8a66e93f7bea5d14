"""The ways of working that a new service starts with."""

from interventions.episodes.catalogue import CATALOGUE, facts_of
from interventions.episodes.models import Intervention
from pairs.service.actions import add_missing


def load_reference_data():
    """Add the ways of working that are not listed yet. Safe to run again."""
    rows = (
        {"code": code, "name": name, "shape": shape, "order": order} | facts_of(code)
        for order, (code, name, shape) in enumerate(CATALOGUE, 1)
    )
    add_missing(Intervention, rows)
