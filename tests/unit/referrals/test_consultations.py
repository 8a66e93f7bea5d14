"""Consultations: requested, arranged, held or withdrawn; who sees what; who is notified; what is due."""

import json
from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from pairs.access.scope import load_scope
from pairs.api.schema import list_optional_keys
from pairs.service.models import Place
from pairs.service.refusals import ActionRefused
from referrals.actions.consultation_from_referral import get_or_create_consultation
from referrals.actions.consultations import (
    arrange_consultation,
    ask_for_consultation,
    hold_consultation,
    withdraw_consultation,
)
from referrals.api.consultations import ConsultationOut
from referrals.models import Consultation, Referral
from tests.app_due_items import make_due_items
from tests.form_client import list_standing_values
from tests.project.form_filling import parse_form
from tests.unit.families.factories import make_family
from tests.unit.referrals.factories import CARER, DRAFT_PAGES, make_test_referral

pytestmark = pytest.mark.django_db
list_app_due_items = make_due_items("referrals")
UNNAMED_DATA = {"about": "They both go still.", "place": "blackburn-with-darwen", "named": "no"}
NAMED_DATA = UNNAMED_DATA | {"named": "yes", "who": "Ada and Dan", "permission": "parent_agrees"}
NOBODY_ELSE = {"others-TOTAL_FORMS": "0", "others-INITIAL_FORMS": "0"}
HELD_DATA = {"minutes": 50, "thoughts": "To wait for the baby.", "outcome": "advice"}


def ask_for_one(by, **changes):
    place = Place.objects.get(code="blackburn-with-darwen")
    return ask_for_consultation(**{"by": by, "about": "They both go still.", "place": place} | changes)


def get_tomorrow():
    return timezone.now() + timedelta(days=1)


@pytest.fixture
def show(client, cast):
    def get_page_as(username, name, *args, post=None, query=""):
        client.force_login(cast[username])
        address = reverse(name, args=args) + query
        return client.get(address) if post is None else client.post(address, post)

    return get_page_as


# ---------------------------------------------------------------- acts


def test_from_the_request_to_what_we_thought_together(cast):
    asked = ask_for_one(cast["healthvisitor"])
    assert asked.reference.startswith("C-")
    assert (asked.site.code, asked.named, asked.who, asked.permission) == (
        "blackburn-with-darwen",
        False,
        "",
        "",
    )
    assert {tuple(each.to) for each in mail.outbox} >= {("duty@pairs.example",)}
    mail.outbox.clear()
    arrange_consultation(consultation=asked, clinician=cast["blackburn"], at=get_tomorrow(), by=cast["duty"])
    arrange_consultation(consultation=asked, clinician=cast["blackburn"], at=get_tomorrow(), by=cast["duty"])
    assert {each.to[0].split("@")[0] for each in mail.outbox} == {"healthvisitor", "blackburn"}
    hold_consultation(consultation=asked, by=cast["blackburn"], held_on=timezone.localdate(), **HELD_DATA)
    found = Consultation.objects.get()
    assert (found.status, found.clinician, found.minutes) == ("held", cast["blackburn"], 50)
    assert [step.status for step in found.steps.all()] == ["asked", "arranged", "arranged", "held"]
    with pytest.raises(ActionRefused):
        withdraw_consultation(consultation=found, reason="Too late", by=cast["duty"])


def test_emails_hold_a_reference_and_a_link_alone(cast):
    asked = ask_for_one(cast["healthvisitor"], named=True, who="Ada and Dan", permission="parent_agrees")
    arrange_consultation(consultation=asked, clinician=cast["duty"], at=get_tomorrow(), by=cast["duty"])
    withdraw_consultation(consultation=asked, reason="They have moved away", by=cast["duty"])
    assert len(mail.outbox) >= 3
    for letter in mail.outbox:
        assert asked.reference in letter.subject
        assert reverse("consultation", args=[asked.pk]) in letter.body
        for words in ("Ada", "still", "moved", "Blackburn"):
            assert words not in letter.subject + letter.body


def test_steps_and_the_question_are_never_rewritten(cast):
    asked = ask_for_one(cast["healthvisitor"])
    for change in (
        "UPDATE referrals_consultationstep SET reason = 'x'",
        "DELETE FROM referrals_consultationstep",
        "UPDATE referrals_consultation SET about = 'x'",
    ):
        with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change)
    with pytest.raises(IntegrityError), transaction.atomic():
        Consultation.objects.filter(pk=asked.pk).update(status="held")
    assert asked.events.count() == 1


def test_a_consultation_about_their_referral_copies_its_details(cast):
    referral = make_test_referral(
        cast["healthvisitor"], permission="lawful_basis", permission_reason="Court work"
    )
    asked = ask_for_one(cast["healthvisitor"], place=None, referral=referral)
    assert (asked.named, asked.permission, asked.permission_reason) == (True, "lawful_basis", "Court work")
    assert (asked.referral, asked.site, asked.place) == (referral, referral.site, referral.place)


def test_a_consultation_out_of_a_referral_names_everybody_however_long(cast):
    people = [
        CARER | {"given_name": f"Maximiliana{'-Theodora' * 5}", "family_name": f"Carer{n}"} for n in range(4)
    ]
    named = [each | {"pregnant": False, "main_carer": n == 0} for n, each in enumerate(people)]
    referral = make_test_referral(cast["healthvisitor"], caregivers=named, best_times="Mornings")
    asked = get_or_create_consultation(referral, cast["duty"])
    assert len(asked.who) > 200
    assert asked.who.endswith("Carer3")


# ---------------------------------------------------------------- pages


def test_asking_is_one_page_and_a_double_click_makes_one(show, client):
    page = show("healthvisitor", "new-consultation").content.decode()
    token = page.split('name="submission" value="')[1][:36]
    answers = {
        show("healthvisitor", "new-consultation", post=UNNAMED_DATA | {"submission": token}).url for _ in "ab"
    }
    assert answers == {reverse("consultation", args=[Consultation.objects.get().pk])}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"about": ""}, "Enter what you would like to think about"),
        ({"place": ""}, "Choose the district"),
        ({"named": ""}, "Choose whether to name the family"),
        ({"who": "Ada"}, "stays unnamed"),
        ({"named": "yes"}, "Enter who it is about"),
        ({"about": "x" * 10_001}, "There is a problem"),
    ],
)
def test_a_request_is_refused_beside_its_field(show, change, words):
    answer = show("healthvisitor", "new-consultation", post=UNNAMED_DATA | change)
    assert answer.status_code == 200
    assert words in answer.content.decode()
    assert not Consultation.objects.exists()


def test_a_referral_of_others_cannot_be_asked_about(cast, show):
    referral = make_test_referral(cast["healthvisitor"])
    own = f"?referral={referral.pk}"
    assert referral.reference in show("healthvisitor", "new-consultation", query=own).content.decode()
    for query in (own, "?referral=nonsense", f"?referral={Place.objects.first().pk}"):
        assert show("healthvisitor2", "new-consultation", query=query).status_code == 404


def test_the_asker_reads_status_time_and_person_then_what_was_thought(cast, show):
    asked = ask_for_one(cast["healthvisitor"])
    page = show("healthvisitor", "consultation", asked.pk).content.decode()
    assert "Not arranged yet" in page
    arrange_consultation(consultation=asked, clinician=cast["blackburn"], at=get_tomorrow(), by=cast["duty"])
    page = show("healthvisitor", "consultation", asked.pk).content.decode()
    assert str(cast["blackburn"]) in page
    assert "To wait for the baby." not in page
    hold_consultation(consultation=asked, by=cast["blackburn"], held_on=timezone.localdate(), **HELD_DATA)
    assert "To wait for the baby." in show("healthvisitor", "consultation", asked.pk).content.decode()
    assert show("healthvisitor2", "consultation", asked.pk).status_code == 404
    assert asked.reference not in show("healthvisitor2", "consultations").content.decode()
    assert (
        show("healthvisitor", "consultation-taking-back", asked.pk, post={"reason": "x"}).status_code == 200
    )


def test_a_colleague_of_the_team_reads_the_status_alone(cast, show):
    asked = ask_for_one(cast["healthvisitor"])
    other = cast["healthvisitor2"]
    other.team = cast["healthvisitor"].team
    other.save(update_fields=["team"])
    page = show("healthvisitor2", "consultation", asked.pk).content.decode()
    assert asked.reference in page
    assert "go still" not in page


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("duty", 200),
        ("supervisor", 200),
        ("hyndburn", 404),
        ("blackburn", 404),
        ("manager", 403),
        ("peer", 403),
    ],
)
def test_who_opens_one_about_an_unnamed_family(cast, show, who, status):
    assert show(who, "consultation", ask_for_one(cast["healthvisitor"]).pk).status_code == status


def test_a_second_arrangement_sees_the_first(cast, show):
    """Both had opened the page before anything was arranged."""
    asked = ask_for_one(cast["healthvisitor"])
    first, second = (
        list_standing_values(
            parse_form(show(username, "consultation-arrangement", asked.pk).content.decode())
        )
        for username in ("duty", "supervisor")
    )
    on = (timezone.localdate() + timedelta(days=3)).isoformat()
    first |= {"on": on, "clinician": str(cast["blackburn"].pk), "at": "10:00"}
    second |= {"on": on, "clinician": str(cast["duty"].pk), "at": "15:00"}
    assert show("duty", "consultation-arrangement", asked.pk, post=first).status_code == 302
    page = show("supervisor", "consultation-arrangement", asked.pk, post=second)
    asked.refresh_from_db()
    assert (page.status_code, asked.clinician) == (200, cast["blackburn"])
    assert "A colleague changed this too" in page.content.decode()


def test_the_team_arranges_and_writes_down_by_pages(cast, show):
    asked = ask_for_one(cast["healthvisitor"])
    day = (timezone.localdate() + timedelta(days=2)).isoformat()
    time = {"clinician": str(cast["blackburn"].pk), "on": day, "at": "14:05"}
    assert show("duty", "consultation-arrangement", asked.pk, post=time).status_code == 302
    past = time | {"on": "2020-01-01"}
    assert (
        "Choose a time in the future"
        in show("duty", "consultation-arrangement", asked.pk, post=past).content.decode()
    )
    stranger = time | {"clinician": str(cast["hyndburn"].pk)}
    assert show("duty", "consultation-arrangement", asked.pk, post=stranger).status_code == 200
    today = timezone.localdate().isoformat()
    asked.refresh_from_db()
    assert timezone.localtime(asked.arranged_for).strftime("%H:%M") == "14:05"
    held = HELD_DATA | NOBODY_ELSE | {"held_on": today}
    page = show("duty", "consultation-record", asked.pk, post=held)  # on another day than was booked
    assert "Enter the time it started" in page.content.decode()
    held |= {"held_at": "00:05"}
    assert show("duty", "consultation-record", asked.pk, post=held).status_code == 302
    asked.refresh_from_db()
    assert timezone.localdate(asked.arranged_for).isoformat() == today
    assert (asked.status, asked.clinician) == ("held", cast["blackburn"])


def test_a_consultation_becomes_a_referral_and_the_two_are_joined(cast, show):
    asked = ask_for_one(cast["healthvisitor"])
    first = show("healthvisitor", "refer", query=f"?consultation={asked.pk}").content.decode()
    token = first.split('name="submission" value="')[1][:36]
    assert f'name="consultation" value="{asked.pk}"' in first
    for slug, values in DRAFT_PAGES.items():
        carried = {"consultation": str(asked.pk)} if slug == "permission" else {}
        assert show("healthvisitor", "refer-page", token, slug, post=values | carried).status_code == 302
    again = show("healthvisitor", "refer-page", token, "permission").content.decode()
    assert f'name="consultation" value="{asked.pk}"' in again
    show("healthvisitor", "refer-check", token, post={})
    asked.refresh_from_db()
    assert asked.referral == Referral.objects.get()
    assert "Go to the referral" in show("healthvisitor", "consultation", asked.pk).content.decode()


def test_somebody_elses_consultation_is_not_joined(cast, show):
    asked = ask_for_one(cast["healthvisitor2"])
    token = "00000000-0000-4000-8000-000000000001"
    for slug, values in DRAFT_PAGES.items():
        carried = {"consultation": str(asked.pk)} if slug == "permission" else {}
        show("healthvisitor", "refer-page", token, slug, post=values | carried)
    show("healthvisitor", "refer-check", token, post={})
    asked.refresh_from_db()
    assert Referral.objects.exists()
    assert asked.referral is None


def test_the_list_asks_as_often_for_ten_as_for_forty(cast, client, django_assert_max_num_queries):
    client.force_login(cast["duty"])
    counts = []
    for more in (10, 30):
        for _ in range(more):
            ask_for_one(cast["healthvisitor"])
        client.get(reverse("consultations"))
        with django_assert_max_num_queries(14) as asked:
            client.get(reverse("consultations"))
        counts.append(len(asked))
    assert counts[0] == counts[1]


# ---------------------------------------------------------------- due, chronology, API


def test_due_is_the_arrangement_then_the_writing_down(cast):
    asked, on = ask_for_one(cast["healthvisitor"]), timezone.localdate()
    (item,) = list_app_due_items(load_scope(cast["duty"]), on)
    assert (item.code, item.subject_id, item.due_on) == ("consultation_waits", asked.pk, on)
    assert list_app_due_items(load_scope(cast["hyndburn"]), on) == []
    arrange_consultation(consultation=asked, clinician=cast["duty"], at=get_tomorrow(), by=cast["duty"])
    assert list_app_due_items(load_scope(cast["duty"]), on) == []
    (item,) = list_app_due_items(load_scope(cast["duty"]), on + timedelta(days=2))
    assert (item.code, item.owner_id) == ("consultation_to_write", cast["duty"].pk)


def test_a_family_that_is_held_has_it_in_its_chronology(cast, show):
    family = make_family()
    referral = make_test_referral(cast["healthvisitor"])
    referral.change(family=family)
    asked = ask_for_one(cast["healthvisitor"], place=None, referral=referral)
    hold_consultation(consultation=asked, by=cast["duty"], held_on=timezone.localdate(), **HELD_DATA)
    page = show("blackburn", "chronology", family.pk).content.decode()
    assert f"Consultation {asked.reference}: held" in page
    assert "To wait for the baby." in page
    whole = show("blackburn", "consultation", asked.pk)
    assert whole.status_code == 200
    assert 'class="pairs-banner"' in whole.content.decode()


@pytest.fixture
def call_api(client, cast):
    def call_api_as(username, *args, send=None, key=None):
        client.force_login(cast[username])
        address = reverse("api-consultation" if args else "api-consultations", args=args)
        headers = {"Idempotency-Key": key} if key else {}
        if send is None:
            return client.get(address)
        return client.post(address, json.dumps(send), content_type="application/json", headers=headers)

    return call_api_as


def test_by_the_api_once_a_key(cast, call_api):
    answers = [call_api("healthvisitor", send=NAMED_DATA, key="k") for _ in range(2)]
    assert [each.status_code for each in answers] == [201, 200], answers[0].content
    asked = Consultation.objects.get()
    assert (asked.who, asked.named) == ("Ada and Dan", True)
    assert "asker_phone" not in call_api("healthvisitor", asked.pk).json()
    assert call_api("duty", asked.pk).json()["who"] == "Ada and Dan"
    assert call_api("healthvisitor2", asked.pk).status_code == 404
    assert len(call_api("healthvisitor").json()["results"]) == len(call_api("duty").json()["results"]) == 1
    assert call_api("healthvisitor2").json()["results"] == []
    assert call_api("duty", send=NAMED_DATA).status_code == 403


def test_what_each_reader_of_one_is_told(cast, call_api):
    colleague = cast["healthvisitor2"]
    colleague.team = cast["healthvisitor"].team
    colleague.save()
    asked = ask_for_one(cast["healthvisitor"])
    arrange_consultation(consultation=asked, clinician=cast["duty"], at=get_tomorrow(), by=cast["duty"])
    staff, asker, team = (
        call_api(who, asked.pk).json() for who in ("duty", "healthvisitor", "healthvisitor2")
    )
    assert (staff["clinician"], staff["clinician_name"]) == (str(cast["duty"].pk), str(cast["duty"]))
    assert set(staff) == set(ConsultationOut.Meta.fields)
    assert set(staff) - set(team) == list_optional_keys(ConsultationOut)
    assert set(asker) - set(team) == {"about", "held_on", "minutes", "thoughts", "agreed", "outcome"}


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"about": "a\x00b"}, "about"),
        ({"about": ["a"]}, "about"),
        ({"about": {"a": 1}}, "about"),
        ({"named": 7}, "named"),
        ({"place": "atlantis"}, "place"),
        ({"place": None}, "place"),
        ({"status": "held"}, "status"),
        ({"named": "yes"}, "who"),
        ({"asker_phone": "0" * 121}, "asker_phone"),
        ({"asker_group": "king"}, "asker_group"),
        ({"best_times": "\ud800"}, "best_times"),
    ],
)
def test_what_the_api_refuses_it_names(call_api, sent, field):
    answer = call_api("healthvisitor", send=UNNAMED_DATA | sent)
    assert answer.status_code == 400
    assert field in answer.json()["errors"]
    assert not Consultation.objects.exists()
