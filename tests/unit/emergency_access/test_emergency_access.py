"""A clinician opens a record in an emergency: who may, which records, for how long, and what its review does."""

import time
from datetime import date, timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from pairs.access.scope import load_scope
from pairs.audit.models import AccessEntry
from pairs.emergency_access.actions import (
    find_family_in_emergency,
    open_in_emergency,
    review_emergency_access,
)
from pairs.emergency_access.models import EmergencyAccess
from pairs.families.actions import record_adoption
from pairs.families.models import Family, FamilyGrant, Infant
from pairs.restrictions.actions import restrict_family
from pairs.service.models import Site
from pairs.service.refusals import ActionRefused
from pairs.service.roles import ROLE_PERMISSIONS, Role
from tests.cast import PASSWORD
from tests.confirmed_sign_in import confirm_sign_in
from tests.unit.families.factories import DUE, make_family

pytestmark = pytest.mark.django_db
WHY = "The mother rang from a bridge and names this baby"
BORN = date(2026, 6, 1)


@pytest.fixture
def family(cast):
    return make_family()


def open_it(cast, family, who="hyndburn"):
    return open_in_emergency(family=family, reason=WHY, by=cast[who])


def is_readable(user, family):
    return Family.objects.visible_to(load_scope(user)).filter(pk=family.pk).exists()


def build_payload(**changes):
    return {
        "number": "PI-T-1",
        "birth_date-day": "1",
        "birth_date-month": "6",
        "birth_date-year": "2026",
        "reason": WHY,
    } | changes


@pytest.fixture
def clinician(cast):
    """A practitioner of another site who has just confirmed that it is them."""
    client = Client()
    client.force_login(cast["hyndburn"])
    session = client.session
    confirm_sign_in(session, time.time())
    session.save()
    return client


def test_clinicians_alone_hold_the_right():
    holders = {role for role, names in ROLE_PERMISSIONS.items() if "open_in_emergency" in names}
    assert holders == {Role.PRACTITIONER, Role.SUPERVISOR, Role.DUTY}


def test_it_opens_for_reading_for_an_hour_and_ends_by_itself(cast, family):
    assert not is_readable(cast["hyndburn"], family)
    made = open_it(cast, family)
    assert is_readable(cast["hyndburn"], family)
    assert timedelta(minutes=59) < made.until - timezone.now() <= timedelta(minutes=60)
    scope = load_scope(cast["hyndburn"], method="POST")
    assert not Family.objects.visible_to(scope).filter(pk=family.pk).exists()
    FamilyGrant.objects.filter(family=family).update(expires_at=timezone.now() - timedelta(seconds=1))
    assert not is_readable(cast["hyndburn"], family)


def test_the_minutes_are_a_setting(cast, family, settings):
    settings.EMERGENCY_ACCESS_SECONDS = 5 * 60
    assert open_it(cast, family).until <= timezone.now() + timedelta(minutes=5)


def test_governance_is_told_at_once_without_a_name(cast, family):
    cast["governance"].email = "governance@pairs.example"
    cast["governance"].save()
    made = open_it(cast, family)
    told = next(message for message in mail.outbox if message.to == ["governance@pairs.example"])
    assert reverse("emergency-access-review", args=[made.pk]) in told.body
    assert not [word for word in ("Cora", "Carer", "Baby1", "PI-T", WHY) if word in told.subject + told.body]


def test_what_one_reaches_anyway_is_not_opened_again(cast, family):
    with pytest.raises(ActionRefused, match="already"):
        open_it(cast, family, who="blackburn")
    open_it(cast, family)
    with pytest.raises(ActionRefused, match="already"):
        open_it(cast, family)
    assert EmergencyAccess.objects.count() == 1


def test_two_facts_are_needed_to_find_a_record(family):
    assert find_family_in_emergency(number="PI-T-1", birth_date=BORN) == family
    assert find_family_in_emergency(number="pi t 1", birth_date=BORN) in (family, None)
    assert find_family_in_emergency(number="PI-T-1", birth_date=BORN + timedelta(days=1)) is None
    assert find_family_in_emergency(number="Cora Carer", birth_date=BORN) is None
    assert find_family_in_emergency(number="", birth_date=BORN) is None


def test_by_nhs_number_and_before_birth_by_the_due_date(cast):
    unborn = make_family(born=None, reference="U")
    assert find_family_in_emergency(number="PI-U-1", birth_date=DUE) == unborn
    born = make_family(reference="N")
    Infant.objects.filter(family=born).update(nhs_number="9990000018")
    assert find_family_in_emergency(number="999 000 0018", birth_date=BORN) == born


def test_a_restricted_record_is_never_opened(cast, family):
    open_it(cast, family)
    restrict_family(
        family=family,
        because="Address at risk",
        review_on=timezone.localdate() + timedelta(days=30),
        named=[],
        by=cast["governance"],
    )
    assert not is_readable(cast["hyndburn"], family), "a restriction ends what was opened before it"
    assert find_family_in_emergency(number="PI-T-1", birth_date=BORN) is None
    with pytest.raises(ActionRefused):
        open_it(cast, family, who="hub")


def test_a_sealed_birth_identity_is_never_opened(cast, family):
    child = family.infants.get()
    child.nhs_number = "9990000018"
    child.save()
    made = record_adoption(
        infant=child,
        adopted_on=timezone.localdate(),
        given_name="Wilfred",
        family_name="Newname",
        site=Site.objects.get(code="blackburn-with-darwen"),
        by=cast["governance"],
    )
    for number in ("9990000018", "PI-T-1"):
        assert find_family_in_emergency(number=number, birth_date=BORN) is None
    new_family = made.new_infant.family
    assert find_family_in_emergency(number=made.new_infant.reference, birth_date=BORN) == new_family
    open_it(cast, new_family)
    client = Client()
    client.force_login(cast["hyndburn"])
    page = client.get(reverse("family", args=[new_family.pk])).content.decode()
    assert "Wilfred" in page
    assert "Baby1" not in page
    assert client.get(reverse("infant", args=[child.pk])).status_code == 404


def test_one_signs_in_again_and_what_was_typed_is_kept(cast, family):
    client = Client()
    client.force_login(cast["hyndburn"])
    page = reverse("emergency-access")
    asked = client.get(page)
    assert asked.url.startswith(reverse("account_reauthenticate"))
    sent = client.post(page, build_payload())
    assert sent.url.startswith(reverse("account_reauthenticate"))
    assert not EmergencyAccess.objects.exists()
    back = client.post(sent.url, {"password": PASSWORD})
    assert WHY in client.get(back.url).content.decode()


def test_the_page_opens_the_record_and_says_until_when(clinician, family, cast):
    page = reverse("emergency-access")
    assert "60 minutes" in clinician.get(page).content.decode()
    opened = clinician.post(page, build_payload())
    assert opened.url == reverse("family", args=[family.pk])
    made = EmergencyAccess.objects.get()
    shown = clinician.get(opened.url).content.decode()
    assert "Emergency access: Hettie Hyndburn can read this record until" in shown
    entry = AccessEntry.objects.filter(view="family").latest("at")
    assert (entry.opened, entry.reason) == ([family.pk], WHY)
    assert made.opened_by == cast["hyndburn"]


def test_all_errors_come_at_once_and_guessing_ends(clinician, family, settings):
    settings.PUBLIC_LIMITS = settings.PUBLIC_LIMITS | {"emergency-access": {"to_one": 2}}
    page = reverse("emergency-access")
    empty = clinician.post(page, build_payload(number="", reason="short")).content.decode()
    assert empty.count("nhsuk-error-message") >= 2
    for number in ("PI-T-2", "PI-T-3"):
        assert (
            "No record that can be opened"
            in clinician.post(page, build_payload(number=number)).content.decode()
        )
    assert "Too many attempts" in clinician.post(page, build_payload(number="PI-T-4")).content.decode()
    assert not EmergencyAccess.objects.exists()


@pytest.mark.parametrize(
    "who", ["trainee", "healthvisitor", "peer", "manager", "administrator", "governance"]
)
def test_nobody_else_may(cast, who):
    client = Client()
    client.force_login(cast[who])
    assert client.get(reverse("emergency-access")).status_code == 403


def test_each_use_waits_for_its_review_and_is_closed_with_a_finding(cast, family, client):
    made = open_it(cast, family)
    client.force_login(cast["governance"])
    assert "Review emergency access" in client.get(reverse("home")).content.decode()
    assert WHY in client.get(reverse("emergency-access-list")).content.decode()
    page = reverse("emergency-access-review", args=[made.pk])
    wrong = client.post(page, {"finding": "", "note": "short"}).content.decode()
    assert wrong.count("nhsuk-error-message") >= 2
    client.post(page, {"finding": "justified", "note": "Rang duty: she was taken to hospital"})
    made.refresh_from_db()
    assert (made.finding, made.reviewed_by) == ("justified", cast["governance"])
    assert not is_readable(cast["hyndburn"], family), "the review ends what is still open"
    assert "Review emergency access" not in client.get(reverse("home")).content.decode()
    reviewed = client.get(reverse("emergency-access-list"), {"show": "reviewed"}).content.decode()
    assert "Justified" in reviewed
    assert "she was taken to hospital" in client.get(page).content.decode()


def test_a_use_is_reviewed_once_and_never_by_whoever_it_was(cast, family):
    made = open_it(cast, family)
    said = {"finding": "justified", "note": "It was needed"}
    with pytest.raises(ActionRefused, match="your own"):
        review_emergency_access(access=made, by=cast["hyndburn"], **said)
    review_emergency_access(access=made, by=cast["governance"], **said)
    with pytest.raises(ActionRefused, match="already"):
        review_emergency_access(access=made, by=cast["governance"], **said)


def test_the_api_lists_and_closes_reviews(cast, family, client):
    made = open_it(cast, family)
    client.force_login(cast["governance"])
    (row,) = client.get(reverse("api-emergency-access-list")).json()["results"]
    assert row["id"] == str(made.pk)
    path = reverse("api-emergency-access-review", args=[made.pk])
    refused = client.post(path, {"finding": "fine"}, content_type="application/json")
    assert refused.status_code == 400
    sent = {"finding": "not_justified", "note": "No emergency: taken to the manager"}
    assert client.post(path, sent, content_type="application/json").status_code in (200, 201)
    assert client.get(reverse("api-emergency-access", args=[made.pk])).json()["finding"] == "not_justified"
    client.force_login(cast["blackburn"])
    assert client.get(path.replace("review/", "")).status_code == 403


def test_a_refused_write_says_that_the_record_is_to_be_read(cast, family, clinician):
    """In the record, at one that is there for others, and at one that is not: the same words."""
    open_it(cast, family)
    other = make_family(reference="OTHER")
    unknown = "00000000-0000-4000-8000-000000000000"
    answers = [
        clinician.post(reverse("new-caregiver", args=[pk]), {"given_name": "New"})
        for pk in (family.pk, other.pk, unknown)
    ]
    assert {each.status_code for each in answers} == {404}
    assert len({each.content for each in answers}) == 1
    assert "you can read it and write nothing in it" in answers[0].content.decode()
    assert "Nothing was saved." in answers[0].content.decode()
    api = [
        clinician.post(reverse("api-pregnancies", args=[pk]), {"what": "x"}, content_type="application/json")
        for pk in (family.pk, other.pk, unknown)
    ]
    assert {each.status_code for each in api} == {404}
    assert len({each.content for each in api}) == 1
    assert "you can read it and write nothing in it" in api[0].json()["detail"]


def test_whoever_reads_nothing_by_emergency_access_is_told_nothing_of_it(cast, family, clinician):
    for method in (clinician.get, clinician.post):
        text = method(reverse("new-caregiver", args=[family.pk])).content.decode()
        assert "There is nothing here that you can see." in text
        assert "emergency access" not in text
