"""What is taken away is gone with the next request, however the session began."""

from django.urls import reverse

from pairs.families.actions import grant_family_access
from pairs.families.models import FamilyGrant
from pairs.service.actions import assign_role, remove_role
from pairs.service.models import Site
from tests.unit.families.factories import make_family


def get_api_status(client, family):
    return client.get(reverse("api-family", args=[family.pk])).status_code


def test_a_role_taken_away_closes_its_families_at_once(client, cast, family):
    client.force_login(cast["supervisor"])
    assert get_api_status(client, family) == 200
    site = Site.objects.get(code="blackburn-with-darwen")
    remove_role(user=cast["supervisor"], role="supervisor", site=site)
    assert get_api_status(client, family) == 404


def test_the_last_role_taken_away_closes_the_address(client, cast, family):
    client.force_login(cast["blackburn"])
    site = Site.objects.get(code="blackburn-with-darwen")
    remove_role(user=cast["blackburn"], role="practitioner", site=site)
    assert get_api_status(client, family) == 403


def test_a_role_given_opens_at_once(client, cast, family):
    client.force_login(cast["hyndburn"])
    assert get_api_status(client, family) == 404
    assign_role(
        user=cast["hyndburn"], role="practitioner", site=Site.objects.get(code="blackburn-with-darwen")
    )
    assert get_api_status(client, family) == 200


def test_a_closed_account_is_out_at_once(client, cast, family):
    client.force_login(cast["blackburn"])
    assert get_api_status(client, family) == 200
    cast["blackburn"].is_active = False
    cast["blackburn"].save(update_fields=["is_active"])
    assert get_api_status(client, family) == 401
    assert client.get(reverse("home"))["Location"].startswith(reverse("account_login"))


def test_a_family_that_becomes_restricted_closes_to_who_has_no_grant(client, cast, family):
    client.force_login(cast["blackburn"])
    family.restricted = True
    family.save()
    assert get_api_status(client, family) == 404
    grant_family_access(
        family=family, user=cast["blackburn"], purpose="care", reason="Lead", by=cast["supervisor"]
    )
    assert get_api_status(client, family) == 200


def test_a_grant_that_runs_out_closes_by_the_databases_clock(client, cast):
    family = make_family("hyndburn")
    client.force_login(cast["blackburn"])
    grant = grant_family_access(
        family=family, user=cast["blackburn"], purpose="care", reason="Joint work", by=cast["supervisor"]
    )
    assert get_api_status(client, family) == 200
    FamilyGrant.objects.filter(pk=grant.pk).update(expires_at="2026-01-01T00:00Z")
    assert get_api_status(client, family) == 404


def test_a_record_entered_in_error_is_hidden(client, cast, family):
    from pairs.families.actions import mark_entered_in_error

    client.force_login(cast["blackburn"])
    mark_entered_in_error(record=family, reason="Twice", by=cast["supervisor"])
    assert get_api_status(client, family) == 404
