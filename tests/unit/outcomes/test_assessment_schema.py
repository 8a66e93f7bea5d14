"""The API's description of each measure says what its form takes, and no more."""

import jsonschema
import pytest
from django.urls import reverse

from outcomes.assessment_schema import build_measure_serializer
from outcomes.forms import build_measure_form
from outcomes.measures import get_catalogue, list_offered_measures
from outcomes.models import Assessment
from pairs.api.docs import load_description

ADDRESS = "/api/v1/episodes/{episode_id}/assessments/"


@pytest.fixture(scope="module")
def schema():
    return load_description()


@pytest.fixture(scope="module")
def validator(schema):
    body = schema["paths"][ADDRESS]["post"]["requestBody"]["content"]["application/json"]["schema"]
    return jsonschema.Draft202012Validator(body | {"components": schema["components"]})


def build_body(world, measure, **answers):
    body = {"measure": measure, "dyad": str(world.dyad.pk), "timepoint": "start"}
    return body | {"completed_on": world.today.isoformat()} | answers


@pytest.mark.parametrize("measure", list_offered_measures(), ids=lambda measure: measure.id)
def test_every_measure_is_described_with_the_fields_of_its_form(measure):
    described = set(build_measure_serializer(measure)().fields)
    assert described == set(build_measure_form(measure).base_fields) - {"declined_why"}


def test_a_measure_is_named_by_its_id(schema):
    named = schema["components"]["schemas"]
    assert named["NewAssessmentPrfq"]["properties"]["measure"]["const"] == "prfq"
    items = named["NewAssessmentPrfq"]["properties"]
    assert (items["q1"]["minimum"], items["q1"]["maximum"], items["q18"]["maximum"]) == (1, 7, 7)
    assert "q19" not in items
    skippable = named["NewAssessmentKpcs"]["properties"]["q1"]["oneOf"]
    assert [each.get("enum", each["type"]) for each in skippable] == ["integer", ["na"], "null"]
    assert {"form", "rater_role", "reliability"} <= set(named["NewAssessmentCareIndex"]["required"])


SOUND_ANSWERS = [
    ("prfq", {"q1": 4, "q2": None}),
    ("kpcs", {"q1": "na", "q2": 3}),
    ("leao", {"concern": True}),
    ("gad7", {"declined": True, "declined_why": "Not today"}),
]


@pytest.mark.parametrize(("measure", "answers"), SOUND_ANSWERS)
def test_what_is_described_is_taken(validator, sign_in_as, world, measure, answers):
    body = build_body(world, measure, **answers)
    assert not list(validator.iter_errors(body))
    address = reverse("api-assessments", args=[world.episode.pk])
    made = sign_in_as("blackburn").post(address, body, "application/json")
    assert (made.status_code, made.json()["measure"]) == (201, measure)
    assert made.json()["concern"] == answers.get("concern")
    assert Assessment.objects.get().declined == ("declined" in answers)


@pytest.mark.parametrize(
    ("measure", "answers"),
    [
        ("prfq", {"q1": 8}),
        ("gad7", {"q1": "na"}),
        ("leao", {}),
        ("lsim", {}),
        ("care_index", {"t_adult_sensitive": 9}),
    ],
)
def test_what_is_refused_is_not_described(validator, sign_in_as, world, measure, answers):
    body = build_body(world, measure, **answers)
    assert list(validator.iter_errors(body))
    address = reverse("api-assessments", args=[world.episode.pk])
    assert sign_in_as("blackburn").post(address, body, "application/json").status_code == 400


def test_a_measure_that_is_not_recorded_is_not_described(schema):
    kept_out = [each.id for each in get_catalogue().values() if not each.offered]
    declined = schema["components"]["schemas"]["NewAssessmentDeclined"]["properties"]["measure"]["enum"]
    assert kept_out
    assert not set(kept_out) & set(declined)
