"""Nothing ends without a reply: not by an action, an address, the API, nor by hand in the database."""

import ast
import json

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from pairs.service.models import Place
from pairs.service.refusals import ActionRefused
from referrals.actions import change_referral_status, decide_referral
from referrals.actions.steps import reopen_referral, withdraw_referral
from referrals.models import Destination, Referral, ReferralStatus, Reply
from referrals.recipients import list_recipients_owed
from referrals.rules.choices import DECIDED_STATUSES, ReferralResponse
from tests.project.import_layers import ROOT, list_modules
from tests.project.url_addresses import list_url_addresses
from tests.unit.referrals.factories import REPLIES, make_test_referral

pytestmark = pytest.mark.django_db


@pytest.fixture
def referral(cast):
    return make_test_referral(cast["healthvisitor"])


def decide_consultation(referral, cast, *replies):
    return decide_referral(referral=referral, response="consultation", by=cast["duty"], replies=replies)


def end_in_database(referral, status):
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE referrals_referral SET status = %s, decided_at = now() WHERE id = %s",
            [status, referral.pk],
        )
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.parametrize("status", sorted(DECIDED_STATUSES))
def test_the_database_refuses_an_ending_without_a_reply(referral, status):
    with pytest.raises(IntegrityError, match="everybody owed one"), transaction.atomic():
        end_in_database(referral, status)


@pytest.mark.parametrize("kept", [("family",), ("referrer",), ()])
def test_the_database_wants_one_to_everybody_owed_one(cast, referral, kept):
    step = ReferralStatus.objects.create(
        referral=referral, status="withdrawn", at=timezone.now(), by=cast["duty"]
    )
    for to in kept:
        _create_reply(step, to, cast)
    with pytest.raises(IntegrityError, match="everybody owed one"), transaction.atomic():
        end_in_database(referral, "withdrawn")
    for to in {"family", "referrer"} - set(kept):
        _create_reply(step, to, cast)
    end_in_database(referral, "withdrawn")


def _create_reply(step, to, cast, sent=True):
    Reply.objects.create(
        referral=step.referral, step=step, about="withdrawn", to=to, recipient="X", way="phone", text="Hello",
        written_by=cast["duty"], sent_at=timezone.now() if sent else None, sent_by=cast["duty"] if sent else None,
    )  # fmt: skip


def test_a_draft_is_no_reply(cast, referral):
    step = ReferralStatus.objects.create(
        referral=referral, status="withdrawn", at=timezone.now(), by=cast["duty"]
    )
    for to in ("family", "referrer"):
        _create_reply(step, to, cast, sent=False)
    with pytest.raises(IntegrityError, match="everybody owed one"), transaction.atomic():
        end_in_database(referral, "withdrawn")


def test_opened_again_and_decided_again_it_owes_a_new_reply(cast, referral):
    decide_consultation(referral, cast, *REPLIES)
    reopen_referral(referral=referral, reason="More is known", by=cast["duty"])
    referral.refresh_from_db()
    assert (referral.status, referral.decided_at, referral.response) == ("read", None, "")
    with pytest.raises(IntegrityError, match="everybody owed one"), transaction.atomic():
        end_in_database(referral, "consultation")
    with pytest.raises(ActionRefused) as refused:
        decide_consultation(referral, cast)
    assert "replies" in refused.value.errors
    decide_consultation(referral, cast, *REPLIES)
    assert Reply.objects.count() == 4


@pytest.mark.parametrize("to", sorted(DECIDED_STATUSES))
def test_no_action_ends_one_without_replies(cast, referral, to):
    with pytest.raises(ActionRefused) as refused:
        change_referral_status(referral=referral, to=to, by=cast["duty"], reason="Because", destination="Hub")
    assert "replies" in refused.value.errors
    if to == "withdrawn":
        with pytest.raises(ActionRefused):
            withdraw_referral(referral=referral, asked_by="family", reason="X", replies=(), by=cast["duty"])
    assert Referral.objects.get().status == "received"


EVERY_FIELD = {
    "response": "none", "reason": "Because", "destination": "Hub", "asked_by": "family", "family_knows": "tell",
    "text": "Words", "thrive": "help", "thrive_reason": "Words", "site": "blackburn-with-darwen",
}  # fmt: skip


@pytest.mark.parametrize("response", ReferralResponse.values)
def test_no_address_ends_one_without_replies(cast, client, referral, response):
    """Every address about a referral, as everybody who may call it, with all that its form could want but replies."""
    Destination.objects.create(name="Hub", offers="Tea", phone="1")
    sent = EVERY_FIELD | {"response": response}
    tried = set()
    for address in list_url_addresses():
        if address.ids[:1] != ["referral_id"]:
            continue
        path = "/" + address.route.replace("<uuid:referral_id>", str(referral.pk))
        for who in ("duty", "supervisor", "healthvisitor"):
            client.force_login(cast[who])
            if address.is_api:
                client.post(
                    path, json.dumps(_select_known_fields(address, sent)), content_type="application/json"
                )
            else:
                client.post(path, sent)
        tried.add(address.name)
        assert Referral.objects.get().status not in DECIDED_STATUSES, address.name
    assert {"decide-referral", "api-referral-decision", "withdraw-referral", "api-my-withdrawal"} <= tried


def _select_known_fields(address, sent):
    wants = {
        "api-referral-question": ("reason",),
        "api-referral-withdrawal": ("asked_by", "reason"),
        "api-my-withdrawal": ("family_knows", "reason"),
        "api-referral-reopening": ("reason",),
        "api-referral-additions": ("text",),
        "api-referral-decision": ("response", "reason", "destination", "thrive", "thrive_reason", "site"),
    }
    return {name: sent[name] for name in wants.get(address.name, ())}


def test_one_action_alone_writes_the_status_of_a_referral():
    """Whoever writes it elsewhere goes past the rule of replies: the database refuses, and this names the file."""
    found = set()
    for name, path in list_modules(ROOT).items():
        if (
            not name.startswith(("referrals.", "reporting.dashboards", "interventions."))
            or ".migrations" in name
        ):
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            named = isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "change"
            if named and getattr(getattr(node.func, "value", None), "id", "") == "referral":
                found |= {name for each in node.keywords if each.arg == "status"}
    assert found == {"referrals.actions.status_changes"}


@pytest.mark.parametrize(
    ("entry_point", "source", "asker", "owed"),
    [
        ("phone", "B1", "Mia Example", ("family",)),  # the parent rang
        ("phone", "B2", "Aunt Ada", ("referrer", "family")),
        ("phone", "A2", "Hana Health", ("referrer", "family")),
        ("self", "B1", "", ("family",)),
        ("self", "B2", "Aunt Ada", ("referrer", "family")),
        ("email", "A2", "Hana Health", ("referrer", "family")),
    ],
)
def test_rule_and_database_agree_on_who_is_owed_a_reply(cast, entry_point, source, asker, owed):
    Referral.objects.bulk_create([_build_referral(entry_point, source, asker)])
    referral = Referral.objects.get()
    assert list_recipients_owed(referral) == owed
    step = ReferralStatus.objects.create(
        referral=referral, status="withdrawn", at=timezone.now(), by=cast["duty"]
    )
    for to in owed:
        with pytest.raises(IntegrityError, match="everybody owed one"), transaction.atomic():
            end_in_database(referral, "withdrawn")
        _create_reply(step, to, cast)
    end_in_database(referral, "withdrawn")


def _build_referral(entry_point, source, asker):
    place = Place.objects.first()
    return Referral(
        reference="R-2026-99999", site=place.covering_site, place=place, entry_point=entry_point, source_code=source,
        asker_name=asker, received_at=timezone.now(), permission="parent_agrees",
    )  # fmt: skip
