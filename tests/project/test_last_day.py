"""After somebody's last day nothing new names them: every address of the API that takes a person is tried.

What is accepted all the same stands below with its reason; a new form that takes a person is tried at once.
"""

import json
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from pairs.families.models import Caregiver, Dyad, Infant
from tests.project.test_api_ids import list_payload_cases, send_and_roll_back_json

NOTE = "a note or a formulation may be about them; whoever came is asked"
# What may still name a carer after their last day, and why.
AFTER_A_CARERS_DEATH = {
    "api-ending": "it says what changed between the two while both lived",
    "api-formulations": NOTE,
    "api-liaisons": NOTE,
}
# What may still name a baby: the work with grieving parents goes on.
AFTER_A_BABYS_DEATH = {
    "api-caregivers": "a father stays the father of a baby who has died",
    "api-contacts": "the parents were there: the baby is refused in tests/unit/episodes/test_last_day.py",
    "api-messages": NOTE,
    "api-liaisons": NOTE,
    "api-formulations": NOTE,
    "api-episodes": "bereavement work with a parent has their dyad in focus",
    "api-goals": "a parent's own hopes after a loss",
    "api-infant-merges": "one record of two: both have to say the same of a death",
    "api-infant-not-the-same": "two records of two babies, whatever became of them",
    "api-letters": "a letter after a loss that the family asks for",
    "api-limits": "what may not be told of a baby holds after a loss",
    "api-same-birth": "twins stay twins, whatever became of one of them",
    "api-village": "who is around the family",
    "api-village-member": "who is around the family",
}


def names_any_of(payload, ids):
    said = json.dumps(payload, default=str)
    return any(str(each) in said for each in ids)


def list_accepted(homes, client, ids):
    """Names of the addresses that take a payload in which one of these people or dyads is named."""
    return {
        name
        for way, payload, name in list_payload_cases(homes)
        if names_any_of(payload, ids)
        and send_and_roll_back_json(client, way, payload)[0].status_code in (200, 201)
    }


@pytest.mark.parametrize(
    ("model", "key", "exceptions"),
    [
        (Caregiver, "caregiver_id", AFTER_A_CARERS_DEATH),
        (Infant, "infant_id", AFTER_A_BABYS_DEATH),
    ],
    ids=["carer", "baby"],
)
def test_nothing_new_names_somebody_after_their_last_day(
    sample_and_clients, django_db_blocker, model, key, exceptions
):
    homes, clients = sample_and_clients
    home, day = homes["blackburn"], timezone.localdate() - timedelta(days=3)
    with django_db_blocker.unblock(), transaction.atomic():
        if model is Caregiver:
            gone = {home.objects["caregiver_id"].pk}
            Caregiver.objects.filter(pk__in=gone).update(died_on=day)
            dyads = Dyad.objects.filter(caregiver__in=gone)
        else:
            gone = {home.objects["infant_id"].pk, home.objects["subject_id"].pk}
            dyads = Dyad.objects.filter(pk=home.objects["dyad_id"].pk)
            gone |= {each.infant_id for each in dyads}
            Infant.objects.filter(pk__in=gone).update(birth_date=day, lost_on=day, loss="death")
        accepted = list_accepted(homes, clients["blackburn"], gone | {each.pk for each in dyads})
        transaction.set_rollback(True)
    assert accepted == set(exceptions)
