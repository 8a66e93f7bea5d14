"""Alive and ready are answered to machines whatever else is away, a cookie or not."""

import pytest
from django.db import OperationalError, connection


@pytest.mark.django_db
def test_ready_when_the_database_answers(client):
    assert client.get("/readyz").content == b"ready"


@pytest.mark.django_db
def test_without_a_database_it_is_alive_but_not_ready_even_with_a_session_cookie(client, monkeypatch):
    def raise_operational_error(*arguments, **options):
        raise OperationalError("away")

    client.cookies["pairs_session"] = "a" * 32
    monkeypatch.setattr(connection, "cursor", raise_operational_error)
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").status_code == 503
