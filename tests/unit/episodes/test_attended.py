"""Direct contacts and who came to them: the QuerySets' methods, and the same over a relation."""

import pytest

from interventions.episodes.attended import attended_q, direct_q, expected_q, present_q
from interventions.episodes.models import CareContact, Episode, Participant
from interventions.episodes.rules import NATIONAL_ATTENDANCE, Attendance, Mechanism
from tests.unit.episodes.factories import make_contact

pytestmark = pytest.mark.django_db


@pytest.fixture
def me(cast):
    return cast["blackburn"]


def test_a_contact_is_direct_by_how_it_was_held(me, episode):
    contact = make_contact(episode, me)
    direct = []
    for code in Mechanism.values:
        kind = "message" if code in ("05", "09") else "family"
        CareContact.objects.filter(pk=contact.pk).update(mechanism=code, kind=kind)
        assert (
            Episode.objects.filter(direct_q("contacts__")).exists() == CareContact.objects.direct().exists()
        )
        direct += [code] * CareContact.objects.direct().count()
    assert sorted(direct) == ["01", "02", "04", "11"]


NATIONALLY = {"attended": "56", "present": "567", "expected": "3567"}  # the last of babies alone


@pytest.mark.parametrize("method", NATIONALLY)
def test_who_came_is_said_by_national_codes(method, me, episode):
    make_contact(episode, me)
    over = {"attended": attended_q, "present": present_q, "expected": expected_q}[method]
    values = set(Attendance.values)
    for value in values - {"did_not_attend"} if method == "expected" else values:
        Participant.objects.update(attendance=value)
        found = getattr(Participant.objects.all(), method)()
        assert found.exists() == (NATIONAL_ATTENDANCE[value] in NATIONALLY[method])
        assert CareContact.objects.filter(over("participants__")).exists() == found.exists()


@pytest.mark.parametrize("hidden", ["entered_in_error_at", "sealed_at"])
def test_nobody_came_by_a_row_that_is_out_of_sight(hidden, me, episode):
    contact = make_contact(episode, me)
    came = CareContact.objects.direct().attended()
    assert came.filter(pk=contact.pk).exists()
    Participant.objects.update(**{hidden: contact.starts_at})
    assert not came.filter(pk=contact.pk).exists()


def test_a_persons_attendances_are_at_live_direct_contacts(me, episode):
    contact = make_contact(episode, me)
    assert Participant.objects.at_direct_contacts().count() == 2
    contact.change(sealed_at=contact.starts_at)
    assert not Participant.objects.at_direct_contacts().exists()
