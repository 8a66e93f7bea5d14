"""What a referral says of people we hold: old and new side by side, the safer answer until somebody chooses."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from pairs.access.scope import load_scope
from pairs.families.models import Address, Caregiver
from pairs.service.refusals import ActionRefused
from referrals.actions.differences import list_open_differences, settle_differences
from referrals.actions.linking import MatchAnswerInput
from referrals.models import Referral
from referrals.rules.differences import combine
from tests.app_due_items import make_due_items
from tests.unit.families.factories import make_family
from tests.unit.referrals.factories import BORN, FATHER, build_decision_post, make_test_referral
from tests.unit.referrals.test_match_answers import BABY_NAMED, CORA_NAMED, accept_with_matches, get_named_id

list_app_due_items = make_due_items("referrals")
NEVER = {"safe_contact": "Text first.", "unsafe_times": "Never after six: he is home", "best_times": ""}
MOTHER_BORN = date(1996, 3, 27)
SAID = CORA_NAMED | {
    "birth_date": MOTHER_BORN,
    "phone": "01632 960777",
    "may_call": False,
    "may_text": True,
    "language": "Urdu",
    "needs_interpreter": True,
    "communication_needs": "Easy words",
    "address_lines": "9 New Street",
    "postcode": "ZQ1 1AA",  # as held: it makes the two alike
    "lives_with": False,
}


@pytest.mark.parametrize(
    ("of", "field", "held", "said", "now", "waits"),
    [
        ("caregiver", "may_call", True, False, False, True),
        ("caregiver", "may_call", False, True, False, True),
        ("caregiver", "may_call", None, False, False, False),
        ("caregiver", "may_call", None, True, True, False),
        ("caregiver", "may_call", True, None, True, False),
        ("caregiver", "may_call", False, False, False, False),
        ("caregiver", "needs_interpreter", False, True, True, False),
        ("caregiver", "needs_interpreter", True, False, True, False),  # an unticked box says nothing
        ("caregiver", "safe_contact", "Mornings", "Not six", "Not six. Mornings", True),
        (
            "caregiver",
            "safe_contact",
            "Never after six. Any time",
            "Never after six",
            "Never after six. Any time",
            False,
        ),
        ("caregiver", "safe_contact", "Never ring", "Ring", "Ring. Never ring", True),
        (
            "caregiver",
            "safe_contact",
            "Text first.\nNever after six.",
            "never after six",
            "Text first.\nNever after six.",
            False,
        ),
        ("caregiver", "phone", "01254 55555", "+44 1254 55555 ext 4", "01254 55555", False),
        (
            "caregiver",
            "phone",
            "01254 55555 or 07700 900123",
            "07700900123",
            "01254 55555 or 07700 900123",
            False,
        ),
        ("caregiver", "phone", "07700 900123", "07700 900123 / 01254 55555", "07700 900123", True),
        ("infant", "plurality", 1, 2, 1, True),
        ("infant", "plurality", 2, None, 2, False),
        ("caregiver", "safe_contact", "", "Never after six", "Never after six", False),
        ("caregiver", "phone", "01632 960001", "+44 1632 960001", "01632 960001", False),
        ("caregiver", "phone", "01632 960001", "01632 960002", "01632 960001", True),
        ("caregiver", "phone", "", "01632 960002", "01632 960002", False),
        ("caregiver", "language", "English", "urdu", "English", True),
        ("caregiver", "language", "Urdu", " urdu ", "Urdu", False),
        ("caregiver", "ethnicity", "99", "J", "J", False),
        ("caregiver", "ethnicity", "A", "99", "A", False),
        ("infant", "nhs_number", None, "9990000018", None, True),  # looked up by somebody, never filled in
        ("infant", "birth_date", None, BORN, None, True),
        ("infant", "given_name", "", "Maya", "Maya", False),
        ("dyad", "lives_with", True, False, True, True),
        ("dyad", "lives_with", None, False, False, False),
        ("dyad", "main_carer", False, True, False, True),
    ],
)
def test_a_gap_is_filled_the_safer_answer_holds_and_the_rest_waits(of, field, held, said, now, waits):
    assert combine(of, field, held, said) == (now, waits)


@pytest.fixture
def held(cast):
    family = make_family(born=BORN)
    carer = family.caregivers.get()
    carer.change(
        birth_date=MOTHER_BORN,
        phone="01632 960001",
        may_call=True,
        language="English",
        safe_contact="Mornings are best",
    )
    family.dyads.update(lives_with=True)
    return family


@pytest.fixture
def referral(cast, held):
    made = make_test_referral(cast["healthvisitor"], infants=[BABY_NAMED], caregivers=[SAID], **NEVER)
    return Referral.objects.with_people().get(pk=made.pk)


def accept(referral, held, by, take=()):
    baby, cora = held.infants.get(), held.caregivers.get()
    said = [
        MatchAnswerInput(get_named_id(referral, "Baby1"), same=baby.pk),
        MatchAnswerInput(get_named_id(referral, "Cora"), same=cora.pk, take=tuple(take)),
    ]
    accept_with_matches(referral, by, *said)
    return Caregiver.objects.get(pk=cora.pk)


def list_waiting(referral):
    return {row.field: f"{named.pk}:{number}" for named, number, row in list_open_differences(load(referral))}


def list_differs_items(cast):
    items = list_app_due_items(load_scope(cast["blackburn"]), timezone.localdate())
    return [each for each in items if each.code == "referral_differs"]


def load(referral):
    return Referral.objects.with_people().get(pk=referral.pk)


def test_nothing_said_is_lost_and_the_safer_answer_holds_until_somebody_chooses(cast, held, referral):
    cora = accept(referral, held, cast["duty"])
    assert (cora.may_call, cora.may_text, cora.needs_interpreter) == (False, True, True)
    assert cora.safe_contact.startswith("Not safe: Never after six: he is home")
    assert "Mornings are best" in cora.safe_contact
    assert cora.communication_needs == "Easy words"
    assert (cora.phone, cora.language) == ("01632 960001", "English")
    assert Address.objects.current().get(caregiver=cora).lines == "1 Example Street"
    assert set(list_waiting(referral)) >= {
        "phone",
        "language",
        "may_call",
        "safe_contact",
        "address",
        "lives_with",
    }
    (item,) = [each for each in list_differs_items(cast) if each.code == "referral_differs"]
    assert item.kind == "safety"


def test_what_is_taken_at_the_decision_stands_in_the_record_at_once(cast, held, referral):
    cora = accept(referral, held, cast["duty"], take=("phone", "language", "address"))
    assert (cora.phone, cora.language) == ("01632 960777", "Urdu")
    assert Address.objects.current().get(caregiver=cora).lines == "9 New Street"
    assert not {"phone", "language", "address"} & set(list_waiting(referral))


def test_a_carer_who_has_lost_her_home_since_has_no_fixed_abode(cast, held):
    """As in the record of a carer who is new."""
    roofless = SAID | {"address_lines": "No fixed abode", "postcode": ""}
    made = make_test_referral(cast["healthvisitor"], infants=[BABY_NAMED], caregivers=[roofless], **NEVER)
    cora = accept(load(made), held, cast["duty"], take=("address",))
    assert Address.objects.current().get(caregiver=cora).kind == "none"


def test_choosing_afterwards_settles_all_of_it(cast, held, referral):
    cora = accept(referral, held, cast["duty"])
    waiting = list_waiting(referral)
    with pytest.raises(ActionRefused, match="each row"):
        settle_differences(referral=referral, chosen={waiting["phone"]: "said"}, by=cast["blackburn"])
    chosen = dict.fromkeys(waiting.values(), "now") | {
        waiting["phone"]: "said",
        waiting["lives_with"]: "said",
    }
    chosen |= {waiting["may_call"]: "held", waiting["safe_contact"]: "said"}
    settle_differences(referral=referral, chosen=chosen, by=cast["blackburn"])
    cora.refresh_from_db()
    assert (cora.phone, cora.language, cora.may_call) == ("01632 960777", "English", True)
    assert "Mornings" not in cora.safe_contact
    assert held.dyads.get().lives_with is False
    assert list_waiting(referral) == {}
    assert "referral_differs" not in {each.code for each in list_differs_items(cast)}


def test_the_decision_page_shows_old_beside_new_and_takes_what_is_ticked(cast, client, held, referral):
    client.force_login(cast["duty"])
    cora = held.caregivers.get()
    page = client.get(reverse("decide-referral", args=[referral.pk])).content.decode()
    assert "this referral says 01632 960777; the record says 01632 960001" in page
    assert "this referral says No; the record says Yes" in page
    who = {
        get_named_id(referral, "Baby1"): str(held.infants.get().pk),
        get_named_id(referral, "Cora"): str(cora.pk),
    }
    posted = build_decision_post(referral, who=who)
    number = next(n for n in range(2) if posted[f"matches-{n}-held"] == str(cora.pk))
    done = client.post(
        reverse("decide-referral", args=[referral.pk]),
        posted | {f"matches-{number}-take": [f"{cora.pk}:language"]},
    )
    cora.refresh_from_db()
    assert load(referral).status == "accepted", done.content.decode()
    assert (cora.language, cora.phone) == ("Urdu", "01632 960001")


def test_the_page_and_the_api_settle_what_waits_and_nobody_elses(cast, client, held, referral):
    accept(referral, held, cast["duty"])
    waiting = list(list_waiting(referral).values())
    path = reverse("settle-differences", args=[referral.pk])
    client.force_login(cast["hyndburn"])
    assert client.get(path).status_code in (403, 404)
    client.force_login(cast["blackburn"])
    page = client.get(path).content.decode()
    assert "As the referral says: 01632 960777" in page
    rows = [{"difference": each, "keep": "now"} for each in waiting]
    api = reverse("api-referral-differences", args=[referral.pk])
    wrong = client.post(
        api, {"differences": [rows[0] | {"difference": "x:1"}]}, content_type="application/json"
    )
    assert wrong.status_code == 400
    assert client.post(api, {"differences": rows}, content_type="application/json").status_code == 201
    assert list_waiting(referral) == {}
    assert client.post(api, {"differences": rows}, content_type="application/json").status_code == 400


def test_what_is_safe_is_joined_however_long_it_grows(cast, held, referral):
    held.caregivers.update(safe_contact="Mornings are best, at the hub. " * 64)
    carer = accept(referral, held, cast["duty"])
    assert carer.safe_contact.startswith("Not safe: Never after six: he is home")
    assert len(carer.safe_contact) > 2000


def test_what_is_safe_reaches_every_main_carer(cast, held):
    father = FATHER | {"main_carer": True}
    made = make_test_referral(cast["healthvisitor"], infants=[BABY_NAMED], caregivers=[father, SAID], **NEVER)
    referral = Referral.objects.with_people().get(pk=made.pk)
    accept(referral, held, cast["duty"])
    words = held.caregivers.values_list("safe_contact", flat=True)
    assert len(words) == 2
    assert all("Never after six: he is home" in each for each in words)
