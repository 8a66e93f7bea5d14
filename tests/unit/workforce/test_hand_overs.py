"""The page and the API of hand-overs: whom they propose, who may use them, and what is refused."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from interventions.collaboration.hub_consultation.actions import accept_hub_request, ask_hub
from interventions.collaboration.models import PeerSupport
from interventions.collaboration.peer_support.actions import link_peer_supporter
from interventions.supervision.models import PlannedSupervision, SupervisionAgreement
from interventions.workforce.actions import change_lead, hand_over_work, undo_hand_over
from interventions.workforce.held_rows import list_held_rows
from interventions.workforce.models import HandedWork, HandOver
from pairs.access.account_actions import set_account_open
from pairs.access.prepared_records import load_parts
from pairs.access.scope import load_scope
from pairs.families.actions import grant_family_access
from pairs.families.models import Family, FamilyGrant
from pairs.service.actions import assign_role
from pairs.service.models import Site, User
from pairs.service.refusals import ActionRefused
from pairs.service.work_to_hand_over import list_held_kinds, list_held_work
from referrals.actions.first_reader import set_first_readers
from tests.unit.diary.factories import make_visit
from tests.unit.episodes.factories import make_episode
from tests.unit.workforce.factories import hand_over_all, hold_everything

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def test_the_page_asks_the_database_as_often_for_sixty_families_as_for_ten(
    client, leaver, supervisor, colleagues
):
    client.force_login(supervisor, backend="pairs.access.backends.StaffBackend")
    path = reverse("hand-over-work", args=[leaver.pk])

    def count():
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(path).status_code == 200
        return len(asked)

    for number in range(10):
        make_visit(make_episode(leaver, reference=f"A{number}"), leaver, hour=8 + number)
    client.get(path)
    few = count()
    for number in range(50):
        make_visit(
            make_episode(leaver, reference=f"B{number}"), leaver, days=4 + number // 9, hour=8 + number % 9
        )
    assert count() == few


def test_everything_is_read_together_and_is_the_same(client, leaver, supervisor, colleagues, site):
    """One statement for the rows of all kinds, one for their counts; the page asks fifteen times at most."""
    hold_everything(leaver, supervisor, colleagues, site)
    kinds = {number: work.rows for number, work in enumerate(list_held_kinds(leaver))}
    together = load_parts(kinds)
    for number, rows in kinds.items():
        assert [each.__dict__.keys() for each in together[number]] == [each.__dict__.keys() for each in rows]
        assert list(map(read_values, together[number])) == list(map(read_values, rows))
    counted = {
        work.rule.code: work.rows.values(work.counted).distinct().count() for work in list_held_kinds(leaver)
    }
    assert {work.rule.code: work.count for work in list_held_work(leaver)} == {
        code: count for code, count in counted.items() if count
    }
    client.force_login(supervisor, backend="pairs.access.backends.StaffBackend")
    path = reverse("hand-over-work", args=[leaver.pk])
    client.get(path)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    assert len(asked) <= 15


def read_values(row):
    return {name: value for name, value in vars(row).items() if name != "_state"}


def test_on_its_page_proposed_changed_handed_over_and_undone(client, leaver, supervisor, colleagues, cast):
    episode, other = (make_episode(leaver, reference=name) for name in ("P1", "P2"))
    make_visit(episode, leaver)
    client.force_login(supervisor, backend="pairs.access.backends.StaffBackend")
    path = reverse("hand-over-work", args=[leaver.pk])
    page = client.get(path).content.decode()
    assert "1 booked visit will go along" in page
    assert f"{leaver} still has" not in page
    posted = dict(re.findall(r'name="(work-[\w-]+|submission)"[^>]*value="([^"]*)"', page))
    numbers = {posted[f"work-{number}-what"]: number for number in range(2)}
    first, second = (f"work-{numbers[f'lead_{each.pk}']}-to" for each in (episode, other))
    sent = posted | {"why": "", first: str(colleagues[1].pk), second: ""}
    refused = client.post(path, sent).content.decode()
    assert "Error:" in refused
    assert not HandOver.objects.exists()
    wrong = client.post(path, sent | {"why": "Leaves", second: str(cast["hyndburn"].pk)}).content.decode()
    assert "Choose a colleague from the list." in wrong
    assert not HandOver.objects.exists()
    shown = client.post(path, sent | {"why": "Leaves"}, follow=True).content.decode()
    assert "Handed over: 2 things." in shown
    assert str(colleagues[1]) in shown
    episode.refresh_from_db()
    other.refresh_from_db()
    assert (episode.lead, other.lead) == (colleagues[1], leaver)
    assert [message.to for message in mail.outbox] == [[colleagues[1].email]]
    hand_over = HandOver.objects.get()
    undo = reverse("undo-hand-over", args=[hand_over.pk])
    assert "Undone by" in client.post(undo, follow=True).content.decode()
    episode.refresh_from_db()
    assert episode.lead == leaver
    assert "already been undone" in client.post(undo).content.decode()


def test_an_administrator_hands_over_without_a_name_and_then_closes_the_account(
    client, leaver, colleagues, cast
):
    episode = make_episode(leaver, reference="N1")
    client.force_login(cast["administrator"], backend="pairs.access.backends.StaffBackend")
    page = client.get(reverse("hand-over-work", args=[leaver.pk])).content.decode()
    assert "Open work since" in page
    assert not any(infant.given_name in page for infant in episode.family.infants.all())
    with pytest.raises(ActionRefused):
        set_account_open(user=leaver, is_open=False, by=cast["administrator"])
    hand_over = hand_over_all(leaver, cast["administrator"])
    shown = client.get(reverse("hand-over", args=[hand_over.pk])).content.decode()
    assert "Undo this hand-over" in shown
    assert not any(infant.given_name in shown for infant in episode.family.infants.all())
    set_account_open(user=leaver, is_open=False, by=cast["administrator"])
    assert "can no longer be undone" in client.get(reverse("hand-over", args=[hand_over.pk])).content.decode()
    with pytest.raises(ActionRefused):
        undo_hand_over(hand_over=hand_over, by=cast["administrator"])


def test_a_restricted_family_goes_only_to_whom_it_names(leaver, supervisor, colleagues, cast):
    episode = make_episode(leaver, reference="R1")
    Family.objects.filter(pk=episode.family_id).update(restricted=True)
    assert list_held_rows(leaver, load_scope(supervisor)) == []
    [row] = list_held_rows(leaver, load_scope(cast["administrator"]))
    assert (row.people, row.proposed) == ([], None)
    grant_family_access(
        family=episode.family, user=colleagues[1], purpose="care", reason="Named", by=cast["governance"]
    )
    [row] = list_held_rows(leaver, load_scope(cast["administrator"]))
    assert [each.person_id for each in row.people] == [colleagues[1].pk] == [row.proposed]
    with pytest.raises(ActionRefused) as refused:
        hand_over_all(leaver, cast["administrator"], **{row.key: colleagues[0]})
    assert set(refused.value.errors) == {row.key}
    hand_over_all(leaver, cast["administrator"])
    episode.refresh_from_db()
    assert episode.lead == colleagues[1]


def test_a_supervisor_hands_over_at_their_sites_alone(client, leaver, supervisor, colleagues, cast):
    """Another site's supervisor neither sees the person nor what they hold."""
    other = User.objects.create(username="elsewhere", display_name="Elsewhere")
    assign_role(user=other, role="supervisor", site=Site.objects.exclude(code="blackburn-with-darwen").last())
    make_episode(leaver, reference="S1")
    hand_over = hand_over_all(leaver, supervisor)
    client.force_login(other, backend="pairs.access.backends.StaffBackend")
    for name, pk in (
        ("hand-over-work", leaver.pk),
        ("hand-over", hand_over.pk),
        ("undo-hand-over", hand_over.pk),
    ):
        assert client.get(reverse(name, args=[pk])).status_code == 404
        assert client.post(reverse(name, args=[pk])).status_code == 404
    assert str(leaver) not in client.get(reverse("hand-overs")).content.decode()
    assert not HandOver.objects.get().undone_at
    client.force_login(cast["hyndburn"], backend="pairs.access.backends.StaffBackend")
    assert client.get(reverse("hand-overs")).status_code == 403


def test_what_was_changed_since_stays_when_it_is_undone(client, leaver, supervisor, colleagues, cast):
    episode, other = (make_episode(leaver, reference=name) for name in ("C1", "C2"))
    hand_over = hand_over_all(leaver, supervisor)
    episode.refresh_from_db()
    someone = next(each for each in colleagues if each != episode.lead)
    change_lead(
        episode=episode,
        lead=someone,
        since=timezone.localdate(),
        why="Hours",
        former_stays=False,
        by=supervisor,
    )
    undo_hand_over(hand_over=hand_over, by=supervisor)
    episode.refresh_from_db()
    other.refresh_from_db()
    assert (episode.lead, other.lead) == (someone, leaver)
    client.force_login(supervisor, backend="pairs.access.backends.StaffBackend")
    assert (
        "1 record had been changed since"
        in client.get(reverse("hand-over", args=[hand_over.pk])).content.decode()
    )


def test_what_cannot_be_is_refused_by_row_and_nothing_is_saved(leaver, supervisor, colleagues, cast):
    episode = make_episode(leaver, reference="X1")
    key = f"lead_{episode.pk}"
    scope = load_scope(supervisor)
    for chosen, fields in (
        ({key: None}, {key}),
        ({key: cast["healthvisitor"], "lead_gone": colleagues[0]}, {key, "lead_gone"}),
        ({}, {""}),
    ):
        with pytest.raises(ActionRefused) as refused:
            hand_over_work(leaver=leaver, chosen=chosen, why="Leaves", by=supervisor, scope=scope)
        assert set(refused.value.errors) == fields
    assert not HandOver.objects.exists()
    assert not HandedWork.objects.exists()


def test_through_the_api(client, leaver, supervisor, colleagues):
    episode = make_episode(leaver, reference="J1")
    client.force_login(supervisor, backend="pairs.access.backends.StaffBackend")
    path = reverse("api-hand-over-work", args=[leaver.pk])
    [row] = client.get(path).json()["results"]
    assert row["what"] == f"lead_{episode.pk}"
    assert row["proposed"] in {each["id"] for each in row["people"]}
    sent = {"why": "Leaves", "work": [{"what": row["what"], "to": "nobody"}]}
    refused = client.post(path, sent, content_type="application/json")
    assert refused.status_code == 400
    sent["work"][0]["to"] = str(colleagues[0].pk)
    made = client.post(path, sent, content_type="application/json")
    assert made.status_code == 201, made.content
    episode.refresh_from_db()
    assert episode.lead == colleagues[0]
    assert [each["id"] for each in client.get(reverse("api-hand-overs")).json()["results"]] == [
        made.json()["id"]
    ]
    undone = client.post(
        reverse("api-undo-hand-over", args=[made.json()["id"]]), {}, content_type="application/json"
    )
    assert undone.json()["undone_at"]
    episode.refresh_from_db()
    assert episode.lead == leaver


def test_first_readers_requests_taken_and_sessions_given_go_to_who_may_do_them(supervisor, cast, site):
    """Of a supervisor who leaves: each to somebody with the permission for it."""
    duty, leaver = cast["duty"], supervisor
    next_one = User.objects.create(username="ceri", display_name="Ceri")
    for each in Site.objects.filter(roles__group__user=leaver).distinct():
        assign_role(user=next_one, role="supervisor", site=each)
    set_first_readers(site=site, reader=leaver, deputy=duty, by=leaver)
    PlannedSupervision.objects.create(
        site=site, supervisor=leaver, supervisee=cast["blackburn"], starts_at=timezone.now() + DAY
    )
    agreed = SupervisionAgreement.objects.create(
        site=site,
        supervisor=leaver,
        supervisee=cast["blackburn"],
        starts_on=timezone.localdate(),
        every_days=7,
    )
    rows = {each.rule.code: each for each in list_held_rows(leaver, load_scope(cast["administrator"]))}
    assert duty.pk not in {each.person_id for each in rows["reader"].people}
    assert {each.person_id for each in rows["supervision-given"].people} == {next_one.pk}
    hand_over = hand_over_all(leaver, cast["administrator"])
    assert PlannedSupervision.objects.get().supervisor == next_one
    continued = SupervisionAgreement.objects.get(supervisor=next_one)
    assert (continued.supervisee, continued.every_days) == (cast["blackburn"], 7)
    assert continued.starts_on == timezone.localdate() + DAY
    assert list_held_work(leaver) == []
    undo_hand_over(hand_over=hand_over, by=cast["administrator"])
    assert SupervisionAgreement.objects.live().get() == agreed
    agreed.refresh_from_db()
    assert agreed.ends_on is None


def test_a_question_taken_at_the_hub_passes_with_its_access_and_comes_back(cast, leaver):
    """The family's record opens for whoever takes it, and no longer for who leaves, until it is undone."""
    hub, next_one = cast["hub"], User.objects.create(username="dilys", display_name="Dilys")
    assign_role(user=next_one, role="practitioner", site=Site.objects.hub())
    episode = make_episode(leaver, reference="Q1")
    ask = ask_hub(
        family=episode.family,
        wants="thought",
        question="May we think?",
        urgency="weeks",
        episode=episode,
        by=leaver,
    )
    accept_hub_request(ask=ask, until=timezone.localdate() + 5 * DAY, by=hub)

    def list_readers():
        families = Family.objects.filter(pk=episode.family_id)
        return {each for each in (hub, next_one) if families.visible_to(load_scope(each)).exists()}

    assert list_readers() == {hub}
    [row] = [
        each
        for each in list_held_rows(hub, load_scope(cast["administrator"]))
        if each.rule.code == "hub-answer"
    ]
    hand_over = hand_over_all(hub, cast["administrator"], **{row.key: next_one})
    ask.refresh_from_db()
    assert (ask.taken_by, list_readers()) == (next_one, {next_one})
    undo_hand_over(hand_over=hand_over, by=cast["administrator"])
    ask.refresh_from_db()
    assert (ask.taken_by, list_readers()) == (hub, {hub})


def test_peer_support_ends_and_its_access_too_until_it_is_undone(cast, leaver):
    peer, episode = cast["peer"], make_episode(leaver, reference="Q2")
    today = timezone.localdate()
    link_peer_supporter(
        family=episode.family, supporter=peer, caregiver=None, agreed_on=today, why="Asked for", by=leaver
    )
    hand_over = hand_over_all(peer, cast["administrator"])
    assert PeerSupport.objects.get().ended_because == "Leaves on Friday"
    assert list_held_work(peer) == []
    assert not FamilyGrant.objects.live().filter(family=episode.family, user=peer).exists()
    undo_hand_over(hand_over=hand_over, by=cast["administrator"])
    assert PeerSupport.objects.get().ended_at is None
    assert [work.rule.code for work in list_held_work(peer)] == ["peer-support"]
    assert FamilyGrant.objects.live().filter(family=episode.family, user=peer).exists()
