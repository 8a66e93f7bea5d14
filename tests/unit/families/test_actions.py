"""Births, alerts and mistakes: what is written, who is notified, what is refused."""

from datetime import date

import pytest
from django.core import mail
from django.db import ProgrammingError, connection, transaction
from django.test import override_settings
from django.utils import timezone

from pairs.access.scope import load_scope
from pairs.families.actions import (
    allocate_reference,
    answer_risk_alert,
    grant_family_access,
    mark_entered_in_error,
    raise_risk_alert,
    register_birth,
)
from pairs.families.models import Family, Infant, RiskAlert
from pairs.jobs.models import Job, OutboxEmail
from pairs.service.refusals import ActionRefused
from pairs.service.roles import GrantPurpose
from pairs.web.formats import format_short_day
from tests.app_due_items import make_due_items
from tests.cast import find_cast
from tests.unit.families.factories import BIRTH_DAY, make_family

list_app_due_items = make_due_items("pairs.families")

pytestmark = pytest.mark.django_db
USE_OUTBOX = override_settings(EMAIL_BACKEND="pairs.jobs.outbox.OutboxBackend")


def test_references_count_on_within_a_year():
    first, second = allocate_reference("PI", date(2026, 1, 2)), allocate_reference("PI", date(2026, 1, 2))
    assert (first[:8], int(second[-5:]) - int(first[-5:])) == ("PI-2026-", 1)
    assert allocate_reference("PI", date(2031, 1, 2)) == "PI-2031-00001"


def test_registering_a_birth_updates_the_unborn_record(cast):
    family = make_family(born=None, infants=2)
    one, two = family.infants.order_by("twin_order")
    before = Infant.objects.count()
    register_birth(
        infant=one,
        birth_date=BIRTH_DAY,
        given_name="Ada",
        sex="female",
        nhs_number="9990000018",
        by=cast["duty"],
    )
    one.refresh_from_db()
    two.refresh_from_db()
    assert (one.birth_date, one.given_name, one.nhs_number) == (BIRTH_DAY, "Ada", "9990000018")
    assert (two.birth_date, two.nhs_number) == (None, None)
    assert Infant.objects.count() == before


@pytest.mark.parametrize(
    ("field", "change"),
    [("birth_date", {"birth_date": date(2126, 1, 1)}), ("nhs_number", {"nhs_number": "9990000018"})],
)
def test_a_birth_is_refused_beside_the_field(cast, field, change):
    taken = make_family(reference="A").infants.get()
    taken.nhs_number = "9990000018"
    taken.save()
    unborn = make_family(born=None, reference="B").infants.get()
    details = {"birth_date": BIRTH_DAY, "given_name": "", "sex": "", "nhs_number": ""} | change
    with pytest.raises(ActionRefused) as refused:
        register_birth(infant=unborn, by=cast["duty"], **details)
    assert field in refused.value.errors
    assert "Baby" not in str(refused.value)  # a clash says nothing of whose number it is


@USE_OUTBOX
def test_an_alert_is_stored_owned_and_notified_at_once_without_its_text(cast):
    family = make_family()
    alert = raise_risk_alert(
        site=family.site,
        family=family,
        what="She said she cannot go on",
        by=cast["blackburn"],
        lead=cast["blackburn"],
    )
    told = {address for email in OutboxEmail.objects.all() for address in email.to}
    assert told == {"blackburn@pairs.example", "duty@pairs.example", "supervisor@pairs.example"}
    assert all("cannot go on" not in email.body + email.subject for email in OutboxEmail.objects.all())
    assert Job.objects.filter(task="jobs.deliver_email").count() == 3
    assert [step.kind for step in alert.steps.all()] == ["raised"]


@USE_OUTBOX
def test_a_rolled_back_alert_notifies_nobody():
    people = find_cast()
    family = make_family()

    def raise_alert_and_fail():
        with transaction.atomic():
            raise_risk_alert(site=family.site, family=family, what="x", by=people["blackburn"])
            raise RuntimeError

    with pytest.raises(RuntimeError):
        raise_alert_and_fail()
    assert (RiskAlert.objects.count(), OutboxEmail.objects.count(), Job.objects.count()) == (0, 0, 0)


def test_an_alert_is_closed_with_a_reason_and_then_final(cast):
    family = make_family()
    alert = raise_risk_alert(site=family.site, family=family, what="x", by=cast["blackburn"])
    with pytest.raises(ActionRefused):
        answer_risk_alert(alert=alert, kind="closed", note=" ", by=cast["supervisor"])
    answer_risk_alert(alert=alert, kind="seen", note="", by=cast["supervisor"])
    assert alert.seen_at
    assert alert.closed_at is None
    answer_risk_alert(alert=alert, kind="closed", note="Seen at home; safe.", by=cast["supervisor"])
    with pytest.raises(ActionRefused):
        answer_risk_alert(alert=alert, kind="action", note="more", by=cast["supervisor"])


def test_the_steps_of_an_alert_are_append_only(cast):
    family = make_family()
    alert = raise_risk_alert(site=family.site, family=family, what="x", by=cast["blackburn"])
    for statement in ("UPDATE families_riskalertstep SET note = 'y'", "DELETE FROM families_riskalertstep"):
        with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert alert.steps.count() == 1


def test_a_record_entered_in_error_is_hidden_and_governance_is_notified(cast):
    family = make_family()
    alert = raise_risk_alert(site=family.site, family=family, what="wrong family", by=cast["blackburn"])
    mail.outbox.clear()
    mark_entered_in_error(record=alert, reason="Meant for another family", by=cast["blackburn"])
    practitioner, governance = load_scope(cast["blackburn"]), load_scope(cast["governance"])
    assert not RiskAlert.objects.visible_to(practitioner).exists()
    assert not RiskAlert.objects.including_sealed(practitioner).exists()
    assert RiskAlert.objects.including_sealed(governance).get() == alert
    assert [message.to for message in mail.outbox] == [["governance@pairs.example"]]


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("blackburn", {"open"}),
        ("supervisor", {"open"}),
        ("duty", {"open"}),
        ("hyndburn", set()),
        ("hub", set()),
        ("healthvisitor", set()),
        ("peer", set()),
        ("manager", set()),
        ("administrator", set()),
        ("governance", {"open", "restricted"}),
    ],
)
def test_who_sees_which_family(cast, who, sees):
    families = {"open": make_family(reference="A"), "restricted": make_family(reference="B", restricted=True)}
    visible = set(Family.objects.visible_to(load_scope(cast[who])))
    assert visible == {families[name] for name in sees}


def test_a_restricted_family_needs_a_grant_that_still_holds(cast):
    family = make_family(restricted=True)
    grant = grant_family_access(
        family=family,
        user=cast["hyndburn"],
        purpose=GrantPurpose.CARE,
        reason="Asked to co-work",
        by=cast["governance"],
    )
    assert Family.objects.visible_to(load_scope(cast["hyndburn"])).get() == family
    grant.expires_at = grant.created_at
    grant.save()
    assert not Family.objects.visible_to(load_scope(cast["hyndburn"])).exists()


def test_peer_support_gives_access_to_its_own_pages_alone(cast):
    family = make_family()
    grant_family_access(
        family=family,
        user=cast["peer"],
        purpose=GrantPurpose.PEER_SUPPORT,
        reason="Agreed",
        by=cast["blackburn"],
    )
    scope = load_scope(cast["peer"])
    assert Family.objects.supported_by(scope).get() == family
    assert not Family.objects.visible_to(scope).exists()


def test_due_are_open_alerts_and_numbers_to_trace(cast, django_assert_num_queries):
    family = make_family(born=date(2026, 1, 1), reference="A")
    make_family(born=date(2026, 1, 1), reference="B", site="hyndburn")
    raise_risk_alert(site=family.site, family=family, what="x", by=cast["blackburn"])
    scope = load_scope(cast["blackburn"])
    with django_assert_num_queries(1):
        items = list_app_due_items(scope, date(2026, 2, 12))
    assert {(item.code, item.kind) for item in items} == {
        ("risk_alert", "safety"),
        ("nhs_number_trace", "data quality"),
    }
    assert [item.code for item in list_app_due_items(scope, date(2026, 2, 11))] == ["risk_alert"]
    today = format_short_day(timezone.localdate())
    assert next(item.title for item in items if item.code == "risk_alert") == f"Review risk alert of {today}"
    assert list_app_due_items(scope, date(2026, 2, 12), families=[]) == []
