"""By which age a measure is chosen for a baby born early, and what is asked about instead of refused."""

import uuid
from datetime import date, timedelta

import pytest
from django.urls import reverse

from outcomes.actions.assessments import AssessmentInput, record_assessment
from outcomes.measures import get_catalogue
from outcomes.models import Assessment
from outcomes.presenters import get_band_group
from outcomes.rules import find_form_question, list_age_warnings
from outcomes.scoring import list_questions, score_measure
from pairs.families.ages import Birth
from pairs.service.refusals import ActionRefused

BORN = date(2026, 1, 5)
# Weeks of gestation; on which day; the day from which the ASQ:SE-2 counts the age (its publisher: term is 39 weeks).
ASQ_CASES = [
    ("at 37 weeks", Birth(BORN, 37), date(2026, 6, 1), BORN),
    ("at 36 weeks, three before 39", Birth(BORN, 36), date(2026, 6, 1), date(2026, 1, 26)),
    ("at 30 weeks", Birth(BORN, 30), date(2026, 6, 1), date(2026, 3, 9)),
    (
        "36 weeks and 3 days count as 36",
        Birth(BORN, None, date(2026, 1, 30)),
        date(2026, 6, 1),
        date(2026, 1, 26),
    ),
    ("36 weeks and 4 days count as 37", Birth(BORN, None, date(2026, 1, 29)), date(2026, 6, 1), BORN),
    ("until two years after the birth", Birth(BORN, 30), date(2028, 1, 4), date(2026, 3, 9)),
    ("from two years on", Birth(BORN, 30), date(2028, 1, 5), BORN),
    ("nobody recorded the weeks", Birth(BORN), date(2026, 6, 1), BORN),
]


@pytest.mark.parametrize(
    ("birth", "on", "start"), [row[1:] for row in ASQ_CASES], ids=[row[0] for row in ASQ_CASES]
)
def test_the_asq_goes_by_corrected_age_as_its_publisher_says(birth, on, start):
    assert get_catalogue()["asq_se2"].window.get_age_start(birth, on) == start


def list_warnings(measure, birth, on):
    sheet = get_catalogue()[measure]
    return list_age_warnings(name=sheet.short_name, window=sheet.window, birth=birth, on=on)


@pytest.mark.parametrize(
    ("measure", "birth", "on", "words"),
    [
        ("piios", Birth(BORN, 30), date(2026, 6, 1), "No source says which age PIIOS uses"),
        ("asq_se2", Birth(BORN, 30), date(2026, 6, 1), "9 weeks after the birth"),
        ("prfq", Birth(BORN, 40), date(2029, 1, 5), "PRFQ is validated to 36 months. Studies have used it"),
        ("piios", Birth(BORN, 40), date(2026, 6, 1), ""),
        ("epds", Birth(BORN, 30), date(2026, 6, 1), ""),
        ("piios", Birth(BORN, 30), date(2029, 1, 5), ""),
    ],
)
def test_elsewhere_a_word_of_warning(measure, birth, on, words):
    found = list_warnings(measure, birth, on)
    assert bool(found) == bool(words)
    assert words in " ".join(found)


@pytest.mark.parametrize(
    ("form", "on", "asked"),
    [
        ("6 months", date(2026, 4, 4), True),
        ("6 months", date(2026, 4, 5), False),
        ("6 months", date(2026, 10, 4), False),
        ("6 months", date(2026, 10, 5), True),
        ("12 months", date(2026, 10, 5), False),
    ],
)
def test_a_form_for_another_age_is_asked_about(form, on, asked):
    windows = get_catalogue()["asq_se2"].form_windows
    assert bool(find_form_question(form=form, windows=windows, start=BORN, on=on)) == asked


@pytest.mark.parametrize(
    ("measure", "typed", "answers", "asked"),
    [
        ("piios", {"total": 52}, {}, False),
        ("piios", {"total": 53}, {}, True),
        ("mors_sf", {"warmth": 36, "invasion": 3}, {}, True),
        ("pai", {"total": 20}, {}, True),
        (
            "mpas",
            {"quality_of_attachment": 45, "absence_of_hostility": 25, "pleasure_in_interaction": 25},
            {},
            False,
        ),
        ("mpas", {"quality_of_attachment": 46}, {}, True),
        ("kips", {}, dict.fromkeys(range(1, 11), 3), False),
        ("kips", {}, dict.fromkeys(range(1, 10), 3), True),
    ],
)
def test_a_number_beyond_a_range_that_is_only_probable_is_asked_about(measure, typed, answers, asked):
    assert bool(list_questions(get_catalogue()[measure], answers, typed)) == asked


@pytest.fixture
def record_asq(world):
    def record(**changes):
        what = {"form": "2 months", "filled": AssessmentInput(typed={"total": 20})} | changes
        return record_assessment(
            episode=world.episode, dyad=world.dyad, measure="asq_se2", timepoint="start", completed_on=world.today,
            by=world.cast["blackburn"], **what,
        )  # fmt: skip

    return record


def test_it_is_saved_once_it_is_confirmed(record_asq):
    with pytest.raises(ActionRefused) as refused:
        record_asq()
    assert "Right as entered" in refused.value.errors["confirmed"]
    assert record_asq(filled=AssessmentInput(typed={"total": 20}, confirmed=True)).form == "2 months"


def test_the_right_form_at_a_corrected_age_needs_no_confirming(record_asq, world):
    """200 days old, born at 30 weeks: under five months by the publisher's rule, so the form of six months fits."""
    world.maya.change(gestation_weeks=30)
    world.dyad.refresh_from_db()
    assert record_asq(form="6 months")


def test_the_page_and_the_api_ask_too(world, sign_in_as):
    client = sign_in_as("blackburn")
    page = reverse("new-assessment", args=[world.episode.pk])
    sent = {
        "measure": "asq_se2", "dyad": str(world.dyad.pk), "timepoint": "start", "form": "2 months", "t_total": "20",
        "completed_on": world.today.isoformat(), "way": "paper", "submission": str(uuid.uuid4()),
    }  # fmt: skip
    assert "understood to be for" in client.post(page, sent).content.decode()
    assert client.post(page, sent | {"confirmed": "on"}).status_code == 302
    assert Assessment.objects.count() == 1
    address = f"/api/v1/episodes/{world.episode.pk}/assessments/"
    yesterday = sent | {"completed_on": world.get_days_ago(1).isoformat(), "t_total": 20}
    del yesterday["submission"]
    asked = client.post(address, yesterday, content_type="application/json")
    assert (asked.status_code, list(asked.json()["errors"])) == (400, ["confirmed"])
    assert (
        client.post(address, yesterday | {"confirmed": True}, content_type="application/json").status_code
        == 201
    )


def test_both_ages_are_on_the_record_and_on_the_measures_page(world, sign_in_as):
    world.maya.change(gestation_weeks=30)
    client = sign_in_as("blackburn")
    infant = client.get(reverse("infant", args=[world.maya.pk])).content.decode()
    assert "6 months (18 weeks corrected), from the due date at 40 weeks" in infant
    page = client.get(
        reverse("new-assessment", args=[world.episode.pk]), {"measure": "piios"}
    ).content.decode()
    assert "6 months (18 weeks corrected)" in page
    assert "18 weeks corrected" in client.get(reverse("family", args=[world.family.pk])).content.decode()


@pytest.mark.parametrize(("answered", "score"), [(10, 20.0), (9, 20.0), (8, None)])
def test_core_10_has_a_score_with_at_most_one_item_missing(answered, score):
    measure = get_catalogue()["core10"]
    answers = dict.fromkeys(range(1, answered + 1), 2)
    assert score_measure(measure, answers) == {"clinical_score": score}
    assert measure.risky(answers) == [6]


@pytest.mark.parametrize(
    ("answers", "score"), [({1: 1}, 1), ({2: 1, 1: 0}, 1), ({1: 0, 2: 0}, 0), ({1: 0}, None), ({}, None)]
)
def test_one_yes_to_whooley_is_a_positive_screen(answers, score):
    assert score_measure(get_catalogue()["whooley"], answers)["screen"] == score


# Total; whom the answers are of; what its band is called.
EPDS_CASES = [
    (12, "after birth", "Possible depression"),
    (13, "after birth", "Probable major depression"),
    (14, "pregnancy", None),
    (15, "pregnancy", "Probable depression in pregnancy"),
    (10, "father", None),
    (11, "father", "At or above the cut-off for fathers"),
    (25, "father", "At or above the cut-off for fathers"),
]


@pytest.mark.parametrize(("total", "group", "words"), EPDS_CASES)
def test_the_bands_of_the_epds_are_those_of_the_person_and_the_time(total, group, words):
    band = get_catalogue()["epds"].scale("total").band(total, group)
    assert (band.words if band else None) == words


def test_whose_bands_hold(world):
    def make(dyad, days):
        return Assessment(dyad=dyad, completed_on=world.get_days_ago(days))

    assert get_band_group(make(world.dyad, 10)) == "after birth"
    assert get_band_group(make(world.dyad, 201)) == "pregnancy"
    assert get_band_group(make(world.father, 201)) == "father"
    world.maya.birth_date = world.today + timedelta(days=1)
    world.dyad.infant = world.maya
    assert get_band_group(make(world.dyad, 0)) == "pregnancy"
