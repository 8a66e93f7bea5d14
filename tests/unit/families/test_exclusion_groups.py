"""The local list of groups at risk of being left out: kept by administrators, and what a retired one leaves."""

import pytest
from django.urls import reverse

from pairs.families.actions import add_exclusion_group, describe_caregiver, retire_exclusion_group
from pairs.families.models import ExclusionGroup
from tests.unit.families.people import make_family


@pytest.fixture
def carer(db):
    return make_family().caregivers.get()


@pytest.fixture
def seen(client, cast):
    def as_seen(username, name, *args, post=None):
        client.force_login(cast[username])
        address = reverse(name, args=args)
        answer = client.get(address) if post is None else client.post(address, post, follow=True)
        return answer.status_code, answer.content.decode()

    return as_seen


def test_the_list_of_groups_is_the_administrators(cast, seen, carer):
    assert seen("blackburn", "exclusion-groups")[0] == 403
    _, text = seen("administrator", "exclusion-groups", post={"name": "Boat families"})
    assert "Boat families" in text
    assert (
        "on the list already" in seen("administrator", "exclusion-groups", post={"name": "Boat families"})[1]
    )
    assert "Boat families" in seen("duty", "caregiver-about", carer.pk)[1]
    _, text = seen("administrator", "exclusion-group-retired", post={"group": "boat-families"})
    assert "Retired" in text
    assert "Boat families" not in seen("duty", "caregiver-about", carer.pk)[1]
    assert "not on the list" in seen("administrator", "exclusion-group-retired", post={"group": "nobody"})[1]
    assert add_exclusion_group(name="Boat families", by=cast["administrator"]).retired_on is None


def test_a_retired_group_stays_where_it_was_ticked(cast, carer, seen):
    group = ExclusionGroup.objects.first()
    describe_caregiver(caregiver=carer, exclusion_groups=[group], by=cast["duty"])
    retire_exclusion_group(group=group, by=cast["administrator"])
    seen("duty", "caregiver-about", carer.pk, post={"gender": "woman", "exclusion_groups": [group.code]})
    carer.refresh_from_db()
    assert (carer.gender, list(carer.exclusion_groups.all())) == ("woman", [group])
    seen("duty", "caregiver-about", carer.pk, post={"gender": "woman"})
    assert not carer.exclusion_groups.exists()


def test_the_list_to_start_with_is_there(db):
    assert ExclusionGroup.objects.filter(retired_on=None).count() >= 5
