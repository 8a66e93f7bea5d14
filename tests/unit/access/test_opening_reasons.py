"""Information governance opens a clinical page only with a reason; the log has it."""

import time

import pytest
from django.urls import reverse

from pairs.access.models import ApiToken
from pairs.access.opening_reasons import is_shared_with_clinicians
from pairs.audit.models import AccessEntry
from pairs.service.actions import assign_role
from pairs.service.models import Site
from tests.project.url_addresses import list_url_addresses
from tests.unit.families.factories import make_family

REASON = "Subject access request 2026/14"


@pytest.fixture
def governance(client, cast):
    client.force_login(cast["governance"])
    return client


def get_page(client, family):
    return client.get(reverse("family", args=[family.pk]))


def test_a_clinical_page_asks_why_first_and_shows_and_logs_nothing(governance, family):
    answer = get_page(governance, family)
    path = reverse("family", args=[family.pk])
    assert (
        answer["Location"] == f"{reverse('opening-reason', args=[family.pk])}?next={path.replace('/', '%2F')}"
    )
    assert not AccessEntry.objects.exclude(opened=[]).exists()


def test_with_a_reason_it_opens_and_the_log_says_why(governance, family):
    asked = get_page(governance, family)["Location"]
    assert governance.get(asked).status_code == 200
    assert governance.post(asked, {"reason": REASON})["Location"] == reverse("family", args=[family.pk])
    assert get_page(governance, family).status_code == 200
    assert AccessEntry.objects.get(view="family").reason == REASON


@pytest.mark.parametrize("reason", ["", "   ", "because", "x" * 201])
def test_a_reason_says_something(governance, family, reason):
    assert governance.post(get_page(governance, family)["Location"], {"reason": reason}).status_code == 200
    assert get_page(governance, family).status_code == 302


def test_it_is_for_this_family_and_for_an_hour(governance, family, monkeypatch):
    governance.post(get_page(governance, family)["Location"], {"reason": REASON})
    assert get_page(governance, make_family(reference="O")).status_code == 302
    later = time.time() + 3601
    monkeypatch.setattr("pairs.access.opening_reasons.time.time", lambda: later)
    assert get_page(governance, family).status_code == 302


def test_it_leads_to_no_other_site(governance, family):
    asked = reverse("opening-reason", args=[family.pk])
    onward = governance.post(f"{asked}?next=https://elsewhere.example/", {"reason": REASON})["Location"]
    assert onward == reverse("family", args=[family.pk])


def test_whoever_works_with_the_family_is_not_asked(client, cast, family):
    for username in ("blackburn", "supervisor"):
        client.force_login(cast[username])
        assert get_page(client, family).status_code == 200


def test_governance_that_also_works_at_another_site_is_asked_and_at_this_one_is_not(governance, cast, family):
    assign_role(user=cast["governance"], role="supervisor", site=Site.objects.get(code="hyndburn"))
    assert get_page(governance, family).status_code == 302
    assign_role(user=cast["governance"], role="supervisor", site=family.site)
    assert get_page(governance, family).status_code == 200


def test_only_governance_gives_reasons(client, cast, family):
    client.force_login(cast["blackburn"])
    assert client.get(reverse("opening-reason", args=[family.pk])).status_code == 403


def test_the_api_wants_it_in_a_header_from_a_session_or_a_token(governance, cast, family):
    from datetime import timedelta

    from django.utils import timezone

    path = reverse("api-chronology", args=[family.pk])
    answer = governance.get(path)
    assert (answer.status_code, "Access-Reason" in answer.json()["detail"]) == (403, True)
    _, token = ApiToken.issue(
        user=cast["governance"], name="x", expires_at=timezone.now() + timedelta(days=1)
    )
    governance.logout()
    bearer = {"authorization": f"Bearer {token}"}
    assert governance.get(path, headers=bearer).status_code == 403
    assert governance.get(path, headers=bearer | {"Access-Reason": REASON}).status_code == 200
    assert AccessEntry.objects.get(opened__contains=[family.pk]).reason == REASON


def test_there_are_such_pages_and_such_addresses_of_the_api():
    shared = [each for each in list_url_addresses() if is_shared_with_clinicians(each.policy)]
    assert {"family", "chronology", "dyad", "api-chronology"} <= {each.name for each in shared}
