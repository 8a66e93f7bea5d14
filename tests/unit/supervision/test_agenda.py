"""The agenda of a session fills itself, the most concern first, and empties as families are discussed."""

import re
from collections import defaultdict
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from interventions.episodes.actions import star_contact
from interventions.episodes.models import Episode, StarredContact
from interventions.supervision import session_agenda
from interventions.supervision.actions import add_agenda_item, plan_supervision
from interventions.supervision.models import (
    AgendaItem,
    CaseDecision,
    FamilyDiscussion,
    PlannedSupervision,
    SupervisionSession,
)
from interventions.supervision.session_agenda import load_agenda_lines
from pairs.families.actions import raise_risk_alert
from pairs.families.agenda import AGENDA_KINDS
from pairs.service.refusals import ActionRefused
from pairs.web.formats import format_short_day
from tests.unit.diary.factories import make_visit
from tests.unit.episodes.factories import make_contact, make_episode
from tests.unit.supervision.factories import get_site, make_agreement, make_session

ORDER = tuple(AGENDA_KINDS)
pytestmark = pytest.mark.django_db


@pytest.fixture
def episode(cast):
    return make_episode(cast["blackburn"], days_ago=60)


def list_kinds(episode, on=None):
    lines = load_agenda_lines([episode.family_id], on or timezone.localdate())
    return [line.kind for line in lines[episode.family_id]]


def test_the_agenda_fills_itself_from_the_rules_of_every_app(cast, episode):
    me, today = cast["blackburn"], timezone.localdate()
    contact = make_contact(episode, me, days_ago=40)
    star_contact(contact=contact, by=me)
    raise_risk_alert(site=episode.site, what="Worry", by=me, family=episode.family, lead=me)
    Episode.objects.filter(pk=episode.pk).update(plan_agreed_on=today - timedelta(days=50), review_on=today)
    make_session(cast, days_ago=10, decisions=[(episode.family, "Ring the nursery", None)])
    lines = load_agenda_lines([episode.family_id], today)[episode.family_id]
    assert {line.kind for line in lines} >= {"safety", "wait", "quiet", "agreed", "review"}
    assert [line.kind for line in lines] == sorted((line.kind for line in lines), key=ORDER.index)
    why = {line.kind: line.why for line in lines}
    assert why["quiet"] == "Last seen 40 days ago."
    assert "Ring the nursery" in why["agreed"]
    assert all(line.href and line.why for line in lines)


def test_a_star_is_on_the_agenda_until_the_family_was_discussed(cast, episode):
    me = cast["blackburn"]
    star_contact(contact=make_contact(episode, me, days_ago=1), by=me)
    assert "starred" in list_kinds(episode)
    make_session(cast, discussed=[episode.family])
    assert "starred" not in list_kinds(episode)
    assert StarredContact.objects.get().taken_off_at
    assert FamilyDiscussion.objects.get().family == episode.family


def test_a_death_and_what_was_booked_before_it_come_before_the_calendar(cast, episode):
    me, infant = cast["blackburn"], episode.family.infants.get()
    Episode.objects.filter(pk=episode.pk).update(review_on=timezone.localdate())
    make_visit(episode, me)
    lost_on = timezone.localdate() - timedelta(days=5)
    infant.change(lost_on=lost_on, loss="death")
    lines = load_agenda_lines([episode.family_id], timezone.localdate())[episode.family_id]
    died, visit = [line for line in lines if line.kind == "loss"]
    assert died.why == f"{infant.given_name}: died {format_short_day(lost_on)}."
    assert visit.why.startswith("Keep or cancel the visit of")
    assert lines[0] == died
    Episode.objects.filter(pk=episode.pk).update(opened_on=timezone.localdate())
    assert died not in load_agenda_lines([episode.family_id], timezone.localdate())[episode.family_id]


def test_a_colleagues_star_stays(cast, episode):
    star_contact(contact=make_contact(episode, cast["blackburn"], days_ago=1), by=cast["trainee"])
    make_session(cast, discussed=[episode.family])
    assert "starred" in list_kinds(episode)


# ---------------------------------------------------------------- the page that records it


def sign_in(client, user):
    client.force_login(user, backend="pairs.access.backends.StaffBackend")


def build_posted(episode, **changed):
    tomorrow = timezone.localdate() + timedelta(days=1)
    return {
        "held_on": timezone.localdate(),
        "minutes": 60,
        "note": "",
        "next_on": tomorrow,
        "next_time": "10:00",
        "decisions-TOTAL_FORMS": "0",
        "decisions-INITIAL_FORMS": "0",
        "discussions-TOTAL_FORMS": "1",
        "discussions-INITIAL_FORMS": "1",
        "discussions-0-family": episode.family_id,
    } | changed


def test_a_session_is_recorded_where_the_caseload_is_read(cast, episode, client):
    agreed, me = make_agreement(cast), cast["blackburn"]
    item = add_agenda_item(agreement=agreed, text="My hours", by=me)
    sign_in(client, cast["supervisor"])
    address = reverse("agreed-supervision", args=[agreed.pk])
    page = client.get(address).content.decode()
    assert "Baby1" in page
    assert "My hours" in page
    assert f'value="{episode.family_id}"' in page
    said = {"discussions-0-decision": "Film the bath", "discussions-0-do_by": "", "raised": [item.pk]}
    answer = client.post(address, build_posted(episode, **said))
    assert answer.status_code == 302
    decision = CaseDecision.objects.get()
    assert (decision.decision, decision.owner, decision.family) == ("Film the bath", me, episode.family)
    assert AgendaItem.objects.get().closed_at
    assert PlannedSupervision.objects.standing().get().supervisee == me
    timeline = client.get(reverse("chronology", args=[episode.family_id])).content.decode()
    assert f"Decided in supervision, for {me} to do" in timeline
    assert str(cast["supervisor"]) in timeline
    shown = client.get(reverse("supervision-agreement", args=[agreed.pk])).content.decode()
    assert "Film the bath" in shown
    assert "Not done" in shown
    assert "My hours" not in shown


def test_families_without_a_flag_fold_until_something_is_said_of_them(cast, episode, client, monkeypatch):
    agreed = make_agreement(cast)
    sign_in(client, cast["supervisor"])
    address, folded = reverse("agreed-supervision", args=[agreed.pk]), "1 family without a flag"
    assert folded not in client.get(address).content.decode()
    monkeypatch.setattr(session_agenda, "load_agenda_lines", lambda families, on: defaultdict(list))
    page = client.get(address).content.decode()
    assert folded in page
    assert f'value="{episode.family_id}"' in page
    wrong = {"next_on": "", "next_time": "", "discussions-0-decision": "Film the bath"}
    page = client.post(address, build_posted(episode, **wrong)).content.decode()
    assert folded not in page
    assert "Film the bath" in page


def test_a_clash_of_the_next_session_is_said_first_and_forbids_nothing(cast, episode, client):
    agreed, me, supervisor = make_agreement(cast), cast["blackburn"], cast["supervisor"]
    tomorrow = timezone.localtime() + timedelta(days=1)
    at = tomorrow.replace(hour=10, minute=0, second=0, microsecond=0)
    same = {"site": episode.site, "supervisee": me, "minutes": 60, "by": supervisor, "starts_at": at}
    plan_supervision(**same)  # the next session itself, which moves
    sign_in(client, supervisor)
    address = reverse("agreed-supervision", args=[agreed.pk])
    plan_supervision(**same | {"supervisee": cast["trainee"]})
    page = client.post(address, build_posted(episode, note="Kept words")).content.decode()
    assert "already booked at the time of the next session" in page
    assert "Kept words" in page
    assert not SupervisionSession.objects.exists()
    warned = re.search(r'name="warned" value="([^"]+)"', page)[1]
    assert client.post(address, build_posted(episode, warned=warned)).status_code == 302
    assert SupervisionSession.objects.count() == 1


def test_the_next_session_is_no_clash_with_itself(cast, episode, client):
    agreed, me, supervisor = make_agreement(cast), cast["blackburn"], cast["supervisor"]
    tomorrow = timezone.localtime() + timedelta(days=1)
    at = tomorrow.replace(hour=10, minute=0, second=0, microsecond=0)
    plan_supervision(site=episode.site, supervisee=me, minutes=60, by=supervisor, starts_at=at)
    sign_in(client, supervisor)
    assert (
        client.post(reverse("agreed-supervision", args=[agreed.pk]), build_posted(episode)).status_code == 302
    )


def test_what_is_missing_is_said_beside_its_field_and_nothing_is_saved(cast, episode, client):
    agreed = make_agreement(cast)
    sign_in(client, cast["supervisor"])
    address = reverse("agreed-supervision", args=[agreed.pk])
    wrong = {"next_on": "", "next_time": "", "discussions-0-do_by": "2026-12-01", "note": "Kept words"}
    page = client.post(address, build_posted(episode, **wrong)).content.decode()
    for said in (
        "Enter the day of the next session",
        "Enter the time of the next session",
        "to be done by then",
    ):
        assert said in page
    assert "Kept words" in page
    assert not SupervisionSession.objects.exists()
    before = {"next_on": timezone.localdate() - timedelta(days=1)}
    assert (
        "Choose a day after this session."
        in client.post(address, build_posted(episode, **before)).content.decode()
    )
    foreign = make_episode(cast["hyndburn"], reference="F", site=get_site(cast["hyndburn"]).code).family_id
    page = client.post(address, build_posted(episode, **{"discussions-0-family": foreign})).content.decode()
    assert not SupervisionSession.objects.exists()
    assert "There is a problem" in page


def test_the_last_session_ends_what_was_agreed(cast, episode, client):
    agreed = make_agreement(cast)
    sign_in(client, cast["supervisor"])
    posted = build_posted(episode, next_on="", next_time="", is_last="on")
    assert client.post(reverse("agreed-supervision", args=[agreed.pk]), posted).status_code == 302
    agreed.refresh_from_db()
    assert agreed.ends_on == timezone.localdate()
    assert not PlannedSupervision.objects.exists()


def test_the_session_that_was_planned_is_recorded_and_the_next_one_moves(cast, episode):
    site, me, supervisor = get_site(cast["blackburn"]), cast["blackburn"], cast["supervisor"]
    now = timezone.now()
    when = {"site": site, "supervisee": me, "minutes": 60, "by": supervisor}
    planned = plan_supervision(starts_at=now + timedelta(minutes=1), **when)
    plan_supervision(starts_at=now + timedelta(days=9), **when)
    at = now + timedelta(days=14)
    session = make_session(cast, planned=planned, next_at=at)
    planned.refresh_from_db()
    assert planned.held_as == session
    assert PlannedSupervision.objects.standing().get().starts_at == at


# ---------------------------------------------------------------- a group


def test_a_group_is_a_row_for_each_and_each_owns_the_decisions_about_their_families(cast, episode):
    me, trainee = cast["blackburn"], cast["trainee"]
    planned = plan_supervision(
        site=episode.site, supervisee=me, others=[trainee], kind="intervention", minutes=90,
        starts_at=timezone.now() + timedelta(minutes=5), by=cast["supervisor"],
    )  # fmt: skip
    theirs = make_episode(trainee, reference="U")
    make_session(
        cast, kind="intervention", others=[trainee], planned=planned, note="What we saw",
        decisions=[(episode.family, "Film again", None), (theirs.family, "Watch it together", None)],
    )  # fmt: skip
    rows = SupervisionSession.objects.all()
    assert {row.supervisee for row in rows} == {me, trainee}
    assert len({row.together for row in rows}) == 1
    assert dict(CaseDecision.objects.values_list("decision", "owner")) == {
        "Film again": me.pk, "Watch it together": trainee.pk,
    }  # fmt: skip
    assert not PlannedSupervision.objects.standing().exists()
    with pytest.raises(ActionRefused):
        make_session(cast, others=[cast["supervisor"]])


@pytest.mark.parametrize("name", ["supervision-agreement", "agreed-supervision"])
def test_the_queries_do_not_grow_with_the_caseload(cast, client, name, django_assert_max_num_queries):
    agreed = make_agreement(cast)
    for number in range(3):
        make_episode(cast["blackburn"], reference=f"A{number}")
    sign_in(client, cast["supervisor"])
    address = reverse(name, args=[agreed.pk])
    client.get(address)
    with django_assert_max_num_queries(BUDGET) as few:
        client.get(address)
    for number in range(12):
        make_episode(cast["blackburn"], reference=f"B{number}")
    with django_assert_max_num_queries(len(few)):
        client.get(address)


BUDGET = 12
