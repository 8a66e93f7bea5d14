"""A professional without an account: a link to a work address, one referral, and no hint of who is known."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from pairs.submissions.models import Submission
from referrals.actions import referrer_links
from referrals.models import Referral, ReferrerLink
from referrals.rules.work_email import is_work_address
from referrals.wizard import PAGES_WITHOUT_ACCOUNT as WIZARD
from tests.unit.referrals.factories import DRAFT_PAGES

pytestmark = pytest.mark.django_db
ASK_PATH = "/refer/by-email/"
ASKER_DATA = {
    "asker_name": "Gita Example", "asker_group": "gp", "asker_role": "Partner",
    "asker_organisation": "Example Surgery", "asker_phone": "01632 960005",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _create_cast(cast):
    return cast


def request_link(client, email="gita@surgery.example"):
    client.post(ASK_PATH, {"email": email})
    return re.search(r"/refer/link/[\w-]+/", mail.outbox[-1].body).group()


def fill_all_pages(client, link):
    for page in WIZARD:
        more = ASKER_DATA if page.slug == "involved" else {}
        answer = client.post(f"{link}{page.slug}/", DRAFT_PAGES[page.slug] | more)
        assert answer.status_code == 302, page.slug


@pytest.mark.parametrize(
    ("email", "work", "ok"),
    [
        ("a@surgery.example", [], True),
        ("a@gmail.com", [], False),
        ("a@GMAIL.com", [], False),
        ("a@eu.gmail.com", [], False),
        ("a@notgmail.com", [], True),
        ("a@trust.nhs.net", ["nhs.net"], True),
        ("a@fakenhs.net", ["nhs.net"], False),
        ("a@surgery.example", ["nhs.net"], False),
    ],
)
def test_what_counts_as_a_work_address(email, work, ok):
    assert is_work_address(email, work=work, not_work=["gmail.com"]) == ok


def test_the_link_email_names_nobody(client):
    request_link(client)
    (letter,) = mail.outbox
    assert letter.to == ["gita@surgery.example"]
    kept = ReferrerLink.objects.get()
    assert (kept.opened_at, kept.used_at) == (None, None)
    assert kept.expires_at - kept.asked_at > timedelta(hours=23)
    token = re.search(r"/refer/link/([\w-]+)/", letter.body).group(1)
    assert token not in str(ReferrerLink.objects.values())
    assert len(token) >= 43


def test_the_answer_is_the_same_whether_the_address_is_known_or_not(client, cast):
    cast["healthvisitor"].email = "known@work.example"
    cast["healthvisitor"].save()
    answers = [
        client.post(ASK_PATH, {"email": each}) for each in ("known@work.example", "nobody@work.example")
    ]
    assert {(each.status_code, each["Location"]) for each in answers} == {(302, "/refer/by-email/sent/")}
    bodies = {re.sub(r"link/[\w-]+", "", each.body) for each in mail.outbox}
    assert len(bodies) == 1


def test_an_address_that_anybody_can_have_is_refused_with_another_way(client):
    page = client.post(ASK_PATH, {"email": "a@gmail.com"}).content.decode()
    assert "call us and we will take the referral by phone" in page
    assert mail.outbox == []


def test_one_address_gets_few_links_and_the_limit_is_not_revealed(client, settings):
    settings.PUBLIC_LIMITS = settings.PUBLIC_LIMITS | {
        "referrer-link": {"from_one": 9, "in_all": 9, "to_one": 2}
    }
    answers = {client.post(ASK_PATH, {"email": "a@work.example"})["Location"] for _ in range(5)}
    assert answers == {"/refer/by-email/sent/"}
    assert len(mail.outbox) == ReferrerLink.objects.count() == 2


def test_too_many_requests_are_refused_kindly(client, settings):
    settings.PUBLIC_LIMITS = settings.PUBLIC_LIMITS | {
        "referrer-link": {"from_one": 1, "in_all": 9, "to_one": 9}
    }
    client.post(ASK_PATH, {"email": "a@work.example"})
    refused = client.post(ASK_PATH, {"email": "b@work.example"})
    assert refused.status_code == 429
    assert "b@work.example" in refused.content.decode()
    assert len(mail.outbox) == 1


def test_a_scanner_that_follows_the_link_opens_nothing(client):
    link = request_link(client)
    assert client.get(link).status_code == client.head(link).status_code == 200
    assert ReferrerLink.objects.get().opened_at is None
    assert not Submission.objects.exists()
    assert client.get(f"{link}babies/")["Location"] == link  # first open it


def test_a_link_sends_one_referral_and_then_says_so(client):
    link = request_link(client)
    assert client.post(link)["Location"] == f"{link}{WIZARD[0].slug}/"
    fill_all_pages(client, link)
    done = client.post(f"{link}check/")
    assert done["Location"] == link
    assert client.post(f"{link}check/")["Location"] == link
    referral = Referral.objects.get()
    assert (referral.entry_point, referral.source_code, referral.referrer, referral.team) == (
        "email",
        "A1",
        None,
        None,
    )
    said = {name: getattr(referral, name) for name in ASKER_DATA}
    assert said == ASKER_DATA
    assert referral.asker_email == "gita@surgery.example"
    assert referral.infants.count() == 1
    page = client.get(link).content.decode()
    assert referral.reference in page
    assert client.post(link).status_code == 200
    assert client.get(f"{link}babies/")["Location"] == link
    assert Referral.objects.count() == 1


def test_it_goes_on_from_another_device(client, django_user_model):
    from django.test import Client

    link = request_link(client)
    client.post(link)
    client.post(f"{link}permission/", DRAFT_PAGES["permission"])
    elsewhere = Client()
    page = elsewhere.get(link).content.decode()
    assert "Continue your referral" in page
    assert elsewhere.post(link)["Location"] == f"{link}{WIZARD[1].slug}/"


def test_a_link_that_ran_out_opens_nothing_and_its_draft_is_deleted(client):
    link = request_link(client)
    client.post(link)
    client.post(f"{link}permission/", DRAFT_PAGES["permission"])
    ReferrerLink.objects.update(expires_at=timezone.now())
    for path in (link, f"{link}babies/", f"{link}check/"):
        answer = client.get(path, follow=True)
        assert answer.status_code == 404
        assert "no longer works" in answer.content.decode()
    assert client.post(f"{link}babies/", DRAFT_PAGES["babies"])["Location"] == link
    assert referrer_links.delete_expired_drafts() == 1
    assert not Submission.objects.exists()


def test_nobody_guesses_a_link(client):
    request_link(client)
    answer = client.get("/refer/link/guessed/")
    assert answer.status_code == 404
    assert "surgery" not in answer.content.decode()


@pytest.mark.parametrize("missing", ["asker_name", "asker_group", "asker_organisation"])
def test_who_refers_has_to_be_said(client, missing):
    link = request_link(client)
    client.post(link)
    page = client.post(f"{link}involved/", DRAFT_PAGES["involved"] | ASKER_DATA | {missing: ""})
    assert page.status_code == 200
    assert "There is a problem" in page.content.decode()
