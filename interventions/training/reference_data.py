"""The topics of training that a new service starts with."""

from interventions.training.models import TrainingTopic
from interventions.training.topics import TOPIC_SOURCE, TOPICS
from pairs.service.actions import insert_missing_rows


def load_reference_data() -> None:
    """Add the topics that are not listed yet. Safe to run again."""
    rows = [
        {"code": code, "name": name, "source": TOPIC_SOURCE, "order": order}
        for order, (code, name) in enumerate(TOPICS, 1)
    ]
    insert_missing_rows(TrainingTopic, rows)
