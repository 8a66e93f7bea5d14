"""The local list of groups at risk of being left out: kept by administrators, and what a retired one leaves."""

import pytest
from django.urls import reverse

from pairs.families.actions import add_exclusion_group, retire_exclusion_group, update_caregiver
from pairs.families.models import ExclusionGroup
from tests.unit.families.factories import make_family


@pytest.fixture
def carer(db):
    return make_family().caregivers.get()


@pytest.fixture
def open_page(client, cast):
    def get_page_as(username, name, *args, post=None):
        client.force_login(cast[username])
        address = reverse(name, args=args)
        answer = client.get(address) if post is None else client.post(address, post, follow=True)
        return answer.status_code, answer.content.decode()

    return get_page_as


def test_the_list_of_groups_is_the_administrators(cast, open_page, carer):
    assert open_page("blackburn", "exclusion-groups")[0] == 403
    _, text = open_page("administrator", "exclusion-groups", post={"name": "Boat families"})
    assert "Boat families" in text
    assert (
        "already on the list"
        in open_page("administrator", "exclusion-groups", post={"name": "Boat families"})[1]
    )
    assert "Boat families" in open_page("duty", "caregiver-about", carer.pk)[1]
    _, text = open_page("administrator", "exclusion-group-retired", post={"group": "boat-families"})
    assert "Retired" in text
    assert "Boat families" not in open_page("duty", "caregiver-about", carer.pk)[1]
    assert (
        "not on the list"
        in open_page("administrator", "exclusion-group-retired", post={"group": "nobody"})[1]
    )
    assert add_exclusion_group(name="Boat families", by=cast["administrator"]).retired_on is None


def test_a_retired_group_stays_where_it_was_ticked(cast, carer, open_page):
    group = ExclusionGroup.objects.first()
    update_caregiver(caregiver=carer, exclusion_groups=[group], by=cast["duty"])
    retire_exclusion_group(group=group, by=cast["administrator"])
    open_page("duty", "caregiver-about", carer.pk, post={"gender": "woman", "exclusion_groups": [group.code]})
    carer.refresh_from_db()
    assert (carer.gender, list(carer.exclusion_groups.all())) == ("woman", [group])
    open_page("duty", "caregiver-about", carer.pk, post={"gender": "woman"})
    assert not carer.exclusion_groups.exists()


def test_the_initial_list_is_loaded(db):
    assert ExclusionGroup.objects.filter(retired_on=None).count() >= 5
