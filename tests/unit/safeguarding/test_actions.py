"""Statuses, children, concerns, cautions: what is written, refused or final, and who is notified."""

from datetime import date, timedelta

import pytest
from django.apps import apps
from django.core import mail
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone

from pairs.access.scope import load_scope
from pairs.families.models import Caregiver, Caution, Dyad, RiskAlert
from pairs.safeguarding import actions
from pairs.safeguarding.models import ConcernStep, HouseholdChild, SafeguardingConcern, SafeguardingStatus
from pairs.service.refusals import ActionRefused
from tests.app_due_items import make_due_items
from tests.unit.families.factories import make_family
from tests.unit.safeguarding.factories import keep_apart, make_concern, make_status

list_app_due_items = make_due_items("pairs.safeguarding")

pytestmark = pytest.mark.django_db
CHILD_DATA = {"name": "Sam Sibling", "birth_date": None, "lives_with": "", "school": "", "note": ""}


@pytest.fixture
def me(cast):
    return cast["blackburn"]


def get_refused_fields(action, **what):
    with pytest.raises(ActionRefused) as said:
        action(**what)
    return set(said.value.errors)


def add_step(concern, by, kind="outcome", **other):
    said = {"text": "An assessment begins", "to_whom": "", "chase_by": None}
    return actions.add_concern_step(concern=concern, kind=kind, by=by, **said | other)


# ---------------------------------------------------------------- statuses


def test_a_status_of_each_kind_of_person(me, family):
    child = actions.add_household_child(family=family, by=me, **CHILD_DATA)
    baby = make_status(family, me)
    mother = make_status(family, me, family.caregivers.get(), kind="marac")
    other = make_status(family, me, child, kind="looked_after")
    assert [each.person for each in (baby, mother, other)] == [
        family.infants.get(),
        family.caregivers.get(),
        child,
    ]
    assert baby.words == "Child protection plan: neglect"


def test_an_unborn_baby_can_have_a_pre_birth_assessment_and_a_plan(me):
    family = make_family(born=None)
    for kind in ("pre_birth", "protection_plan"):
        assert make_status(family, me, kind=kind).person == family.infants.get()


def test_an_adult_has_no_childs_status_and_a_young_carer_has(me, family):
    carer = family.caregivers.get()
    with pytest.raises(ActionRefused) as said:
        make_status(family, me, carer, kind="in_need")
    assert "date of birth first" in said.value.errors["kind"]
    carer.birth_date = timezone.localdate() - timedelta(days=17 * 365)
    carer.save()
    assert make_status(family, me, carer, kind="in_need").caregiver == carer


def test_the_same_status_is_not_recorded_twice_but_two_orders_may_stand(me, family):
    make_status(family, me, kind="in_need")
    with pytest.raises(ActionRefused):
        make_status(family, me, kind="in_need")
    for order in ("Supervision order", "Prohibited steps order"):
        make_status(family, me, kind="court_order", court_order=order)
    assert SafeguardingStatus.objects.current().count() == 3


def test_nobody_of_another_family(me, family):
    stranger = make_family(reference="B").infants.get()
    assert get_refused_fields(make_status, family=family, by=me, person=stranger) == {"about"}
    assert get_refused_fields(make_concern, family=family, by=me, person=stranger) == {"about"}


def test_a_baby_who_is_here_through_a_relationship_can_be_worried_about(me, family):
    foster = make_family(reference="F")
    baby = foster.infants.get()
    Dyad.objects.create(family=family, infant=baby, caregiver=family.caregivers.get(), relationship="mother")
    assert make_concern(family, me, baby).infant == baby


def test_a_status_is_changed_then_ended_and_its_history_stays(me, family):
    status = make_status(family, me)
    day = timezone.localdate() + timedelta(days=20)
    changed = actions.update_status(
        status=status, by=me, categories=["neglect", "emotional"], since=status.since, review_on=day
    )
    assert (changed.words, changed.review_on) == ("Child protection plan: neglect, emotional abuse", day)
    assert get_refused_fields(actions.update_status, status=status, by=me, categories=[]) == {"categories"}
    too_early = status.since - timedelta(days=1)
    assert get_refused_fields(actions.end_status, status=status, until=too_early, because="", by=me) == {
        "until"
    }
    ended = actions.end_status(status=status, until=timezone.localdate(), because="Stepped down", by=me)
    assert ended.ended_because == "Stepped down"
    assert get_refused_fields(actions.update_status, status=status, by=me, note="x") == {""}
    history = apps.get_model("safeguarding.SafeguardingStatusEvent").objects.filter(pgh_obj_id=status.pk)
    assert [event.categories for event in history.order_by("pgh_id")][:2] == [
        ["neglect"],
        ["neglect", "emotional"],
    ]


# ---------------------------------------------------------------- children


def test_a_child_of_the_household_is_listed_and_changed(me, family):
    child = actions.add_household_child(family=family, by=me, **CHILD_DATA)
    changed = CHILD_DATA | {"school": "Demo Road Nursery", "birth_date": date(2023, 5, 1)}
    assert actions.update_household_child(child=child, by=me, **changed).school == "Demo Road Nursery"
    future = CHILD_DATA | {"birth_date": timezone.localdate() + timedelta(days=1)}
    assert get_refused_fields(actions.update_household_child, child=child, by=me, **future) == {"birth_date"}


def test_a_child_with_a_concern_cannot_be_hidden_alone(me, family):
    child = actions.add_household_child(family=family, by=me, **CHILD_DATA)
    concern = make_concern(family, me, child)
    assert get_refused_fields(
        actions.mark_safeguarding_record_in_error, record=child, reason="Wrong family", by=me
    ) == {""}
    actions.mark_safeguarding_record_in_error(record=concern, reason="Wrong family", by=me)
    actions.mark_safeguarding_record_in_error(record=child, reason="Wrong family", by=me)
    assert not HouseholdChild.objects.live().exists()


# ---------------------------------------------------------------- concerns


def test_a_concern_is_notified_to_the_sites_supervisors_without_its_text(cast, me, family):
    mail.outbox.clear()
    concern = make_concern(family, me)
    assert {address for message in mail.outbox for address in message.to} == {"supervisor@pairs.example"}
    for message in mail.outbox:
        assert str(concern.pk) in message.body
        for words in ("bruise", "Baby1", "Carer", "referred"):
            assert words not in message.body + message.subject


def test_not_to_refer_says_why_and_needs_nothing_else(me, family):
    said = {"decision": "not_referred", "told": "", "family_told": "not_told", "chase_by": None}
    assert make_concern(family, me, **said).why
    assert get_refused_fields(make_concern, family=family, by=me, family_told="not_told") == {
        "without_agreement"
    }
    assert get_refused_fields(make_concern, family=family, by=me, chase_by=None) == {"chase_by"}


@pytest.mark.parametrize("born", [None, date(2026, 6, 1)])
def test_a_concern_about_an_unborn_or_lost_baby(me, born):
    family = make_family(born=born)
    baby = family.infants.get()
    if born:
        baby.lost_on, baby.loss = timezone.localdate(), "death"
        baby.save()
    concern = make_concern(family, me, baby)
    scope = load_scope(me)
    assert SafeguardingConcern.objects.visible_to(scope).get() == concern
    assert [item.code for item in list_app_due_items(scope, timezone.localdate())] == ["concern_answer"]


def test_an_alert_may_be_raised_with_it_and_says_nothing_of_it(me, family):
    assert make_concern(family, me).alert is None
    concern = make_concern(family, me, raise_alert=True)
    assert RiskAlert.objects.get() == concern.alert
    assert "bruise" not in concern.alert.what


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE safeguarding_safeguardingconcern SET what = 'y'",
        "UPDATE safeguarding_safeguardingconcern SET decision = 'not_referred'",
        "UPDATE safeguarding_safeguardingconcern SET chase_by = NULL",
        "DELETE FROM safeguarding_safeguardingconcern",
        "UPDATE safeguarding_concernstep SET text = 'y'",
        "DELETE FROM safeguarding_concernstep",
    ],
)
def test_a_concern_and_its_steps_are_only_added_to(me, family, statement):
    add_step(make_concern(family, me), me)
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert (SafeguardingConcern.objects.get().decision, ConcernStep.objects.count()) == ("referred", 1)


def test_a_concern_on_the_wrong_record_is_hidden_with_its_steps(me, family):
    concern = make_concern(family, me)
    add_step(concern, me)
    actions.mark_safeguarding_record_in_error(record=concern, reason="Another family's", by=me)
    scope = load_scope(me)
    assert not SafeguardingConcern.objects.visible_to(scope).exists()
    assert not ConcernStep.objects.visible_to(scope).exists()
    assert get_refused_fields(
        actions.mark_safeguarding_record_in_error, record=concern, reason="Again", by=me
    ) == {""}


def test_records_about_a_sealed_person_are_hidden(cast, me, family):
    make_status(family, me)
    make_concern(family, me, family.infants.get())
    make_concern(family, me)
    family.infants.update(sealed_at=timezone.now())
    assert not SafeguardingStatus.objects.visible_to(load_scope(me)).exists()
    assert SafeguardingConcern.objects.visible_to(load_scope(me)).get().infant is None
    governance = load_scope(cast["governance"])
    assert SafeguardingConcern.objects.including_sealed(governance).count() == 2


# ---------------------------------------------------------------- what is due


def list_due_codes(person, on=None):
    return {item.code for item in list_app_due_items(load_scope(person), on or timezone.localdate())}


def test_an_answer_is_asked_for_until_an_outcome_is_recorded(cast, me, family):
    today = timezone.localdate()
    concern = make_concern(family, me, chase_by=today + timedelta(days=2))
    assert list_due_codes(me) == set()
    due = list_app_due_items(load_scope(me), today + timedelta(days=2))
    assert [(item.code, item.kind, item.due_on) for item in due] == [
        ("concern_answer", "safety", today + timedelta(days=2))
    ]
    add_step(concern, me, kind="note", text="No answer yet", chase_by=today + timedelta(days=5))
    assert list_due_codes(me, today + timedelta(days=4)) == set()
    assert list_due_codes(me, today + timedelta(days=5)) == {"concern_answer"}
    add_step(concern, me)
    assert list_due_codes(me, today + timedelta(days=9)) == set()
    add_step(concern, me, kind="challenge", to_whom="The team manager", chase_by=today)
    assert list_due_codes(me) == {"concern_answer"}
    assert list_due_codes(cast["hyndburn"]) == set()


def test_a_challenge_names_its_recipient(me, family):
    concern = make_concern(family, me)
    what = {"concern": concern, "kind": "challenge", "text": "x", "to_whom": " ", "chase_by": None, "by": me}
    assert get_refused_fields(actions.add_concern_step, **what) == {"to_whom"}


def test_a_review_is_due_by_its_own_date_and_not_after_a_loss(me, family, django_assert_num_queries):
    make_status(family, me, review_on=timezone.localdate())
    assert list_due_codes(me) == {"status_review"}
    assert list_due_codes(me, timezone.localdate() - timedelta(days=1)) == set()
    scope = load_scope(me)
    with django_assert_num_queries(1):
        list_app_due_items(scope, timezone.localdate(), [family.pk])
    family.infants.update(lost_on=timezone.localdate(), loss="death")
    assert list_due_codes(me) == set()


# ---------------------------------------------------------------- cautions


@pytest.fixture
def dan(family):
    return Caregiver.objects.create(family=family, given_name="Dan", family_name="Carer")


def test_a_keep_apart_caution_is_recorded_and_ended(me, family, dan):
    caution = keep_apart(family, me, family.caregivers.get(given_name="Cora"), kept_from=dan)
    assert (caution.person.given_name, caution.other) == ("Cora", dan)
    changed = actions.update_caution(caution=caution, by=me, what_to_do="Two days", since=caution.since)
    assert changed.what_to_do == "Two days"
    yesterday = timezone.localdate() - timedelta(days=1)
    actions.end_caution(caution=caution, until=yesterday, by=me)
    assert not Caution.objects.current().exists()
    assert get_refused_fields(actions.end_caution, caution=caution, until=yesterday, by=me) == {""}
    assert get_refused_fields(actions.update_caution, caution=caution, by=me, since=yesterday) == {""}


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"person": None}, "about"),
        ({"kept_from": None}, "kept_from"),
        ({"kept_from_name": "Her uncle"}, "kept_from"),
        ({"kept_from": "herself"}, "kept_from"),
        ({"since": timezone.localdate() + timedelta(days=1)}, "since"),
        ({"kind": "lone_worker"}, "kept_from"),
    ],
)
def test_what_a_caution_must_state(me, family, dan, changed, field):
    cora = family.caregivers.get(given_name="Cora")
    what = {
        "family": family,
        "kind": "keep_apart",
        "person": cora,
        "kept_from": dan,
        "kept_from_name": "",
        "court_order": "",
        "what": "x",
        "what_to_do": "",
        "since": timezone.localdate(),
        "by": me,
    }
    if changed.get("kept_from") == "herself":
        changed = {"kept_from": cora}
    assert get_refused_fields(actions.record_caution, **what | changed) == {field}
