"""Outreach: planned, recorded, cancelled; the referrals that follow; who sees what."""

import json
from datetime import date, timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from interventions.diary.engagements import load_engagements
from pairs.access.scope import load_scope
from pairs.service.models import Place, Site
from pairs.service.refusals import ActionRefused
from referrals.actions.outreach import link_outreach
from referrals.models import Referral
from referrals.outreach.actions import cancel_outreach, plan_outreach, record_outreach
from referrals.outreach.models import OutreachSession
from referrals.outreach.report_sections import FIGURES, build_tables
from tests.app_due_items import make_due_items
from tests.unit.referrals.factories import make_test_referral

pytestmark = pytest.mark.django_db
list_app_due_items = make_due_items("referrals.outreach")
SITE = "blackburn-with-darwen"
NUMBERS = {"parents": 7, "children": 9, "professionals": 1, "heard": "Word comes from a neighbour."}


def make_outreach(by, *, days_ago=2, site=SITE, **changes):
    starts_at = timezone.localtime(timezone.now() - timedelta(days=days_ago)).replace(hour=10, minute=0)
    values = {"site": Site.objects.get(code=site), "place": Place.objects.get(code=site), "lead": by}
    values |= {"community": "Young parents", "venue": "Youth centre", "partner": "A group"}
    values |= {"starts_at": starts_at, "ends_at": starts_at + timedelta(hours=2), "by": by}
    return plan_outreach(**values | changes)


@pytest.fixture
def show(client, cast):
    def get_page_as(username, name, *args, post=None):
        client.force_login(cast[username])
        path = reverse(name, args=args)
        return client.get(path) if post is None else client.post(path, post)

    return get_page_as


def build_form(cast, **changes):
    yesterday = (timezone.localdate() - timedelta(days=1)).isoformat()
    times = {"held_on": yesterday, "starts": "10:00", "ends": "12:00"}
    where = {"site": SITE, "place": SITE, "community": "Young parents", "lead": str(cast["blackburn"].pk)}
    return times | where | changes


def test_by_pages_from_the_plan_to_what_was_heard(show, cast):
    assert show("blackburn", "new-outreach", post=build_form(cast)).status_code == 302
    made = OutreachSession.objects.get()
    assert made.minutes == 120
    assert show("blackburn", "record-outreach", made.pk, post=NUMBERS).status_code == 302
    page = show("blackburn", "outreach-session", made.pk).content.decode()
    for words in ("7 parents and carers", "9 children", "Word comes from a neighbour."):
        assert words in page
    assert "16" in show("supervisor", "outreach").content.decode()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"ends": "09:30"}, "The end is before the start"),
        ({"community": " "}, "Enter which community the session is for"),
        ({"place": "nowhere"}, "Select a valid choice"),
        ({"site": "hyndburn"}, "Select a valid choice"),
        ({"held_on": "1999-01-01"}, "Check the year"),
    ],
)
def test_a_plan_is_refused_beside_its_field(show, cast, changes, words):
    assert words in show("blackburn", "new-outreach", post=build_form(cast, **changes)).content.decode()
    assert not OutreachSession.objects.exists()


# ---------------------------------------------------------------- the service's own list of communities
LISTED = ["Young parents", "Families in temporary accommodation"]


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ({"listed": LISTED[1], "community": ""}, LISTED[1]),
        ({"listed": "", "community": "Fishing families"}, "Fishing families"),
        ({"listed": "", "community": "young PARENTS "}, LISTED[0]),
        ({"listed": LISTED[0], "community": "Young parents"}, LISTED[0]),
    ],
)
def test_a_community_is_chosen_from_the_list_or_typed(show, cast, settings, typed, stored):
    settings.OUTREACH_COMMUNITIES = LISTED
    assert LISTED[1] in show("blackburn", "new-outreach").content.decode()
    assert show("blackburn", "new-outreach", post=build_form(cast, **typed)).status_code == 302
    made = OutreachSession.objects.get()
    assert made.community == stored
    if stored in LISTED:
        page = show("blackburn", "change-outreach", made.pk).content.decode()
        assert f'<option value="{stored}" selected>' in page


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"listed": "", "community": ""}, "Enter which community the session is for"),
        ({"listed": LISTED[0], "community": "Fishing families"}, "not both"),
        ({"listed": "Nobody", "community": ""}, "Select a valid choice"),
    ],
)
def test_what_is_no_community_is_refused(show, cast, settings, typed, words):
    settings.OUTREACH_COMMUNITIES = LISTED
    assert words in show("blackburn", "new-outreach", post=build_form(cast, **typed)).content.decode()
    assert not OutreachSession.objects.exists()


def test_without_a_list_the_community_is_typed_and_not_counted_by(show, cast):
    assert 'name="listed"' not in show("blackburn", "new-outreach").content.decode()
    titles = [table.title for table in build_tables(date(2026, 1, 1), date(2026, 12, 31))]
    assert not any("community" in title for title in titles)


def test_the_report_counts_by_community(cast, settings):
    """Each figure a second time, by SQL of its own."""
    settings.OUTREACH_COMMUNITIES = LISTED
    me, today = cast["blackburn"], timezone.localdate()
    for number, community in enumerate(("Young parents", "young parents", "Fishing families", LISTED[1])):
        made = make_outreach(me, days_ago=1 + number, community=community)
        if community != LISTED[1]:
            record_outreach(session=made, by=me, **NUMBERS | {"parents": number + 1})
    referral = make_test_referral(me)
    Referral.objects.filter(pk=referral.pk).update(
        outreach_session=OutreachSession.objects.get(community="Fishing families")
    )
    found = {table.title: dict(table.rows) for table in build_tables(today - timedelta(days=30), today)}
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT CASE lower(session.community) WHEN 'young parents' THEN 'Young parents'
                   ELSE 'Another community' END,
                   count(*), sum(session.parents), sum((SELECT count(*) FROM referrals_referral referral
                   WHERE referral.outreach_session_id = session.id))
               FROM outreach_outreachsession session
               WHERE session.recorded_on IS NOT NULL AND session.cancelled_at IS NULL GROUP BY 1"""
        )
        expected = {name: list(map(int, counts)) for name, *counts in cursor.fetchall()}
    expected |= {LISTED[1]: [0, 0, 0]}
    for number, (what, _) in enumerate(FIGURES):
        rows = {name: counts[number] for name, counts in expected.items()}
        assert found[f"{what}, by community"] == rows


def test_a_number_below_nought_is_refused(show, cast):
    made = make_outreach(cast["blackburn"])
    page = show("blackburn", "record-outreach", made.pk, post=NUMBERS | {"parents": "-1"})
    assert "greater than or equal to 0" in page.content.decode()


def test_what_was_cancelled_is_not_held_and_what_was_held_is_not_cancelled(cast):
    by = cast["blackburn"]
    held, coming, gone = (make_outreach(by, days_ago=days) for days in (2, -3, 5))
    record_outreach(session=held, by=by, **NUMBERS)
    cancel_outreach(session=gone, because="Snow", by=by)
    for act in (
        lambda: cancel_outreach(session=held, because="Snow", by=by),
        lambda: record_outreach(session=gone, by=by, **NUMBERS),
        lambda: record_outreach(session=coming, by=by, **NUMBERS),
    ):
        with pytest.raises(ActionRefused):
            act()


def test_it_is_in_the_diary_and_due_until_it_is_recorded(cast):
    by = cast["blackburn"]
    made, scope = make_outreach(by), load_scope(by)
    start = made.starts_at - timedelta(hours=1)
    (found,) = load_engagements(scope, start, start + timedelta(hours=3), staff=[by.pk])
    assert (found.kind, found.title, found.minutes) == ("Outreach", "Young parents", 120)
    assert [item.code for item in list_app_due_items(scope, timezone.localdate())] == ["outreach_to_record"]
    record_outreach(session=made, by=by, **NUMBERS)
    assert list_app_due_items(scope, timezone.localdate()) == []


# ---------------------------------------------------------------- the referrals that follow
def test_a_referral_says_which_session_it_came_from(show, client, cast):
    made = make_outreach(cast["blackburn"])
    referral = make_test_referral(cast["healthvisitor"])
    form = {"outreach_session": str(made.pk)}
    assert show("duty", "referral-outreach", referral.pk, post=form).status_code == 302
    assert "Young parents" in show("duty", "referral", referral.pk).content.decode()
    assert referral.reference in show("duty", "outreach-session", made.pk).content.decode()
    page = show(
        "blackburn", "outreach-session", made.pk
    ).content.decode()  # who may not triage sees the number
    assert referral.reference not in page
    assert "1 referral that you cannot open" in page
    client.force_login(cast["duty"])
    answer = client.get(reverse("api-referral-outreach", args=[referral.pk]))
    assert answer.json()["outreach_session"] == str(made.pk)


def test_a_session_of_elsewhere_later_or_cancelled_is_refused(client, cast):
    referral = make_test_referral(cast["healthvisitor"])
    by = cast["blackburn"]
    later, gone = make_outreach(by, days_ago=-2), make_outreach(by)
    cancel_outreach(session=gone, because="Snow", by=by)
    for session in (later, gone):
        with pytest.raises(ActionRefused):
            link_outreach(referral=referral, session=session, by=cast["duty"])
    client.force_login(cast["duty"])
    path = reverse("api-referral-outreach", args=[referral.pk])
    for pk in (later.pk, gone.pk, referral.pk):
        body = json.dumps({"outreach_session": str(pk)})
        assert client.patch(path, body, content_type="application/json").status_code == 400
    client.force_login(cast["hyndburn"])
    assert client.get(path).status_code == 403


@pytest.mark.parametrize(
    ("who", "status"),
    [("supervisor", 200), ("manager", 404), ("hyndburn", 404), ("peer", 403), ("governance", 403)],
)
def test_who_sees_a_session(show, cast, who, status):
    assert show(who, "outreach-session", make_outreach(cast["blackburn"]).pk).status_code == status
