"""Figures for a monitoring system: counts and seconds by kind of page, nobody's id, off by default."""

import re

from tests.faults.http_user import HttpUser


def read_metrics(visitor):
    """{sample with its labels: figure}"""
    lines = visitor.get("/metrics").text.splitlines()
    return {name: float(figure) for name, figure in (each.rsplit(" ", 1) for each in lines if each[0] != "#")}


def test_requests_are_counted_by_kind_over_all_processes(configured_service):
    visitor = HttpUser(configured_service.base_url, None)
    name = 'pairs_request_seconds_count{address="account_login",method="GET",status="200"}'
    before = read_metrics(visitor).get(name, 0)
    for _ in range(5):  # of several processes, each of which keeps its own
        visitor.get("/account/login/")
    assert read_metrics(visitor)[name] == before + 5


def test_no_id_and_nothing_typed_is_among_them(configured_service):
    visitor = HttpUser(configured_service.base_url, None)
    visitor.get("/families/0190c1f0-0000-7000-8000-000000000000/")
    visitor.get("/somewhere/jamila-okonkwo/")
    text = visitor.get("/metrics").text
    assert not re.search(r"[0-9a-f]{8}-[0-9a-f]{4}|jamila", text)
    assert 'address="unknown"' in text


def test_work_that_waits_is_counted(configured_service):
    with configured_service.connect() as connection:
        connection.execute("UPDATE jobs_job SET status = 'done' WHERE status = 'queued'")
        connection.execute(
            "INSERT INTO jobs_job (id, task, key, arguments, status, attempt, publish_after, progress, stage, failure,"
            " created_at) VALUES (gen_random_uuid(), 'x', 'k', '{}', 'queued', 0, now() - interval '90 s', 0, '', '',"
            " now())"
        )
    figures = read_metrics(HttpUser(configured_service.base_url, None))
    assert figures['pairs_jobs{status="queued"}'] == 1
    assert 90 <= figures["pairs_oldest_job_seconds"] < 190


def test_they_are_off_by_default(client, db):
    assert client.get("/metrics").status_code == 404
