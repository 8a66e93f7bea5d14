"""Nobody is ever without a lead: what the database holds, and the daily check of what it cannot."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from interventions.episodes.models import Episode
from interventions.workforce.actions import record_absence
from interventions.workforce.lead_gaps import list_lead_gaps
from interventions.workforce.models import LeadCheck
from interventions.workforce.rules import LeadGap, PossibleHolder, find_lead_gap, propose_holder
from interventions.workforce.tasks import check_that_families_have_leads
from pairs.access.scope import load_scope
from pairs.families.due import CLINICAL
from pairs.service.models import RoleTerm, Site, User
from pairs.service.role_terms import end_role, give_role
from reporting.dashboards.due_cache import get_due_lists
from tests.unit.episodes.factories import make_episode

DAY = timedelta(days=1)
ON = date(2026, 12, 1)
FINE = {
    "is_open": True,
    "writes_here": True,
    "last_day": None,
    "site_closes_on": None,
    "is_uncovered": False,
    "on": ON,
}


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, None),
        ({"is_open": False}, (LeadGap.CLOSED, ON)),
        ({"is_open": False, "writes_here": False}, (LeadGap.CLOSED, ON)),
        ({"writes_here": False}, (LeadGap.NO_ROLE, ON)),
        ({"last_day": ON + 28 * DAY}, (LeadGap.ROLE_ENDS, ON + 28 * DAY)),
        ({"last_day": ON + 29 * DAY}, None),
        ({"site_closes_on": ON + 3 * DAY}, (LeadGap.SITE_CLOSES, ON + 3 * DAY)),
        ({"site_closes_on": ON + 60 * DAY}, None),
        ({"is_uncovered": True}, (LeadGap.AWAY, ON)),
        ({"is_uncovered": True, "last_day": ON}, (LeadGap.ROLE_ENDS, ON)),
    ],
)
def test_why_a_family_is_without_a_lead(changed, expected):
    assert find_lead_gap(**FINE | changed) == expected


def person(number, **known):
    return PossibleHolder(person_id=UUID(int=number), name=f"Person {number}", **{"load": 5} | known)


@pytest.mark.parametrize(
    ("people", "proposed"),
    [
        ([], None),
        ([person(1, is_away=True)], None),
        ([person(1, load=9), person(2, load=3)], 2),
        ([person(1, load=3, is_away=True), person(2, load=9)], 2),
        ([person(1, load=9, knows_family=True), person(2, load=0)], 1),
        ([person(1, load=5, shares_way=True), person(2, load=5), person(3, load=5)], 1),
        (
            [person(1, load=9, shares_way=True), person(2, load=1)],
            2,
        ),  # above the average: no one is heaped up
        ([person(1, load=5, rank=2), person(2, load=5, rank=0)], 2),
        ([person(2), person(1)], 1),
    ],
)
def test_whom_to_propose(people, proposed):
    assert propose_holder(people) == (UUID(int=proposed) if proposed else None)


@pytest.fixture
def lead(cast):
    return cast["blackburn"]


@pytest.fixture
def episode(db, lead):
    return make_episode(lead)


def list_reasons():
    return [each.reason for each in list_lead_gaps(timezone.localdate())]


CLOSINGS = {
    "save": lambda lead: lead.save(),
    "update": lambda lead: User.objects.filter(pk=lead.pk).update(is_active=False),
    "bulk update": lambda lead: User.objects.bulk_update([lead], ["is_active"]),
}


@pytest.mark.django_db
@pytest.mark.parametrize("write", CLOSINGS)
def test_an_account_that_leads_cannot_close_by_any_write(lead, episode, write):
    lead.is_active = False
    with pytest.raises(IntegrityError, match="an_account_that_leads_stays_open"), transaction.atomic():
        CLOSINGS[write](lead)
    Episode.objects.filter(pk=episode.pk).update(ended_on=timezone.localdate(), ending_reason="01")
    User.objects.filter(pk=lead.pk).update(is_active=False)
    with pytest.raises(IntegrityError, match="open_work_has_an_open_account"), transaction.atomic():
        Episode.objects.filter(pk=episode.pk).update(ended_on=None, ending_reason="")


@pytest.mark.django_db
def test_open_work_is_never_given_to_a_closed_account_nor_to_no_one(cast, episode):
    User.objects.filter(username="trainee").update(is_active=False)
    with pytest.raises(IntegrityError, match="open_work_has_an_open_account"), transaction.atomic():
        Episode.objects.filter(pk=episode.pk).update(lead=cast["trainee"])
    with pytest.raises(IntegrityError), transaction.atomic():
        Episode.objects.filter(pk=episode.pk).update(lead=None)


@pytest.mark.django_db
def test_the_check_finds_a_role_that_ends_a_site_that_changes_and_an_absence(lead, episode, cast):
    today, site = timezone.localdate(), episode.site
    assert list_reasons() == []
    absence = record_absence(
        person=lead, site=site, starts_on=today, ends_on=today + DAY, cover=None, by=cast["supervisor"]
    )
    assert list_reasons() == [LeadGap.AWAY]
    absence.change(cover=cast["supervisor"])
    assert list_reasons() == []
    held = lead.groups.get().roleatsite
    end_role(user=lead, held=held, last_day=today + 10 * DAY)
    assert list_reasons() == [LeadGap.ROLE_ENDS]
    give_role(user=lead, role="trainee", site=site)  # another that lets them write there
    assert list_reasons() == []
    RoleTerm.objects.filter(user=lead).delete()
    lead.groups.clear()
    assert list_reasons() == [LeadGap.NO_ROLE]
    Episode.objects.filter(pk=episode.pk).update(lead=cast["hub"], site=Site.objects.hub())
    assert list_reasons() == []
    Episode.objects.filter(pk=episode.pk).update(site=site)  # moved to where its lead does not work
    assert list_reasons() == [LeadGap.NO_ROLE]


@pytest.mark.django_db
def test_it_is_due_for_the_supervisor_once_a_person_and_on_the_page(client, lead, episode, cast):
    make_episode(lead, reference="G2")
    today, supervisor = timezone.localdate(), cast["supervisor"]

    def list_due(user):
        items = get_due_lists(load_scope(user), today).items[CLINICAL]
        return [item for item in items if item.code == "families_without_lead"]

    assert list_due(supervisor) == []
    end_role(user=lead, held=lead.groups.get().roleatsite, last_day=today + 9 * DAY)
    [item] = list_due(supervisor)
    assert (item.due_on, item.who) == (today + 9 * DAY, str(lead))
    assert item.href == reverse("hand-over-work", args=[lead.pk])
    assert list_due(cast["trainee"]) == []
    for user in (supervisor, cast["administrator"]):
        client.force_login(user, backend="pairs.access.backends.StaffBackend")
        page = client.get(reverse("hand-overs")).content.decode()
        assert "The role at the site ends" in page
        assert item.href in page


@pytest.mark.django_db
def test_each_morning_what_is_new_is_told_once_without_a_name(lead, episode, cast):
    check_that_families_have_leads()
    assert mail.outbox == []
    end_role(user=lead, held=lead.groups.get().roleatsite, last_day=timezone.localdate() + 9 * DAY)
    LeadCheck.objects.update(on=timezone.localdate() - DAY)
    check_that_families_have_leads()
    told = {address for message in mail.outbox for address in message.to}
    assert {cast["supervisor"].email, cast["administrator"].email} <= told
    assert not any(str(lead) in message.body for message in mail.outbox)
    assert LeadCheck.objects.get(on=timezone.localdate()).found == [[str(episode.pk), "role_ends"]]
    mail.outbox.clear()
    LeadCheck.objects.filter(on=timezone.localdate() - DAY).delete()
    LeadCheck.objects.update(on=timezone.localdate() - DAY)
    check_that_families_have_leads()
    assert mail.outbox == []
