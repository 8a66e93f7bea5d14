"""The pages, by client: entering a measure, reading it beside the first, rating a goal; and who gets 404."""

import uuid

import pytest
from django.urls import reverse

from outcomes.actions.assessments import AssessmentInput, rate_goal, record_assessment
from outcomes.models import Assessment, GoalRating


@pytest.fixture
def record_measure(world, equal_answers):
    def record_prfq(value, days, timepoint="start", dyad=None, responses=None):
        return record_assessment(
            episode=world.episode,
            dyad=dyad or world.dyad,
            measure="prfq",
            timepoint=timepoint,
            completed_on=world.get_days_ago(days),
            filled=AssessmentInput(responses=responses or equal_answers(value)),
            by=world.cast["blackburn"],
        )

    return record_prfq


def build_prfq_post(world, **changes):
    items = {f"q{number}": "4" for number in range(1, 19)}
    plain = {
        "measure": "prfq",
        "dyad": str(world.dyad.pk),
        "timepoint": "start",
        "completed_on": world.today.isoformat(),
        "submission": str(uuid.uuid4()),
    }
    return items | plain | changes


def get_page(client, name, pk):
    query = {"measure": "prfq"} if name == "new-assessment" else {}
    return client.get(reverse(name, args=[pk], query=query))


def test_the_measure_page_fills_in_what_it_knows(sign_in_as, world, record_measure):
    page = get_page(sign_in_as("blackburn"), "new-assessment", world.episode.pk).content.decode()
    assert page.count('class="nhsuk-fieldset pairs-scale"') == 18
    assert f'value="{world.dyad.pk}" checked' in page
    assert 'value="start" checked' in page
    record_measure(4, 50)
    page = get_page(sign_in_as("blackburn"), "new-assessment", world.episode.pk).content.decode()
    assert 'value="end" checked' in page


def test_a_measure_is_entered_and_read(sign_in_as, world):
    client = sign_in_as("blackburn")
    answer = client.post(reverse("new-assessment", args=[world.episode.pk]), build_prfq_post(world, q11=""))
    made = Assessment.objects.get()
    assert answer.url == reverse("assessment", args=[made.pk])
    page = client.get(answer.url).content.decode()
    assert "Item 11 has no answer." in page
    assert "Pre-mentalising: 4 <" in page
    assert "Maya and Sara (mother)" in page


def test_a_double_click_makes_one(sign_in_as, world):
    client, data = sign_in_as("blackburn"), build_prfq_post(world)
    answers = [client.post(reverse("new-assessment", args=[world.episode.pk]), data) for _ in range(2)]
    assert answers[0].url == answers[1].url
    assert Assessment.objects.count() == 1


def test_the_family_may_say_no(sign_in_as, world):
    nothing = {f"q{number}": "" for number in range(1, 19)}
    client = sign_in_as("blackburn")
    answer = client.post(
        reverse("new-assessment", args=[world.episode.pk]), build_prfq_post(world, declined="on", **nothing)
    )
    assert Assessment.objects.get().declined
    assert "said no" in client.get(answer.url).content.decode()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"completed_on": "2999-01-01"}, "This date is in the future"),
        ({"completed_on": "2001-01-01"}, "has been born"),
        ({"q3": "9"}, "Item 3"),
        ({"declined": "on"}, "Answers are entered"),
        ({"dyad": str(uuid.uuid4())}, "Whose relationship"),
        ({f"q{number}": "" for number in range(1, 19)}, "at least one answer"),
    ],
)
def test_errors_are_shown_and_the_typed_text_stays(sign_in_as, world, changes, words):
    answer = sign_in_as("blackburn").post(
        reverse("new-assessment", args=[world.episode.pk]), build_prfq_post(world, **({"q7": "6"} | changes))
    )
    page = answer.content.decode()
    assert answer.status_code == 200
    assert words in page
    assert "There is a problem" in page
    assert ('name="q7" value="6" checked' in page) or "q7" in changes
    assert not Assessment.objects.exists()


def test_an_end_is_shown_beside_its_start(sign_in_as, world, record_measure):
    record_measure(4, 60)
    last = record_measure(2, 1, "end")
    page = get_page(sign_in_as("blackburn"), "assessment", last.pk).content.decode()
    assert "Lower than at the start, as hoped" in page
    assert "neither better nor worse" in page
    assert "reliable" not in page.lower()


def test_a_goal_is_rated(sign_in_as, world):
    client = sign_in_as("blackburn")
    page = get_page(client, "rate-goal", world.goal.pk).content.decode()
    assert "To enjoy bath time" in page
    assert "<span>0</span>" in page
    data = {"score": "0", "timepoint": "start", "rated_on": world.today.isoformat()}
    answer = client.post(reverse("rate-goal", args=[world.goal.pk]), data | {"submission": str(uuid.uuid4())})
    assert answer.url == reverse("episode", args=[world.episode.pk])
    assert GoalRating.objects.get().score == 0


@pytest.mark.parametrize(
    ("username", "status"), [("hyndburn", 404), ("healthvisitor", 403), ("manager", 403)]
)
def test_nobody_else_reaches_them(sign_in_as, world, record_measure, username, status):
    made, client = record_measure(4, 10), sign_in_as(username)
    addresses = [("new-assessment", world.episode.pk), ("assessment", made.pk), ("rate-goal", world.goal.pk)]
    assert {get_page(client, name, pk).status_code for name, pk in addresses} == {status}
    wrote = client.post(reverse("new-assessment", args=[world.episode.pk]), build_prfq_post(world))
    assert wrote.status_code == status
    assert Assessment.objects.count() == 1


def test_duty_reads_and_does_not_write(sign_in_as, world, record_measure):
    made, client = record_measure(4, 10), sign_in_as("duty")
    page = get_page(client, "assessment", made.pk)
    assert page.status_code == 200
    assert "Record another time" not in page.content.decode()
    assert get_page(client, "new-assessment", world.episode.pk).status_code == 403


def test_the_number_of_queries_does_not_grow(
    sign_in_as, world, record_measure, django_assert_max_num_queries
):
    client, ratings = sign_in_as("blackburn"), range(1, 8)
    made = [record_measure(4, days) for days in range(1, 8)]
    for days in ratings:
        rate_goal(
            goal=world.goal,
            timepoint="review",
            score=days,
            rated_on=world.get_days_ago(days),
            by=world.cast["blackburn"],
        )
    get_page(client, "assessment", made[0].pk)
    with django_assert_max_num_queries(13):
        get_page(client, "assessment", made[0].pk)
    with django_assert_max_num_queries(13):
        get_page(client, "new-assessment", world.episode.pk)
    with django_assert_max_num_queries(13):
        get_page(client, "rate-goal", world.goal.pk)
