"""What is taken away is gone with the next request, however the session began."""

import pytest
from django.urls import reverse

from pairs.families.actions import link_to_family
from pairs.families.models import FamilyGrant
from pairs.service.actions import give_role, take_role
from pairs.service.models import Site
from tests.unit.families.people import make_family


@pytest.fixture
def family(cast):
    return make_family()


def api(client, family):
    return client.get(reverse("api-family", args=[family.pk])).status_code


def test_a_role_taken_away_closes_its_families_at_once(client, cast, family):
    client.force_login(cast["supervisor"])
    assert api(client, family) == 200
    site = Site.objects.get(code="blackburn-with-darwen")
    take_role(user=cast["supervisor"], role="supervisor", site=site)
    assert api(client, family) == 404


def test_the_last_role_taken_away_closes_the_address(client, cast, family):
    client.force_login(cast["blackburn"])
    site = Site.objects.get(code="blackburn-with-darwen")
    take_role(user=cast["blackburn"], role="practitioner", site=site)
    assert api(client, family) == 403


def test_a_role_given_opens_at_once(client, cast, family):
    client.force_login(cast["hyndburn"])
    assert api(client, family) == 404
    give_role(user=cast["hyndburn"], role="practitioner", site=Site.objects.get(code="blackburn-with-darwen"))
    assert api(client, family) == 200


def test_a_closed_account_is_out_at_once(client, cast, family):
    client.force_login(cast["blackburn"])
    assert api(client, family) == 200
    cast["blackburn"].is_active = False
    cast["blackburn"].save(update_fields=["is_active"])
    assert api(client, family) == 401
    assert client.get(reverse("home"))["Location"].startswith(reverse("account_login"))


def test_a_family_that_becomes_restricted_closes_to_who_has_no_grant(client, cast, family):
    client.force_login(cast["blackburn"])
    family.restricted = True
    family.save()
    assert api(client, family) == 404
    link_to_family(
        family=family, user=cast["blackburn"], purpose="care", reason="Lead", by=cast["supervisor"]
    )
    assert api(client, family) == 200


def test_a_grant_that_runs_out_closes_by_the_databases_clock(client, cast):
    family = make_family("hyndburn")
    client.force_login(cast["blackburn"])
    grant = link_to_family(
        family=family, user=cast["blackburn"], purpose="care", reason="Joint work", by=cast["supervisor"]
    )
    assert api(client, family) == 200
    FamilyGrant.objects.filter(pk=grant.pk).update(expires_at="2026-01-01T00:00Z")
    assert api(client, family) == 404


def test_a_record_entered_in_error_is_out_of_sight(client, cast, family):
    from pairs.families.actions import mark_entered_in_error

    client.force_login(cast["blackburn"])
    mark_entered_in_error(record=family, reason="Twice", by=cast["supervisor"])
    assert api(client, family) == 404
