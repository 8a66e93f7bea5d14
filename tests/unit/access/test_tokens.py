"""API tokens: hashed, shown once, issued to a person who is signed in, and ended at once."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from pairs.access.error_responses import SIGN_IN
from pairs.access.models import ApiToken, digest_token
from tests.unit.families.factories import make_family


@pytest.fixture
def issue_token_for(cast):
    def issue_token(username="blackburn", days=1):
        until = timezone.now() + timedelta(days=days)
        return ApiToken.issue(user=cast[username], name="system", expires_at=until)

    return issue_token


@pytest.fixture
def call_with_token(client):
    def get_with_token(text, name="api-families", *args):
        return client.get(reverse(name, args=args), headers={"authorization": f"Bearer {text}"})

    return get_with_token


def test_a_token_is_stored_as_its_hash_alone(issue_token_for, django_assert_num_queries):
    token, text = issue_token_for()
    row = ApiToken.objects.filter(pk=token.pk).values().get()
    assert text not in str(row)
    assert row["hashed"] == digest_token(text)


def test_a_token_acts_as_its_owner_with_the_owners_scope(issue_token_for, call_with_token):
    mine, other = make_family(), make_family("hyndburn", reference="O")
    _, text = issue_token_for()
    assert [each["id"] for each in call_with_token(text).json()["results"]] == [str(mine.pk)]
    assert call_with_token(text, "api-family", other.pk).status_code == 404


@pytest.mark.parametrize("text", ["", "pairs_wrong", "x" * 500, "Ünïcode"])
def test_an_invalid_token_is_401(db, call_with_token, text):
    assert call_with_token(text.encode("utf-8").decode("latin-1")).status_code == 401


def test_an_expired_token_is_401(issue_token_for, call_with_token):
    _, text = issue_token_for(days=-1)
    assert call_with_token(text).status_code == 401


def test_a_revoked_token_is_401(issue_token_for, call_with_token, client, cast):
    token, text = issue_token_for()
    client.force_login(cast["blackburn"])
    client.post(reverse("revoke-token", args=[token.pk]))
    client.logout()
    assert call_with_token(text).status_code == 401


def test_only_its_owner_revokes_a_token(issue_token_for, call_with_token, client, cast):
    token, text = issue_token_for()
    client.force_login(cast["administrator"])
    assert client.post(reverse("revoke-token", args=[token.pk])).status_code == 404
    client.logout()
    assert call_with_token(text).status_code == 200


def test_the_token_of_a_closed_account_is_401(issue_token_for, call_with_token, cast):
    _, text = issue_token_for()
    cast["blackburn"].is_active = False
    cast["blackburn"].save()
    assert call_with_token(text).status_code == 401


def test_a_token_issues_no_token_and_opens_no_page(issue_token_for, client, cast):
    """Issued only from a signed-in session, so that it cannot go round the second factor."""
    _, text = issue_token_for()
    bearer = {"authorization": f"Bearer {text}"}
    for name in ("api-tokens", "home", "worklist"):
        answer = client.post(reverse(name), {"name": "more", "days": "365"}, headers=bearer)
        assert answer["Location"].startswith(reverse("account_login"))
    assert ApiToken.objects.count() == 1


def test_the_page_shows_a_new_tokens_text_once(client, cast):
    client.force_login(cast["blackburn"])
    made = client.post(reverse("api-tokens"), {"name": "Trust system", "days": "30"}).content.decode()
    text = made.split("pairs_", 1)[1][:43]
    assert ApiToken.objects.get().hashed == digest_token(f"pairs_{text}")
    assert text not in client.get(reverse("api-tokens")).content.decode()
    assert timedelta(days=29) < ApiToken.objects.get().expires_at - timezone.now() < timedelta(days=31)


def test_the_api_without_a_token_or_session_is_401(client, db):
    answer = client.get(reverse("api-families"))
    assert (answer.status_code, answer.json()) == (401, {"detail": SIGN_IN})


def test_a_session_posts_to_the_api_only_with_its_csrf_token(cast):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    strict.force_login(cast["blackburn"])
    answer = strict.post("/api/v1/families/", {}, content_type="application/json")
    assert answer.status_code == 403
