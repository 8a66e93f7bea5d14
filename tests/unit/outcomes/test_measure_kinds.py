"""Measures of each kind, recorded: typed, coded, done, with risk; what is kept, refused and raised."""

import uuid

import pytest
from django.core import mail
from django.urls import reverse

from outcomes.actions.assessments import AssessmentInput, decline_assessment, record_assessment
from outcomes.measure_definitions import CODER
from outcomes.measure_settings import save_measure_settings
from outcomes.models import Assessment, ChosenMeasure
from pairs.families.models import RiskAlert
from pairs.service.refusals import ActionRefused
from pairs.submissions.models import Submission


@pytest.fixture
def record_kind(world):
    def record_measure(measure, days=0, form="", dyad=None, **filled):
        return record_assessment(
            episode=world.episode,
            dyad=dyad or world.dyad,
            measure=measure,
            form=form,
            timepoint="start",
            completed_on=world.get_days_ago(days),
            filled=AssessmentInput(**filled),
            by=world.cast["blackburn"],
        )

    return record_measure


def make_zero_answers(items, **risky):
    return dict.fromkeys(range(1, items + 1), 0) | {int(name[1:]): value for name, value in risky.items()}


@pytest.mark.parametrize(
    ("measure", "filled", "items"),
    [
        ("epds", {"responses": make_zero_answers(10, q10=1)}, "item 10 of EPDS"),
        ("epds", {"responses": {10: 1}, "typed": {"total": 4}}, "item 10 of EPDS"),
        ("phq9", {"responses": {9: 1}}, "item 9 of PHQ-9"),
        ("core10", {"responses": {6: 1}}, "item 6 of CORE-10"),
        ("pbq", {"responses": {18: 4}}, "item 18 of PBQ"),
        ("pbq", {"responses": {24: 0, 18: 0}}, "items 18, 24 of PBQ"),
    ],
)
def test_a_risk_item_raises_an_alert_the_same_day_whatever_the_total(
    record_kind, world, measure, filled, items
):
    record_kind(measure, **filled)
    [alert] = RiskAlert.objects.all()
    assert items in alert.what
    assert (alert.family, alert.lead, alert.raised_by) == (
        world.family,
        world.episode.lead,
        world.cast["blackburn"],
    )
    assert all("EPDS" not in each.subject + each.body for each in mail.outbox)


@pytest.mark.parametrize(
    ("measure", "filled"),
    [
        ("epds", {"responses": make_zero_answers(10) | dict.fromkeys(range(1, 10), 3)}),
        ("phq9", {"responses": dict.fromkeys(range(1, 9), 3) | {9: 0}}),
        ("core10", {"responses": {1: 4}}),
        ("pbq", {"responses": {18: 5, 24: 5, 1: 5}}),
        ("prfq", {"responses": dict.fromkeys(range(1, 19), 7)}),
    ],
)
def test_no_risk_item_no_alert_however_high_the_total(record_kind, measure, filled):
    record_kind(measure, **filled)
    assert not RiskAlert.objects.exists()


def test_an_alert_and_its_measure_are_one_transaction(record_kind, world):
    record_kind("epds", responses=make_zero_answers(10, q10=2))
    with pytest.raises(ActionRefused, match="already recorded"):
        record_kind("epds", responses=make_zero_answers(10, q10=2))
    assert RiskAlert.objects.count() == 1


@pytest.mark.parametrize(
    ("measure", "form", "filled", "field"),
    [
        ("epds", "", {"typed": {"total": 4}}, "q10"),
        ("epds", "", {"typed": {"total": 31}, "responses": {10: 0}}, "t_total"),
        ("mors_sf", "", {"responses": {1: 2}}, "q1"),
        ("mors_sf", "", {"typed": {"total": 3}}, "t_total"),
        ("mors_sf", "", {}, ""),
        ("leao", "", {}, "concern"),
        ("piios", "", {"typed": {"total": 9}}, "rater_role"),
        ("piios", "", {"typed": {"total": 9}, "rater_role": "coder"}, "reliability"),
        ("asq_se2", "", {"typed": {"total": 20}}, "form"),
        ("pir_gas", "", {"responses": {1: 101}}, "q1"),
        ("ors", "", {"responses": {1: 2.55}}, "q1"),
        ("nbo", "", {}, "measure"),
    ],
)
def test_invalid_input_is_refused_beside_its_field(record_kind, measure, form, filled, field):
    with pytest.raises(ActionRefused) as refused:
        record_kind(measure, form=form, **filled)
    assert field in refused.value.errors
    assert not Assessment.objects.exists()


def test_typed_numbers_are_stored_as_they_were_typed(record_kind):
    made = record_kind("mors_sf", typed={"warmth": 28, "invasion": 7})
    made.refresh_from_db()
    assert (made.typed, made.scores) == ({"warmth": 28, "invasion": 7}, {"warmth": 28.0, "invasion": 7.0})


def test_a_coded_film_records_who_coded_it_and_how_reliably(record_kind, world):
    made = record_kind("piios", typed={"total": 9}, rater_role="coder", reliability="training")
    assert (made.rater, made.rated_by_staff, made.rater_role, made.reliability) == (
        None,
        world.cast["blackburn"],
        "coder",
        "training",
    )
    assert record_kind("piios", typed={"total": 11}, rater_role="practitioner", reliability="reliable")
    assert CODER == "coder"


def test_care_index_sums_are_checked(record_kind, world):
    adult = {"adult_sensitive": 7, "adult_controlling": 4, "adult_unresponsive": 3}
    coder = {"rater_role": "coder", "reliability": "reliable"}
    with pytest.raises(ActionRefused) as refused:
        record_kind("care_index", form="infant", typed=adult | {"adult_unresponsive": 4}, **coder)
    assert "make 14" in str(refused.value.errors)
    assert record_kind("care_index", form="infant", typed=adult, **coder)


def test_what_is_recorded_as_done_has_no_score(record_kind):
    made = record_kind("leao", concern=True)
    assert (made.concern, made.scores, made.responses) == (True, {}, {})


def test_a_refusal_may_have_a_reason(world):
    about = {"episode": world.episode, "dyad": world.dyad, "measure": "epds", "timepoint": "start"}
    made = decline_assessment(completed_on=world.today, why="Not today", by=world.cast["blackburn"], **about)
    assert (made.declined, made.declined_why) == (True, "Not today")


CODED_FIELDS = {"rater_role": "coder", "reliability": "reliable"}


def build_measure_post(world, measure, **fields):
    plain = {"measure": measure, "dyad": str(world.dyad.pk), "timepoint": "start", "way": "room"}
    return plain | {"completed_on": world.today.isoformat(), "submission": str(uuid.uuid4())} | fields


@pytest.mark.parametrize(
    ("measure", "fields", "shown"),
    [
        ("mors_sf", {"t_warmth": "28", "t_invasion": "7"}, ["Warmth: 28", "not verified"]),
        ("epds", {"t_total": "14", "q10": "1"}, ["Probable major depression", "needs review the same day"]),
        ("piios", {"t_total": "9"} | CODED_FIELDS, ["reliability certificate"]),
        ("leao", {"concern": "yes"}, ["Is there a concern?"]),
        ("pir_gas", {"q1": "85"}, ["85"]),
        ("kpcs", {f"q{n}": "3" for n in range(2, 16)} | {"q1": "na"}, ["44"]),
        ("esq", {"q1": "3"}, ["makes no score here"]),
        ("whooley", {"q1": "1", "q2": "0"}, ["Positive: offer the EPDS or PHQ-9, and an assessment"]),
        ("care_index", {"form": "infant", "t_adult_sensitive": "9"} | CODED_FIELDS, ["9"]),
    ],
)  # fmt: skip
def test_each_kind_is_entered_and_read_by_page(sign_in_as, world, measure, fields, shown):
    client, address = sign_in_as("blackburn"), reverse("new-assessment", args=[world.episode.pk])
    page = client.get(address, {"measure": measure})
    assert page.status_code == 200
    answer = client.post(address, build_measure_post(world, measure, **fields))
    assert answer.status_code == 302, answer.content.decode()
    read = client.get(answer.url).content.decode()
    for words in shown:
        assert words in read


def test_a_draft_goes_on_with_its_own_measure(sign_in_as, world):
    client, token = sign_in_as("blackburn"), str(uuid.uuid4())
    address = reverse("new-assessment", args=[world.episode.pk])
    written = build_measure_post(world, "epds", q1="3") | {"draft_kind": "new-assessment"}
    draft = Submission.objects.create(
        id=token, user=world.cast["blackburn"], kind="new-assessment", path=address,
        data={"": {name: [value] for name, value in written.items()}},
    )  # fmt: skip
    page = client.get(address, {"draft": str(draft.pk)}).content.decode()
    assert "Edinburgh" in page
    assert 'name="q1" value="3" checked' in page


def test_every_measure_of_the_catalogue_has_its_form_and_its_page(sign_in_as, world):
    from outcomes.measures import get_catalogue

    client = sign_in_as("blackburn")
    address = reverse("new-assessment", args=[world.episode.pk])
    for each in get_catalogue().values():
        assert client.get(reverse("measure", args=[each.id])).status_code == 200, each.id
        status = client.get(address, {"measure": each.id}).status_code
        assert status == (200 if each.offered else 302), each.id


def test_the_page_of_choices_puts_what_suits_first(sign_in_as, world):
    ChosenMeasure.objects.filter(measure="prfq").update(core_for=[])
    ChosenMeasure.objects.create(measure="mors_sf", core_for=["under_3"])
    page = sign_in_as("blackburn").get(reverse("choose-measure", args=[world.episode.pk])).content.decode()
    assert page.index("MORS-SF") < page.index("PRFQ")
    assert "is for pregnancy" in page
    assert "Let them answer on their own phone" in page


@pytest.mark.parametrize(("measure", "status"), [("prfq", 302), ("epds", 200)])
def test_only_a_relationship_measure_may_be_core(sign_in_as, measure, status):
    client = sign_in_as("supervisor")
    answer = client.post(
        reverse("measure-choice", args=[measure]), {"core_for": ["under_3"], "submission": str(uuid.uuid4())}
    )
    chosen = ChosenMeasure.objects.filter(measure=measure).exclude(core_for=[]).exists()
    assert chosen is (measure == "prfq")
    assert answer.status_code in {302, status}


@pytest.mark.parametrize(
    ("measure", "words"),
    [
        ("epds", "not about the relationship"),
        ("paas", "too little about it is verified"),
        ("prfq", "is not made for"),
    ],
)
def test_a_refusal_says_which_of_two_facts_is_against_it(measure, words):
    with pytest.raises(ActionRefused) as refused:
        save_measure_settings(measure=measure, core_for=["pregnancy"], interventions=[], thrive=[], by=None)
    assert words in refused.value.errors["core_for"]


def test_what_is_about_the_relationship_is_listed_as_such(sign_in_as):
    client, address = sign_in_as("blackburn"), reverse("measures")
    page = client.get(address).content.decode()
    something_else = client.get(address, {"view": "other"}).content.decode()
    too_little = page.index("Too little verified for the core set</h2>")
    for name in ("PAAS", "LEAO", "MaMB"):
        assert too_little < page.index(name)
        assert name not in something_else


def test_a_page_to_look_at_together_holds_one_carers_own(sign_in_as, world, record_kind):
    record_kind("epds", responses={1: 3, 10: 0}, dyad=world.father)
    record_kind("prfq", responses=dict.fromkeys(range(1, 19), 4))
    client = sign_in_as("blackburn")
    saras = client.get(reverse("change-together", args=[world.sara.pk])).content.decode()
    main = saras[saras.index("<main") :]
    assert "PRFQ" in main
    assert "EPDS" not in main
    assert "Tom" not in main
    toms = client.get(reverse("change-together", args=[world.tom.pk])).content.decode()
    main = toms[toms.index("<main") :]
    assert "EPDS" in main
    assert "PRFQ" not in main
    assert "To enjoy bath time" not in main


def test_scores_with_a_national_code_are_ready(sign_in_as, world, record_kind):
    record_kind("phq9", responses=dict.fromkeys(range(1, 9), 2) | {9: 0})
    record_kind("prfq", responses=dict.fromkeys(range(1, 19), 4))
    record_kind("esq", responses={1: 3, 2: 1})
    said = sign_in_as("blackburn").get(reverse("api-coded-scores", args=[world.episode.pk])).json()["results"]
    assert {(each["snomed"], each["score"]) for each in said} == {
        ("720433000", 16.0),
        ("1035681000000101", 3.0),
        ("1035711000000102", 1.0),
    }
