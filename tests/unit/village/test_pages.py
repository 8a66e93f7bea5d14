"""The pages of the village: added, changed and ended there; agreements and limits; a letter from begin to sent."""

import re
from datetime import timedelta

import pytest
from django.db import ProgrammingError, transaction
from django.urls import reverse
from django.utils import timezone

from pairs.access.scope import load_scope
from pairs.service.refusals import ActionRefused
from pairs.village import actions
from pairs.village.models import DisclosureLimit, Letter, LetterPart, SharingAgreement, VillageMember
from tests.app_due_items import make_due_items
from tests.unit.village.factories import make_agreement, make_limit, make_village

list_app_due_items = make_due_items("pairs.village")

pytestmark = pytest.mark.django_db


@pytest.fixture
def village_people(cast):
    return make_village(cast["blackburn"])


def test_somebody_is_added_changed_and_no_longer_there(village_people, sign_in_as):
    family, *_ = village_people
    client, today = sign_in_as("blackburn"), timezone.localdate()
    sent = {"name": "Gran", "circle": "kin", "closeness": "1", "phone": "01632 960123"}
    client.post(reverse("new-village-member", args=[family.pk]), sent)
    gran = VillageMember.objects.get(name="Gran")
    assert (gran.kind, gran.closeness, gran.infant) == ("kin", 1, None)
    sent |= {"closeness": "3", "infant": f"infant:{family.infants.get().pk}"}
    client.post(reverse("village-member", args=[gran.pk]), sent)
    gran.refresh_from_db()
    assert (gran.closeness, gran.infant) == (3, family.infants.get())
    client.post(reverse("end-village-member", args=[gran.pk]), {"until": today.isoformat()})
    page = client.get(reverse("village", args=[family.pk])).content.decode()
    assert page.index("No longer involved") < page.index("<strong>Gran</strong>")
    assert "Gran" not in client.get(reverse("village-map", args=[family.infants.get().pk])).content.decode()


@pytest.mark.parametrize(
    ("details", "field"),
    [
        ({}, "agreed_by"),
        ({"agreed_by": True, "agreed_on": None}, "agreed_on"),
        ({"agreed_by": True, "until": "before"}, "until"),
        ({"agreed_by": True, "agency": "Other agency"}, "party"),
        ({"agreed_by": True, "party": ""}, "party"),
        ({"agreed_by": True, "what": []}, "what"),
    ],
)
def test_an_agreement_is_refused_beside_the_field(village_people, sign_in_as, details, field):
    family, cora, _, nursery = village_people
    today = timezone.localdate()
    sent = {"party": f"villagemember:{nursery.pk}", "what": ["involved"], "agreed_on": today.isoformat()}
    sent |= details
    sent["agreed_by"] = f"caregiver:{cora.pk}" if details.get("agreed_by") else ""
    if details.get("until"):
        sent["until"] = (today - timedelta(days=1)).isoformat()
    sent = {name: value for name, value in sent.items() if value is not None}
    answer = sign_in_as("blackburn").post(reverse("new-sharing-agreement", args=[family.pk]), sent)
    assert answer.status_code == 200
    assert re.search(rf'class="nhsuk-error-message" id="[^"]*{field}[^"]*"', answer.content.decode())
    assert not SharingAgreement.objects.exists()


def test_an_agreements_words_stay_and_withdrawing_asks_first(cast, village_people, sign_in_as):
    family, cora, _, nursery = village_people
    agreed = make_agreement(family, nursery, ["involved"], cora, cast["blackburn"])
    with pytest.raises(ProgrammingError), transaction.atomic():
        SharingAgreement.objects.update(what=["involved", "plan"])
    client, address = sign_in_as("blackburn"), reverse("withdraw-agreement", args=[agreed.pk])
    assert "Withdraw this agreement?" in client.get(address).content.decode()
    client.post(address, {"withdrawn_on": timezone.localdate().isoformat(), "reason": "Changed her mind"})
    agreed.refresh_from_db()
    assert (agreed.withdrawn_on, agreed.withdrawn_by) == (timezone.localdate(), cast["blackburn"])
    with pytest.raises(ActionRefused):
        actions.withdraw_agreement(
            agreement=agreed, withdrawn_on=timezone.localdate(), reason="", by=cast["blackburn"]
        )


def test_a_limit_is_written_shown_and_ended_with_a_reason(cast, village_people, sign_in_as):
    family, cora, dan, _ = village_people
    client, today = sign_in_as("duty"), timezone.localdate().isoformat()
    home = cora.addresses.get()
    sent = {
        "subject": f"address:{home.pk}",
        "not_to": f"caregiver:{dan.pk}",
        "reason": "Asked",
        "since": today,
    }
    client.post(reverse("new-disclosure-limit", args=[family.pk]), sent)
    made = DisclosureLimit.objects.get()
    assert (made.address, made.not_to_caregiver) == (home, dan)
    page = client.get(reverse("sharing", args=[family.pk])).content.decode()
    assert "The address of Cora Carer: not to Dan Away" in page
    assert "1 Example Street" not in page
    client.post(reverse("end-disclosure-limit", args=[made.pk]), {"until": today, "reason": "She said so"})
    made.refresh_from_db()
    assert made.ended_because == "She said so"
    again = client.post(
        reverse("end-disclosure-limit", args=[made.pk]), {"until": today, "reason": "He said otherwise"}
    )
    assert "This limit already ends on" in again.content.decode()
    made.refresh_from_db()
    assert made.ended_because == "She said so"


def test_nobody_is_excluded_from_facts_about_themselves(cast, village_people):
    family, cora, *_ = village_people
    with pytest.raises(ActionRefused):
        make_limit(family, cora, cora, cast["blackburn"])


def test_a_letter_from_its_beginning_to_its_sending(cast, village_people, sign_in_as):
    family, _, dan, _ = village_people
    client, infant = sign_in_as("blackburn"), family.infants.get()
    sent = {"to": f"caregiver:{dan.pk}", "about": [f"infant:{infant.pk}"]}
    client.post(reverse("new-letter", args=[family.pk]), sent)
    letter = Letter.objects.get()
    assert letter.text.startswith("Dear Dan Away")
    address = reverse("letter", args=[letter.pk])
    client.post(address, {"text": "Dear Dan, thank you for coming.", "about_plan": "Play on the floor."})
    client.post(address, {"text": "Dear Dan, thank you.", "about_plan": "Play together.", "sign": "on"})
    letter.refresh_from_db()
    assert (letter.status, letter.parts.get().text) == ("signed", "Play together.")
    for change in (lambda: Letter.objects.update(text="x"), lambda: LetterPart.objects.update(text="x")):
        with pytest.raises(ProgrammingError), transaction.atomic():
            change()
    assert client.post(address, {"text": "Other words"}).status_code == 200
    client.post(reverse("letter-pdf", args=[letter.pk]))
    letter.refresh_from_db()
    assert letter.job.task == "documents.make_pdf"
    today = timezone.localdate().isoformat()
    sending = reverse("letter-sending", args=[letter.pk])
    refused = client.post(sending, {"sent_on": today, "sent_how": "post"})
    assert "Ask first" in refused.content.decode()
    client.post(sending, {"sent_on": today, "sent_how": "hand"})
    letter.refresh_from_db()
    assert letter.status == "sent"


def test_an_agreement_that_ran_out_is_due_once(cast, village_people, django_assert_num_queries):
    family, cora, _, nursery = village_people
    today, scope = timezone.localdate(), load_scope(cast["blackburn"])
    make_agreement(family, nursery, ["involved"], cora, cast["blackburn"], until=today)
    assert list_app_due_items(scope, today) == []
    with django_assert_num_queries(1):
        items = list_app_due_items(scope, today + timedelta(days=1))
    assert [(item.code, item.kind, item.who) for item in items] == [
        ("agreement_ended", "data quality", "Nell Key")
    ]
    make_agreement(family, nursery, ["involved"], cora, cast["blackburn"])
    assert list_app_due_items(scope, today + timedelta(days=1)) == []


@pytest.mark.parametrize(
    ("name", "most"), [("village", 15), ("sharing", 15), ("letters", 16), ("village-map", 16)]
)
def test_a_page_costs_the_same_however_many_there_are(
    cast, village_people, sign_in_as, django_assert_max_num_queries, name, most
):
    family, cora, dan, _nursery = village_people
    by = cast["blackburn"]
    for number in range(12):
        member = VillageMember.objects.create(family=family, kind="kin", name=f"Kin {number}", closeness=2)
        make_agreement(family, member, ["involved"], cora, by)
        make_limit(family, cora, member, by)
        actions.begin_letter(family=family, to=dan, about=list(family.infants.all()), by=by)
    client = sign_in_as("blackburn")
    pk = family.infants.get().pk if name == "village-map" else family.pk
    with django_assert_max_num_queries(most):
        assert client.get(reverse(name, args=[pk])).status_code == 200
