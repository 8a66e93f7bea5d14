"""Answers from paper: by whoever reads reports, for their own sites and months that are not shown yet."""

import json
from datetime import date

import pytest
from django.utils import timezone

from outcomes.experience.actions import record_paper_answer
from outcomes.experience.models import ExperienceAnswer
from outcomes.experience.rules import QUESTIONS, list_open_months
from pairs.service.actions import assign_role
from pairs.service.models import Site, User
from pairs.service.refusals import ActionRefused

pytestmark = pytest.mark.django_db
PAGE_PATH, API_PATH = "/experience/new-paper-answer/", "/api/v1/experience/paper-answers/"
NO_ANSWERS = {"overall": None, "time_and_place": None, "knew_where": None, "trust": None}


def build_answer(**more):
    return {"site": "hyndburn", "month": f"{timezone.localdate():%Y-%m}", "overall": "2"} | more


@pytest.fixture
def local_manager_client(client, cast):
    """A manager of Hyndburn alone."""
    user = User.objects.create(username="local-manager", display_name="Local")
    assign_role(user=user, role="manager", site=Site.objects.get(code="hyndburn"))
    client.force_login(user)
    return client


def test_a_paper_answer_is_stored_and_the_next_can_be_typed(local_manager_client):
    done = local_manager_client.post(PAGE_PATH, build_answer(words="Good"), follow=True)
    assert "Answer saved" in done.content.decode()
    kept = ExperienceAnswer.objects.get()
    assert (kept.site.code, kept.way, kept.overall, kept.words) == ("hyndburn", "paper", 2, "Good")
    assert kept.month == timezone.localdate().replace(day=1)


def test_sent_twice_it_is_one_paper(local_manager_client):
    token = "6b3c8f4a-3f5e-4f7e-9d0e-0a5d9c0b1a2f"
    for _ in range(2):
        local_manager_client.post(PAGE_PATH, build_answer(submission=token))
    assert ExperienceAnswer.objects.count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"site": "blackburn-with-darwen"},
        {"site": "nowhere"},
        {"site": ""},
        {"month": "2020-01"},
        {"month": "2099-01"},
        {"month": "x"},
        {"overall": ""},
        {"overall": "7"},
    ],
)
def test_an_invalid_paper_answer_is_not_stored(local_manager_client, wrong):
    assert local_manager_client.post(PAGE_PATH, build_answer(**wrong)).status_code == 200
    assert (
        local_manager_client.post(
            API_PATH, build_answer(**wrong), content_type="application/json"
        ).status_code
        == 400
    )
    assert not ExperienceAnswer.objects.exists()


def test_a_published_month_takes_no_more_answers(cast):
    site = Site.objects.get(code="hyndburn")
    with pytest.raises(ActionRefused) as refused:
        record_paper_answer(site=site, month=date(2020, 1, 1), words="x", **NO_ANSWERS)
    assert set(refused.value.errors) == {"month"}
    for month in list_open_months(timezone.localdate()):
        record_paper_answer(site=site, month=month, words="x", **NO_ANSWERS)


@pytest.mark.parametrize(
    "username", ["blackburn", "supervisor", "duty", "governance", "administrator", "peer"]
)
def test_nobody_who_works_with_families_types_papers(sign_in_as, username):
    assert sign_in_as(username).get(PAGE_PATH).status_code == 403
    assert (
        sign_in_as(username).post(API_PATH, build_answer(), content_type="application/json").status_code
        == 403
    )


def test_the_api_takes_the_same_and_confirms_nothing_else(local_manager_client):
    headers = {"Idempotency-Key": "paper-1"}
    body = json.dumps(build_answer(overall=0, trust=3))
    answers = [
        local_manager_client.post(API_PATH, body, content_type="application/json", headers=headers)
        for _ in range(2)
    ]
    assert [each.status_code for each in answers] == [201, 200]
    assert answers[0].json() == answers[1].json() == {"kept": True}
    kept = ExperienceAnswer.objects.get()
    assert (kept.overall, kept.trust, kept.knew_where) == (0, 3, None)


@pytest.mark.parametrize(
    ("username", "status"), [("blackburn", 200), ("manager", 200), ("duty", 403), ("governance", 403)]
)
def test_the_printed_form_has_every_question_and_no_personal_data(sign_in_as, username, status):
    page = sign_in_as(username).get("/experience/paper/")
    assert page.status_code == status
    if status == 200:
        text = page.content.decode()
        assert all(str(words) in text for words in QUESTIONS.values())
        assert "No one reads this straight away" in text
