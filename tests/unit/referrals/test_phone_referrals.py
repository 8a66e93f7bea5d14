"""Referrals by phone: the same pages in the caller's voice; and drafts that wait to be sent."""

import uuid
from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from pairs.service.actions import assign_role
from pairs.service.models import Site
from pairs.submissions.models import Submission
from referrals.models import Referral
from referrals.tasks import remind_unsent_authors
from tests.unit.referrals.factories import BABIES, CARERS, INVOLVED, NOTICED, PERMISSION

pytestmark = pytest.mark.django_db
PARENT_DATA = PERMISSION | {
    "asker_name": "Mia Example",
    "asker_role": "Mum",
    "asker_phone": "01632 960001",
    "source_code": "B1",
}
NOTICED_DATA = {"parent_says": "I can't settle him.", "hopes": "To sleep."}
INVOLVED_DATA = {name: INVOLVED[name] for name in ("place", "safe_contact")}


@pytest.fixture
def open_page(client, cast):
    def get_page_as(username, name, *args, post=None):
        client.force_login(cast[username])
        address = reverse(name, args=args)
        return client.get(address) if post is None else client.post(address, post)

    return get_page_as


@pytest.fixture
def type_call(open_page):
    """A call typed in by duty; its token."""

    def type_call_pages(**pages):
        call = uuid.uuid4()
        known = {
            "permission": PARENT_DATA,
            "babies": BABIES,
            "carers": CARERS,
            "noticed": NOTICED_DATA,
            "involved": INVOLVED_DATA,
        }
        for slug, values in (known | pages).items():
            answer = open_page("duty", "phone-in-page", call, slug, post=values)
            assert answer.status_code == 302, answer.content.decode()
        return call

    return type_call_pages


def test_a_parent_who_rings_is_written_down_in_her_own_words(open_page, type_call):
    call = type_call()
    answer = open_page("duty", "phone-in-check", call, post={})
    referral = Referral.objects.get()
    assert answer.url == reverse("referral", args=[referral.pk])
    assert (referral.entry_point, referral.source_code, referral.noticed) == ("phone", "B1", "")
    assert (referral.referrer, referral.team) == (None, None)
    assert (referral.asker_name, referral.asker_role, referral.asker_phone) == (
        "Mia Example",
        "Mum",
        "01632 960001",
    )
    assert referral.parent_says == "I can't settle him."
    page = open_page("duty", "referral", referral.pk).content.decode()
    assert "Mia Example" in page
    assert "I can&#39;t settle him." in page


def test_the_voice_follows_who_rings(open_page, type_call):
    parent, caller = type_call(), type_call(permission=PARENT_DATA | {"source_code": "A2"}, noticed=NOTICED)
    asked = {
        who: open_page("duty", "phone-in-page", call, "noticed").content.decode()
        for who, call in (("parent", parent), ("caller", caller))
    }
    assert "What&#39;s going on, in their own words?" in asked["parent"]
    assert "I can&#39;t tell what my baby needs" in asked["parent"]
    assert "What has the caller noticed" in asked["caller"]
    assert "Parent finds it hard to read the baby&#39;s cues" in asked["caller"]


@pytest.mark.parametrize(
    ("slug", "values", "words"),
    [
        ("permission", PARENT_DATA | {"asker_name": ""}, "There is a problem"),
        ("permission", PARENT_DATA | {"source_code": ""}, "Choose who made the referral"),
        ("permission", PARENT_DATA | {"source_code": "Z9"}, "There is a problem"),
        ("permission", PARENT_DATA | {"asker_email": "nobody"}, "There is a problem"),
        ("noticed", NOTICED | {"noticed": ""}, "Enter what you have noticed"),
    ],
)
def test_what_a_call_needs(open_page, slug, values, words):
    answer = open_page("duty", "phone-in-page", uuid.uuid4(), slug, post=values)
    assert answer.status_code == 200
    assert words in answer.content.decode()


def test_where_another_site_reads_it_one_stands_on_the_board_with_the_reference(open_page, cast, client):
    """Duty at Hyndburn alone types a call about a family of Blackburn."""
    assign_role(user=cast["blackburn"], role="duty", site=Site.objects.get(code="hyndburn"))
    call = uuid.uuid4()
    pages = {
        "permission": PARENT_DATA,
        "babies": BABIES,
        "carers": CARERS,
        "noticed": NOTICED_DATA,
        "involved": INVOLVED_DATA,
    }
    for slug, values in pages.items():
        open_page("blackburn", "phone-in-page", call, slug, post=values)
    answer = open_page("blackburn", "phone-in-check", call, post={})
    referral = Referral.objects.get()
    assert answer.url == reverse("triage")
    assert referral.reference in client.get(answer.url).content.decode()
    assert open_page("blackburn", "referral", referral.pk).status_code == 404


def test_only_those_who_triage_take_calls(open_page, type_call):
    call = type_call()
    for who in ("healthvisitor", "blackburn", "manager", "peer"):
        assert open_page(who, "phone-in").status_code == 403
    assert open_page("supervisor", "phone-in-check", call).status_code == 404
    assert open_page("healthvisitor", "refer-check", call).status_code == 404


# ---------------------------------------------------------------- begun and not sent


def test_unsent_drafts_are_highlighted_on_the_home_page(open_page, type_call):
    call = type_call()
    for who, there in (("duty", True), ("supervisor", False), ("healthvisitor", False)):
        page = open_page(who, "home").content.decode()
        assert ("Started but not sent" in page) is there
        assert (reverse("phone-in-check", args=[call]) in page) is there
    assert "pairs-due__item--unsent" in open_page("duty", "home").content.decode()
    open_page("duty", "phone-in-check", call, post={})
    assert "Started but not sent" not in open_page("duty", "home").content.decode()


def set_draft_age(token, days):
    Submission.objects.filter(pk=token).update(created_at=timezone.now() - timedelta(days=days))


def test_its_author_is_reminded_after_a_day_and_once(open_page, type_call):
    call = type_call()
    mail.outbox.clear()
    set_draft_age(call, 0.9)
    remind_unsent_authors()
    assert mail.outbox == []
    set_draft_age(call, 1.1)
    remind_unsent_authors()
    remind_unsent_authors()
    (letter,) = mail.outbox
    assert letter.to == ["duty@pairs.example"]
    assert reverse("home") in letter.body
    for words in ("Mia", "settle", str(call)):
        assert words not in letter.subject + letter.body


def test_nobody_is_reminded_of_what_was_sent_or_of_another_draft(open_page, type_call, cast):
    call = type_call()
    open_page("duty", "phone-in-check", call, post={})
    other = Submission.objects.create(user=cast["duty"], kind="new-contact")
    nobodys = Submission.objects.create(user=None, kind="refer")
    for each in (call, other.pk, nobodys.pk):
        set_draft_age(each, 3)
    mail.outbox.clear()
    remind_unsent_authors()
    assert mail.outbox == []


def test_somebody_who_has_left_is_not_written_to(type_call, cast):
    set_draft_age(type_call(), 3)
    cast["duty"].is_active = False
    cast["duty"].save(update_fields=["is_active"])
    mail.outbox.clear()
    remind_unsent_authors()
    assert mail.outbox == []
