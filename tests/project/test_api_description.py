"""The published description of the API: whole, without a warning, and named so that a client can be made of it."""

import re
from collections import Counter

import pytest
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.validation import validate_schema
from rest_framework.serializers import BaseSerializer

from pairs.api.docs import load_description
from pairs.api.views import ApiView
from script.local.state_folder import ROOT
from tests.project.api_contract import find_mismatch, load_schema
from tests.project.url_addresses import list_url_addresses

OPERATION_ID = re.compile(r"[a-z][a-z0-9_]*")


def list_operations():
    return [
        (method.upper(), path, operation)
        for path, operations in load_schema()["paths"].items()
        for method, operation in operations.items()
    ]


def list_views():
    """Every view of the API but those that describe it."""
    return [
        each
        for each in list_url_addresses()
        if each.is_api and each.name and each.name not in ("api-schema", "api-docs")
    ]


def test_every_address_is_a_kind_of_view_that_describes_itself():
    assert len(list_views()) > 200
    assert [str(each) for each in list_views() if not issubclass(each.view.cls, ApiView)] == []


def test_the_generator_warns_of_nothing():
    GENERATOR_STATS.reset()
    load_description.cache_clear()
    load_description()
    warned = {**GENERATOR_STATS._warn_cache, **GENERATOR_STATS._error_cache}
    assert warned == {}


def test_the_document_is_valid_openapi():
    validate_schema(load_schema())


def test_every_address_is_described():
    described = {path for _, path, _ in list_operations()}
    addresses = {re.sub(r"<\w+:(\w+)>", r"{\1}", f"/{each.route}") for each in list_views()}
    assert described == addresses


def test_names_of_serializers_are_unique():
    """Of two with one name the generator takes the first for both."""
    names = Counter(each.__name__ for each in list_serializers(BaseSerializer) if is_ours(each))
    assert [name for name, count in names.items() if count > 1] == []


def list_serializers(base):
    return {each for kind in base.__subclasses__() for each in (kind, *list_serializers(kind))}


def is_ours(cls):
    return cls.__module__.startswith(("pairs.", "referrals.", "interventions.", "outcomes.", "reporting."))


def test_operations_have_readable_names_and_summaries():
    operations = list_operations()
    assert [path for _, path, each in operations if not OPERATION_ID.fullmatch(each["operationId"])] == []
    assert [path for _, path, each in operations if not each["summary"][:1].isupper()] == []
    names = Counter(each["operationId"] for _, _, each in operations)
    assert [name for name, count in names.items() if count > 1] == []


def test_a_post_by_form_says_that_it_takes_a_key():
    heads = {
        path: {each["name"] for each in operation.get("parameters", ()) if each["in"] == "header"}
        for method, path, operation in list_operations()
        if method == "POST" and "requestBody" in operation and "201" in operation["responses"]
    }
    assert [path for path, names in heads.items() if "Idempotency-Key" not in names] == []


def test_a_list_says_how_to_get_its_next_page():
    for _, path, operation in list_operations():
        if operation["operationId"].endswith("_list"):
            assert "page" in {each["name"] for each in operation["parameters"]}, path
            assert "404" in operation["responses"], path


def test_whoever_is_not_signed_in_is_told_how(client, db):
    answer = client.get("/api/v1/families/")
    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer")
    assert "Authorization: Bearer" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/v1/no-such-thing/", 404),
        ("/api/", 404),
        ("/api/v1/reports/", 403),
        ("/api/v1/families/?page=99", 404),
    ],
)
def test_what_is_refused_is_json_with_its_reason(cast, client, path, status):
    client.force_login(cast["blackburn"])
    answer = client.get(path)
    assert (answer.status_code, list(answer.json())) == (status, ["detail"])


def test_a_session_without_its_csrf_token_is_told_so(cast, django_user_model):
    from django.test import Client

    browser = Client(enforce_csrf_checks=True)
    browser.force_login(cast["healthvisitor"])
    answer = browser.post("/api/v1/referrals/", {}, content_type="application/json")
    assert answer.status_code == 403
    assert "CSRF" in answer.json()["detail"]


def test_the_guide_names_addresses_that_are_there():
    """docs/api.md: each address below /api/v1/ that it names."""
    named = set(re.findall(r"/api/v1/[a-z-]+/", (ROOT / "docs" / "api.md").read_text()))
    known = {"/" + each.route for each in list_url_addresses()}
    assert named - known == set()
    assert len(named) >= 5


def test_the_pages_about_the_api_show_every_address(cast, client):
    client.force_login(cast["blackburn"])
    index = client.get("/api/v1/docs/").content.decode()
    assert [path for _, path, _ in list_operations() if path not in index] == []
    pages = {
        tag: client.get(f"/api/v1/docs/?about={tag}")
        for tag in {each["tags"][0] for _, _, each in list_operations()}
    }
    missing = [
        operation["operationId"]
        for _, _, operation in list_operations()
        if f'id="{operation["operationId"]}"' not in pages[operation["tags"][0]].content.decode()
    ]
    assert missing == []
    assert client.get("/api/v1/docs/?about=nothing").status_code == 404


def test_every_operation_says_how_text_that_cannot_be_stored_is_refused(client, cast):
    """Whatever the address: it is refused before any view, in a query too."""
    assert [path for _, path, operation in list_operations() if "400" not in operation["responses"]] == []
    client.force_login(cast["supervisor"])
    answer = client.get("/api/v1/sites/", {"page": "\0"})
    assert answer.status_code == 400
    assert find_mismatch("GET", "/api/v1/sites/", 400, answer.headers, answer.content) == ""
