"""A term of work, played through the pages by those who did it, then counted row by row in SQL of the test's own.

Three practitioners at two sites, one of them a trainee with a supervisor; a course of video guidance, a group over
both sites, a joint case, a peer supporter. What each did is written down as they do it; nothing of the product's
Python takes part in the checking.
"""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from tests.form_client import FormClient
from tests.unit.episodes.factories import make_accepted_referral
from tests.unit.families.factories import make_family

BEGAN = 70  # days ago
VIG, CIRCLE = "video-interaction-guidance", "circle-of-security-8-group"
ATTENDED, LATE_SEEN, NOT_BROUGHT, DID_NOT_ATTEND = "attended", "late_seen", "not_brought", "did_not_attend"
CANCELLED_FAMILY, CANCELLED_SERVICE = "cancelled_family", "cancelled_service"
# days ago, minutes, the baby, the carer: what becomes of each contact of the first family
PLANNED_VISITS = [
    (63, 50, ATTENDED, ATTENDED),
    (56, 50, NOT_BROUGHT, ATTENDED),
    (49, 45, NOT_BROUGHT, DID_NOT_ATTEND),
    (42, 60, LATE_SEEN, LATE_SEEN),
    (35, 0, CANCELLED_FAMILY, CANCELLED_FAMILY),
    (28, 50, ATTENDED, ATTENDED),
    (21, 0, CANCELLED_SERVICE, CANCELLED_SERVICE),
]
# ATTENDED OR DID NOT ATTEND as the NHS Data Dictionary has it: nationally, not brought is did not attend.
NATIONAL = {
    ATTENDED: "5",
    LATE_SEEN: "6",
    NOT_BROUGHT: "3",
    DID_NOT_ATTEND: "3",
    CANCELLED_FAMILY: "2",
    CANCELLED_SERVICE: "4",
}
GROUP_SESSIONS = [(30, ATTENDED, ATTENDED), (23, NOT_BROUGHT, ATTENDED)]  # of the second family, in the group


def ago(days):
    return (timezone.localdate() - timedelta(days=days)).isoformat()


def run_sql(query, *params):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(query, params)
        return cursor.fetchall()


class TermFamily:
    """One family with an accepted referral, and the episode that its lead opens for it."""

    def __init__(self, reference, site, lead):
        self.family = make_family(reference=reference, site=site)
        referral = make_accepted_referral(self.family, reference=f"R-{reference}", days_ago=BEGAN + 7)
        self.infant, self.carer = self.family.infants.get(), self.family.caregivers.get()
        self.dyad = self.family.dyads.get()
        self.people = {str(self.infant.pk), str(self.carer.pk)}
        self.episode = lead.submit(
            "open-episode",
            referral.pk,
            lead=str(lead.user.pk),
            opened_on=ago(BEGAN),
            focus=[str(self.dyad.pk)],
        )

    def record(self, hands, days, minutes=50, baby=ATTENDED, carer=ATTENDED, sign="on", **said):
        """A contact at which each did as it is said; its id."""
        rows = hands.get_form("new-contact", self.episode)["fields"]
        for name in [each for each in rows if each.endswith("-person")]:
            who = baby if rows[name]["value"] == [str(self.infant.pk)] else carer
            said[name.replace("-person", "-attendance")] = who
            if who in (NOT_BROUGHT, DID_NOT_ATTEND):
                said[name.replace("-person", "-reason_unknown")] = "on"
        hands.submit(
            "new-contact",
            self.episode,
            held_on=ago(days),
            held_at="10:00",
            minutes=str(minutes),
            sign=sign,
            **said,
        )
        newest = (
            "select id::text from episodes_carecontact where episode_id = %s order by created_at desc limit 1"
        )
        return run_sql(newest, self.episode)[0][0]


@pytest.fixture(scope="module")
def term(django_db_setup, django_db_blocker):
    """Played once, in a transaction of this module's own."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield TermOfWork()
        transaction.set_rollback(True)


class TermOfWork:
    """Everybody, and what they did in the order in which they did it."""

    def __init__(self):
        names = ("blackburn", "hyndburn", "trainee", "supervisor", "peer")
        self.blackburn, self.hyndburn, self.trainee, self.supervisor, self.peer = map(FormClient, names)
        self.first = TermFamily("A", "blackburn-with-darwen", self.blackburn)
        self.second = TermFamily("B", "hyndburn", self.hyndburn)
        self.third = TermFamily("C", "blackburn-with-darwen", self.trainee)
        self.agree_plan()
        self.record_visits()
        self.record_film()
        self.hold_a_group()
        self.work_jointly()
        self.record_trainee_notes()
        self.record_peer_support()
        self.end_episode()

    def agree_plan(self):
        self.blackburn.submit(
            "plan-agreement", self.first.episode, aims="To enjoy bath time", answer="yes", agreed_on=ago(60),
            goal="new", goal_words="Bath time is ours", goal_dyad=str(self.first.dyad.pk), score="2",
        )  # fmt: skip

    def record_visits(self):
        self.contacts = [
            self.first.record(self.blackburn, *visit, interventions=[VIG], happened=f"Visit {visit[0]}")
            for visit in PLANNED_VISITS
        ]
        self.blackburn.submit(
            "new-message",
            self.first.episode,
            held_on=ago(20),
            held_at="09:00",
            happened="See you soon",
            sign="on",
        )
        goal = run_sql("select id from episodes_goal where episode_id = %s", self.first.episode)[0][0]
        self.blackburn.submit("rate-goal", goal, score="7", timepoint="end")

    def record_film(self):
        self.filmed = self.blackburn.submit(
            "new-film", self.first.episode, intervention=VIG, consented_on=ago(60)
        )
        self.blackburn.submit(
            "film-made", self.filmed, filmed_on=ago(56), kept_where="Encrypted stick 4", delete_by=ago(10)
        )
        self.blackburn.submit("film-review", self.filmed, reviewed_on=ago(42))
        self.blackburn.submit("film-deletion", self.filmed, deleted_on=ago(12))

    def hold_a_group(self):
        self.group = self.blackburn.submit(
            "new-group", name="Spring circle", intervention=CIRCLE, held_on=ago(GROUP_SESSIONS[0][0]), sessions="2",
            sites=["blackburn-with-darwen", "hyndburn"],
        )  # fmt: skip
        self.place = self.hyndburn.submit(
            "new-group-place", self.second.episode, programme=self.group, joined_on=ago(40)
        )
        sessions = run_sql(
            "select id from groups_groupsession where programme_id = %s order by starts_at", self.group
        )
        for (session,), (_, baby, carer) in zip(sessions, GROUP_SESSIONS, strict=True):
            self.save_register(session, {str(self.second.infant.pk): baby, str(self.second.carer.pk): carer})

    def save_register(self, session, came):
        rows = self.blackburn.get_form("group-register", session)["fields"]
        said = {
            name.replace("-person", "-attendance"): came[rows[name]["value"][0]]
            for name in rows
            if name.endswith("-person")
        }
        words = {name: "They watched the others play" for name in rows if name.endswith("-words")}
        self.blackburn.submit("group-register", session, note="A full room", **said, **words)

    def work_jointly(self):
        self.joint = self.hyndburn.submit(
            "new-joint-work", self.second.family.pk, who="Nell Nursery", organisation="Acorn nursery",
            we_do="The relationship", they_do="Settling in", since=ago(50), episode=self.second.episode,
        )  # fmt: skip
        colleague = {"others-0-name": "Nell Nursery", "others-0-role": "Key worker"}
        self.together = self.second.record(self.hyndburn, 33, happened="At the nursery", **colleague)
        self.hyndburn.submit(
            "new-liaison", self.second.episode, held_on=ago(32), held_at="12:00", happened="About the visit",
            sign="on", **colleague,
        )  # fmt: skip

    def record_trainee_notes(self):
        self.signed = self.third.record(self.trainee, 44, happened="A first meeting")
        self.draft = self.third.record(self.trainee, 37, happened="Not finished", sign="")
        self.supervisor.submit("countersigning", self.signed, outcome="done")
        self.wrong = self.third.record(self.trainee, 36, happened="Of another family")
        self.trainee.submit("contact-in-error", self.wrong, reason="It was of somebody else")

    def record_peer_support(self):
        family = self.second.family.pk
        self.hyndburn.submit(
            "new-peer-supporter",
            family,
            supporter=str(self.peer.user.pk),
            why="To get out more",
            agreed_on=ago(25),
        )
        self.peer.submit(
            "new-peer-log", family, day=ago(18), how="met", minutes="40", who="Cora", line="To the park"
        )
        self.peer.submit("worry", family, at_risk="no", what="She sounded very low", who="Cora")

    def end_episode(self):
        ending = {
            "ended_on": ago(1), "reason": "02", "planned": "yes", "together": "all", "draft": "",
            "summary": "They laugh together", "held_next_by": "Health visitor",
        }  # fmt: skip
        rows = self.blackburn.get_form("end-episode", self.first.episode)["fields"]
        words = {name: "Closer" for name in rows if name.startswith("changed-") and name.endswith("-words")}
        open_things = {name: "Health visitor" for name in rows if name.endswith("-to_whom")}
        self.blackburn.submit("end-episode", self.first.episode, **ending, **words, **open_things)


def test_each_persons_attendance_is_recorded_as_it_was(term):
    rows = run_sql(
        """select current_date - (c.starts_at at time zone 'Europe/London')::date, c.minutes,
                  max(p.attendance) filter (where p.infant_id = %s),
                  max(p.attendance) filter (where p.caregiver_id = %s), count(p.id),
                  bool_and(u.username = 'blackburn'), bool_and(c.signed_at is not null)
           from episodes_carecontact c join service_user u on u.id = c.practitioner_id
           join episodes_participant p on p.care_contact_id = c.id
           where c.episode_id = %s and c.kind = 'family' group by c.id order by c.starts_at""",
        term.first.infant.pk, term.first.carer.pk, term.first.episode,
    )  # fmt: skip
    assert [row[1:4] for row in rows] == [visit[1:] for visit in PLANNED_VISITS]
    assert [row[0] for row in rows] == [visit[0] for visit in PLANNED_VISITS]
    assert {row[4:] for row in rows} == {(2, True, True)}


def test_a_baby_who_did_not_come_was_neither_present_nor_seen(term):
    rows = run_sql(
        """select p.attendance, p.present, p.seen, p.observed from episodes_participant p
           join episodes_carecontact c on c.id = p.care_contact_id
           where p.infant_id = %s and c.episode_id = %s and c.kind = 'family'""",
        term.first.infant.pk, term.first.episode,
    )  # fmt: skip
    came = [row for row in rows if row[0] in (ATTENDED, LATE_SEEN)]
    assert len(came) == 3
    assert all(row[1] for row in came)
    assert not any(any(row[1:]) for row in rows if row not in came)


def test_every_note_is_signed_in_its_writers_name_or_a_draft(term):
    rows = run_sql(
        """select c.episode_id::text, n.text, u.username, n.signed_at is not null from episodes_notepart n
           join episodes_carecontact c on c.id = n.care_contact_id join service_user u on u.id = n.written_by_id
           where n.entered_in_error_at is null and c.entered_in_error_at is null"""
    )
    first, second, third = term.first.episode, term.second.episode, term.third.episode
    group = [
        (
            second,
            f"Spring circle: session {number} of the group.\n\nThey watched the others play",
            "blackburn",
            True,
        )
        for number in range(1, len(GROUP_SESSIONS) + 1)
    ]
    missed = {
        56: "Baby1 was not brought: reason not known.\n\n",
        49: "Baby1 was not brought: reason not known.\nCora Carer did not attend: reason not known.\n\n",
    }
    visits = [
        (first, f"{missed.get(visit[0], '')}Visit {visit[0]}", "blackburn", True) for visit in PLANNED_VISITS
    ]
    others = [
        (first, "See you soon", "blackburn", True),
        (second, "At the nursery", "hyndburn", True),
        (second, "About the visit", "hyndburn", True),
        (third, "A first meeting", "trainee", True),
        (third, "Not finished", "trainee", False),
    ]
    assert sorted(rows) == sorted(visits + group + others)


def test_a_trainees_note_is_countersigned_once_and_the_draft_waits(term):
    live = "countersigning <> '' and entered_in_error_at is null"
    rows = dict(run_sql(f"select id::text, countersigning from episodes_carecontact where {live}"))
    signed = run_sql(
        """select s.care_contact_id::text, s.status, u.username from episodes_countersignstep s
           join service_user u on u.id = s.by_id"""
    )
    assert rows == {term.signed: "done"}
    assert signed == [(term.signed, "done", "supervisor")]


def test_the_wrong_contact_is_hidden_and_still_stored(term):
    wrong = run_sql(
        "select entered_in_error_reason, sealed_at from episodes_carecontact where id = %s", term.wrong
    )
    assert wrong == [("It was of somebody else", None)]
    kept = run_sql("select text from episodes_notepart where care_contact_id = %s", term.wrong)
    assert kept == [("Of another family",)]


def test_the_film_was_agreed_made_seen_and_deleted_in_that_order(term):
    rows = run_sql(
        """select consented_on, filmed_on, reviewed_on, deleted_on, kept_where, u.username
           from filming_filmcycle f join service_user u on u.id = f.deleted_by_id where episode_id = %s""",
        term.first.episode,
    )
    (*days, where, who), = rows  # fmt: skip
    assert [day.isoformat() for day in days] == [ago(60), ago(56), ago(42), ago(12)]
    assert (where, who) == ("Encrypted stick 4", "blackburn")


def test_the_group_lands_in_the_familys_own_record_with_its_own_people(term):
    rows = run_sql(
        """select c.episode_id::text, current_date - (c.starts_at at time zone 'Europe/London')::date,
                  max(p.attendance) filter (where p.infant_id = %s),
                  max(p.attendance) filter (where p.caregiver_id = %s),
                  array_agg(distinct coalesce(p.infant_id, p.caregiver_id)::text)
           from groups_groupline l join episodes_carecontact c on c.id = l.care_contact_id
           join episodes_participant p on p.care_contact_id = c.id group by c.id order by c.starts_at""",
        term.second.infant.pk, term.second.carer.pk,
    )  # fmt: skip
    assert [row[1:4] for row in rows] == GROUP_SESSIONS
    assert {row[0] for row in rows} == {term.second.episode}
    assert all(set(row[4]) == term.second.people for row in rows)
    assert run_sql("select count(*), min(text) from groups_groupnote") == [
        (len(GROUP_SESSIONS), "A full room")
    ]


def test_nobody_takes_part_in_another_familys_contact(term):
    strangers = run_sql(
        """select count(*) from episodes_participant p
           join episodes_carecontact c on c.id = p.care_contact_id join episodes_episode e on e.id = c.episode_id
           left join families_infant i on i.id = p.infant_id left join families_caregiver k on k.id = p.caregiver_id
           where coalesce(i.family_id, k.family_id) <> e.family_id"""
    )
    assert strangers == [(0,)]


def test_joint_work_joint_contact_and_liaison_are_all_recorded(term):
    joint = run_sql("select who, organisation, episode_id::text, recorded_by_id from collaboration_jointwork")
    assert joint == [("Nell Nursery", "Acorn nursery", term.second.episode, term.hyndburn.user.pk)]
    colleagues = run_sql(
        """select c.kind, k.name, k.role from episodes_contactcolleague k
           join episodes_carecontact c on c.id = k.care_contact_id order by c.starts_at"""
    )
    assert colleagues == [("family", "Nell Nursery", "Key worker"), ("liaison", "Nell Nursery", "Key worker")]
    heard = run_sql(
        """select count(*) from episodes_participant p join episodes_carecontact c on c.id = p.care_contact_id
           where c.kind = 'liaison'"""
    )
    assert heard == [(0,)], "nobody of the family takes part in a talk about them"


def test_the_peer_supporter_has_a_log_and_a_worry_that_is_an_alert(term):
    assert run_sql("select how, minutes, line from collaboration_peerlog") == [("met", 40, "To the park")]
    alerts = run_sql("select family_id, what like '%%very low%%', raised_by_id from families_riskalert")
    assert alerts == [(term.second.family.pk, True, term.peer.user.pk)]
    grants = run_sql(
        "select family_id, purpose from families_familygrant where user_id = %s", term.peer.user.pk
    )
    assert grants == [(term.second.family.pk, "peer_support")]


def test_the_plan_the_goal_and_its_two_numbers(term):
    goals = run_sql(
        """select g.words, g.dyad_id, array_agg(r.score order by r.created_at) from episodes_goal g
           join outcomes_goalrating r on r.goal_id = g.id group by g.id"""
    )
    assert goals == [("Bath time is ours", term.first.dyad.pk, [2, 7])]
    assert run_sql("select aims from plans_plan") == [("To enjoy bath time",)]


def test_one_episode_ended_and_two_go_on(term):
    rows = run_sql(
        "select id::text, current_date - ended_on, ending_reason from episodes_episode order by ended_on"
    )
    ended = {row[0]: row[1:] for row in rows}
    assert ended[term.first.episode] == (1, "02")
    assert ended[term.second.episode][0] is ended[term.third.episode][0] is None
    assert run_sql("select planned, together, summary from endings_ending") == [
        ("yes", "all", "They laugh together")
    ]


def test_history_names_the_author_of_every_change(term):
    tables = ("episodes_carecontact", "episodes_notepart", "filming_filmcycle", "groups_groupline")
    for table in tables:
        rows = run_sql(f"select count(*) from {table}")[0][0]
        kept = run_sql(f"select count(distinct pgh_obj_id) from {table}event where pgh_label = 'insert'")[0][
            0
        ]
        assert rows == kept > 0, table


def test_attendance_is_counted_by_the_national_codes(term):
    from interventions.episodes.rules import NATIONAL_ATTENDANCE

    assert {said: NATIONAL_ATTENDANCE[said] for said in NATIONAL} == NATIONAL
