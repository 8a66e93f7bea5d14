"""Twenty people's worth of impatience: the same form sent twenty times at once makes one record."""

import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.faults.http_user import HttpUser, find_family_id

pytestmark = pytest.mark.faults
REQUEST_COUNT = 20


def test_twenty_at_once_with_one_token(running_service):
    """Twenty simultaneous POSTs with one submission token: one record, and twenty answers that lead to it"""
    person, words = HttpUser(running_service.base_url, "blackburn"), f"Sent often {uuid.uuid4()}"
    path = f"/families/{find_family_id(person)}/new-alert/"
    token = str(uuid.uuid4())
    with ThreadPoolExecutor(REQUEST_COUNT) as crowd:
        sent = [crowd.submit(person.post, path, what=words, submission=token) for _ in range(REQUEST_COUNT)]
        answers = [each.result() for each in sent]
    assert {(answer.status, answer.location) for answer in answers} == {(302, path.replace("new-alert/", ""))}
    with running_service.connect() as db:
        assert count_records(db, words) == {"alerts": 1, "steps": 1, "letters_twice": 0}


def count_records(db, words):
    """The alerts with these words, their first steps, and how many people were written to twice."""
    found = [row[0] for row in db.execute("SELECT id FROM families_riskalert WHERE what = %s", [words])]
    steps = "SELECT count(*) FROM families_riskalertstep WHERE alert_id = ANY(%s)"
    letters = """SELECT count(*) - count(DISTINCT ("to", subject)) FROM jobs_outboxemail
        WHERE created_at >= (SELECT created_at FROM families_riskalert WHERE id = %s)"""
    return {
        "alerts": len(found),
        "steps": db.execute(steps, [found]).fetchone()[0],
        "letters_twice": db.execute(letters, [found[0]]).fetchone()[0],
    }
