"""Pages of retention: the queue, holds, a decision by two people, and what was destroyed; for governance alone."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from pairs.service.models import Site
from reporting.dashboards.governance_home import list_governance_items
from reporting.retention.actions import confirm_destruction, decide_retention
from reporting.retention.destruction import destroy_record
from reporting.retention.models import RetentionDecision, RetentionHold
from tests.unit.families.factories import make_family
from tests.unit.retention.factories import make_old_record, make_second_governor

pytestmark = pytest.mark.usefixtures("key_file")
REASON = {"HTTP_ACCESS_REASON": "Review of records"}


@pytest.fixture
def old(cast):
    return make_old_record(cast["blackburn"])


@pytest.fixture
def second(cast):
    return make_second_governor()


@pytest.fixture
def governance(client, cast):
    client.force_login(cast["governance"])
    client.defaults |= REASON
    return client


def read(browser, name, *args, **asked):
    answer = browser.get(reverse(name, args=args), asked)
    assert answer.status_code == 200, answer.headers
    return " ".join(answer.content.decode().partition("<main")[2].split())


def send(browser, name, *args, **posted):
    answer = browser.post(reverse(name, args=args), posted, follow=True)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_a_record_shows_its_review_date_with_rule_and_source(governance, cast):
    family = make_family()
    text = read(governance, "family-retention", family.pk)
    assert "1 June 2051" in text
    assert "25th birthday" in text
    assert "NHS Records Management Code of Practice" in text
    assert "The review date of this record has not come." in text


def test_the_queue_lists_what_is_due_and_nothing_else(governance, old):
    make_family(reference="YOUNG")
    text = read(governance, "retention")
    assert text.count("/retention/") >= 1
    assert f"/families/{old.pk}/retention/" in text
    assert "2 March 2022" in text
    assert text.count("Baby1") == 1


def test_a_record_is_due_on_governances_home_until_it_is_decided(old, cast, governance):
    from pairs.access.scope import load_scope

    def list_titles():
        scope = load_scope(cast["governance"])
        return [item["title"] for item in list_governance_items(scope, timezone.localdate())]

    assert list_titles() == ["Review how long this record is kept"]
    shown = list_governance_items(load_scope(cast["governance"]), timezone.localdate())
    assert [(item["who"], item["listed"]) for item in shown] == [("Baby1", old.pk)]
    until = (timezone.localdate() + timedelta(days=400)).isoformat()
    text = send(
        governance,
        "family-retention",
        old.pk,
        kind="keep",
        review_on=until,
        reason="A sibling may ask for it",
    )
    assert "The record is kept." in text
    assert list_titles() == []


@pytest.mark.parametrize(
    ("posted", "said"),
    [
        ({}, "What do you decide"),
        ({"kind": "keep", "reason": "A sibling may ask"}, "Enter when the record is to be reviewed next."),
        (
            {"kind": "keep", "reason": "A sibling may ask", "review_on": "2020-01-01"},
            "Choose a day after today.",
        ),
        ({"kind": "destroy", "reason": "short"}, "at least 10 characters"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(governance, old, posted, said):
    text = send(governance, "family-retention", old.pk, **posted)
    assert said in text
    assert not RetentionDecision.objects.exists()


def test_two_people_destroy_and_neither_alone(governance, old, client, second):
    text = send(governance, "family-retention", old.pk, kind="destroy", reason="Kept long enough")
    assert "Nothing is destroyed until a second person has confirmed it." in text
    decision = RetentionDecision.objects.get()
    assert "You decided this yourself." in read(governance, "confirm-destruction", decision.pk)
    assert "You decided this yourself." in send(governance, "confirm-destruction", decision.pk)
    decision.refresh_from_db()
    assert decision.confirmed_at is None
    client.force_login(second, backend="pairs.access.backends.StaffBackend")
    assert "It cannot be undone." in read(client, "confirm-destruction", decision.pk)
    assert "Destruction confirmed." in send(client, "confirm-destruction", decision.pk)
    decision.refresh_from_db()
    assert (decision.confirmed_by, len(decision.signature)) == (second, 64)
    assert "Confirmed by Second Governor" in read(client, "retention", show="waiting")


def test_a_decision_is_withdrawn_and_the_record_comes_back(governance, old, cast):
    decision = decide_retention(
        family=old, kind="destroy", reason="Kept long enough", review_on=None, by=cast["governance"]
    )
    assert str(old.pk) not in read(governance, "retention")
    assert "Decision withdrawn." in send(governance, "withdraw-destruction", decision.pk)
    assert str(old.pk) in read(governance, "retention")
    assert governance.get(reverse("confirm-destruction", args=[decision.pk])).status_code == 404


def test_one_record_is_held_checked_and_released(governance, old, cast):
    day = (timezone.localdate() + timedelta(days=60)).isoformat()
    assert "Record held." in send(
        governance, "new-retention-hold", old.pk, reason="Public inquiry", review_on=day
    )
    hold = RetentionHold.objects.get()
    assert (hold.family, hold.made_by) == (old, cast["governance"])
    assert "Public inquiry" in read(governance, "retention", show="holds")
    assert "This record is held." in read(governance, "family-retention", old.pk)
    assert "Held" in read(governance, "retention")
    later = (timezone.localdate() + timedelta(days=90)).isoformat()
    assert "Hold kept." in send(governance, "retention-hold", hold.pk, review_on=later)
    assert "Hold ended." in send(
        governance, "end-retention-hold", hold.pk, because="The inquiry has reported"
    )
    hold.refresh_from_db()
    assert hold.ended_by == cast["governance"]
    assert "This hold has ended." in read(governance, "end-retention-hold", hold.pk)


def test_every_record_of_a_site_is_held(governance, old, cast):
    day = (timezone.localdate() + timedelta(days=60)).isoformat()
    site = Site.objects.get(code="blackburn-with-darwen")
    text = send(governance, "new-site-hold", site=site.pk, reason="Public inquiry", review_on=day)
    assert "Records held." in text
    assert RetentionHold.objects.get().family is None
    assert "This record is held." in read(governance, "family-retention", old.pk)
    assert "Every record of the site" in read(governance, "retention", show="holds")


def test_what_was_destroyed_is_listed_without_a_name(governance, old, cast, second):
    decision = decide_retention(
        family=old, kind="destroy", reason="Kept long enough", review_on=None, by=cast["governance"]
    )
    destroy_record(confirm_destruction(decision=decision, by=second))
    text = read(governance, "retention", show="destroyed")
    assert "PI-OLD-1" in text
    assert "Second Governor" in text
    assert "Baby1" not in text
    (row,) = governance.get(reverse("api-destructions")).json()["results"]
    assert (row["reference"], row["last_contact"]) == ("PI-OLD-1", "1998-05-04")
    assert governance.get(reverse("family-retention", args=[old.pk])).status_code == 404


@pytest.mark.parametrize("username", ["blackburn", "supervisor", "duty", "manager", "administrator"])
def test_nobody_else_opens_any_of_it(client, cast, old, username):
    client.force_login(cast[username])
    for name, args in (("retention", []), ("family-retention", [old.pk]), ("new-site-hold", [])):
        assert client.get(reverse(name, args=args)).status_code == 403


def test_the_reason_for_opening_a_record_is_asked_here_too(client, cast, old):
    client.force_login(cast["governance"])
    answer = client.get(reverse("family-retention", args=[old.pk]))
    assert reverse("opening-reason", args=[old.pk]) in answer.headers["Location"]
