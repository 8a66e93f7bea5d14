"""The seven tabs of a family's record: one head, every page still linked, who reads what, drafts, losses, episodes."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from interventions.diary.actions import cancel_appointment
from interventions.episodes.actions import end_episode, open_episode, set_goal
from interventions.episodes.models import CareContact
from pairs.families.actions import grant_family_access, raise_risk_alert
from pairs.families.models import Family
from pairs.service.roles import GrantPurpose
from reporting.dashboards.family_header import TABS
from reporting.dashboards.timeline import count_family_events, list_family_events
from tests.unit.diary.factories import make_visit
from tests.unit.episodes.factories import make_accepted_referral, make_contact, make_episode
from tests.unit.families.factories import make_family

pytestmark = pytest.mark.django_db
NAMES = [name for _, name in TABS.values()]
MAX_QUERIES = 12


@pytest.fixture
def open_tab(client):
    def get_tab(name, pk, **asked):
        answer = client.get(reverse(name, args=[pk]), asked)
        assert answer.status_code == 200, name
        return answer.content.decode()

    return get_tab


def find_heading(text):
    return " ".join(re.sub(r"<[^>]+>", "", re.search(r"<h1.*?</h1>", text, re.DOTALL)[0]).split())


def find_tabs(text):
    """[(words with the number, is it this one)]."""
    nav = re.search(r'<ul class="pairs-tabs">.*?</ul>', text, re.DOTALL)[0]
    return [
        (" ".join(re.sub(r"<[^>]+>", "", words).split()), "aria-current" in attributes)
        for attributes, words in re.findall(r"<a ([^>]*)>(.*?)</a>", nav, re.DOTALL)
    ]


def test_the_head_is_the_same_on_every_tab(me, open_tab):
    episode = make_episode(me, days_ago=40)
    family = episode.family
    set_goal(episode=episode, dyad=episode.focus.get(), words="Bath time is fun", by=me)
    make_contact(episode, me, days_ago=3)
    raise_risk_alert(site=family.site, family=family, what="Frightened on Monday", by=me)
    total = count_family_events(Family.objects.with_people().get(pk=family.pk))
    for current, (words, name) in TABS.items():
        text = open_tab(name, family.pk)
        assert find_heading(text).startswith("Baby1"), name
        assert find_heading(text).endswith(f": {words}"), name
        assert find_tabs(text) == [
            (
                " ".join([label, *([str(count)] if (count := counts.get(code)) is not None else [])]),
                code == current,
            )
            for counts in ({"timeline": total, "people": 2, "plan": 1, "measures": 0},)
            for code, (label, _) in TABS.items()
        ], name
        for shown in (
            "Frightened on Monday",
            "Safe contact not recorded. Ask before you call.",
            "Lead: Bilal Blackburn",
            "PI-T-1",
            f'<a class="nhsuk-button" href="{reverse("new-contact", args=[episode.pk])}">Log a contact</a>',
            reverse("before-you-knock", args=[episode.pk]),
        ):
            assert shown in text, (name, shown)


def test_every_page_that_the_old_pages_led_to_is_linked_still(me, open_tab):
    episode = make_episode(me, days_ago=40)
    family, dyad = episode.family, episode.focus.get()
    goal = set_goal(episode=episode, dyad=dyad, words="Bath time is fun", by=me)
    contact = make_contact(episode, me, days_ago=3)
    linked = "".join(open_tab(name, family.pk) for name in NAMES)
    infant, carer, referral = dyad.infant_id, dyad.caregiver_id, episode.referral_id
    pages = {
        family.pk: (
            *("new-caregiver", "new-pregnancy", "village", "letters", "new-letter", "joint-work"),
            *("peer-support", "family-asks", "transitions", "new-safeguarding-concern", "new-alert"),
            *("family-moves", "household-move", *NAMES),
        ),
        episode.pk: (
            *("new-contact", "new-appointment", "before-you-knock", "new-goal", "end-episode"),
            *("choose-measure", "new-film", "new-group-place", "plan-agreement", "new-declined"),
            *("new-formulation", "new-co-worker", "episode-focus", "episode-grouping", "new-way", "new-wait"),
        ),
        infant: ("infant", "village-map", "infant-duplicates", "infant-ethnicity", "new-infant-address"),
        carer: ("caregiver", "caregiver-duplicates"),
        dyad.pk: ("dyad",),
        goal.pk: ("rate-goal", "reword-goal", "close-goal"),
        contact.pk: ("care-contact",),
        referral: ("referral",),
    }
    missing = [
        name for pk, names in pages.items() for name in names if f'"{reverse(name, args=[pk])}"' not in linked
    ]
    assert missing == []


@pytest.mark.parametrize("name", NAMES)
def test_who_may_open_a_tab(cast, client, name):
    """As each part was: nothing of another site's, nothing for somebody who supports as a peer."""
    family = make_family()
    grant_family_access(
        family=family,
        user=cast["peer"],
        purpose=GrantPurpose.PEER_SUPPORT,
        reason="Asked for",
        by=cast["duty"],
    )
    found = {}
    for who in ("blackburn", "supervisor", "hyndburn", "healthvisitor", "peer", "manager"):
        client.force_login(cast[who])
        found[who] = client.get(reverse(name, args=[family.pk])).status_code
    assert found == {
        "blackburn": 200, "supervisor": 200, "hyndburn": 404, "healthvisitor": 403, "peer": 403, "manager": 403,
    }  # fmt: skip


def test_whoever_may_only_read_is_offered_no_act(cast, client):
    family = make_episode(cast["blackburn"], days_ago=9).family
    grant_family_access(
        family=family,
        user=cast["hyndburn"],
        purpose=GrantPurpose.CARE,
        reason="Moving",
        by=cast["supervisor"],
    )
    client.force_login(cast["hyndburn"])
    for name in NAMES:
        head = client.get(reverse(name, args=[family.pk])).content.decode().partition("<main")[0]
        assert "Log a contact" not in head, name
        assert "Set a goal" not in head, name


def test_an_unsigned_note_is_read_by_its_writer_alone(cast, client, me):
    contact = make_contact(make_episode(me, days_ago=40), me, days_ago=3, sign=False)
    for name in ("family", "chronology"):
        path = reverse(name, args=[contact.episode.family_id])
        client.force_login(me)
        mine = client.get(path).content.decode()
        client.force_login(cast["supervisor"])
        theirs = client.get(path).content.decode()
        assert "We played on the mat." in mine, name
        assert "Not signed" in mine, name
        assert "We played on the mat." not in theirs, name
        assert "Not signed" not in theirs, name
        assert reverse("care-contact", args=[contact.pk]) in theirs, name
    api = client.get(reverse("api-chronology", args=[contact.episode.family_id])).json()
    assert "We played on the mat." not in str(api)


def test_a_sealed_entry_says_that_it_is_there_and_nothing_more(me, open_tab, client):
    episode = make_episode(me, days_ago=40)
    make_contact(episode, me, days_ago=30)
    sealed = make_contact(episode, me, days_ago=3)
    CareContact.objects.filter(pk=sealed.pk).update(sealed_at=timezone.now())
    text = open_tab("chronology", episode.family_id)
    (item,) = re.findall(r"<li[^>]*>(?:(?!<li).)*An entry here is restricted.*?</li>", text, re.DOTALL)
    assert re.sub(r"<[^>]+>", "", item).strip() == "An entry here is restricted"
    assert reverse("care-contact", args=[sealed.pk]) not in text
    day = (timezone.localdate() - timedelta(days=3)).isoformat()
    for asked in ({"what": "contact"}, {"since": day}, {"printed": "yes"}):
        assert "restricted" not in open_tab("chronology", episode.family_id, **asked), asked
    rows = client.get(reverse("api-chronology", args=[episode.family_id])).json()["results"]
    assert [row["title"] for row in rows if "restricted" in row["title"]] == []


def test_after_a_loss_the_head_says_so_first_and_nothing_asks(me, open_tab):
    episode = make_episode(me, days_ago=40)
    family = episode.family
    set_goal(episode=episode, dyad=episode.focus.get(), words="Bath time is fun", by=me)
    family.infants.update(loss="death", lost_on=timezone.localdate() - timedelta(days=2))
    for name in NAMES:
        head = open_tab(name, family.pk).partition("<main")[0]
        assert head.index("pairs-record__lost") < head.index("<h1"), name
        assert "Not seen for" not in head, name
        for act in ("new-goal", "choose-measure"):
            assert reverse(act, args=[episode.pk]) not in head, (name, act)
        assert reverse("new-letter", args=[family.pk]) not in head, name
        assert reverse("new-contact", args=[episode.pk]) in head, name
    assert "Bath time is fun" not in open_tab("family", family.pk)
    assert "Gaps in the record" not in open_tab("family", family.pk)
    assert "Set a goal" not in open_tab("family-plan", family.pk)


def test_a_visit_that_a_loss_has_stopped_is_to_keep_or_cancel_on_every_tab(me, open_tab):
    episode = make_episode(me, days_ago=40)
    family = episode.family
    episode.review_on = episode.plan_agreed_on = timezone.localdate()
    episode.save()
    row = make_visit(episode, me, note="Bring the mat")
    make_visit(episode, me, days=-3)  # over: nothing to decide
    family.infants.update(loss="death", lost_on=timezone.localdate())
    path = reverse("appointment", args=[row.pk])
    for name in NAMES:
        head = open_tab(name, family.pk).partition("<main")[0]
        assert f'<a href="{path}">1 visit to keep or cancel</a>' in head, name
        assert "bookings about this baby have stopped" not in head, name
    page = open_tab("family", family.pk)
    assert "Keep or cancel the visit of" in page
    for words in ("Nothing is due", "Review due", "Review by", "No pair yet", "No plan yet", "Bring the mat"):
        assert words not in page, words
    cancel_appointment(appointment=row, whose="cancelled_service", why="The baby died", by=me)
    page = open_tab("family", family.pk)
    assert "keep or cancel" not in page
    assert "Messages and bookings about this baby have stopped" in page


def test_a_goal_about_the_twin_who_died_is_not_on_the_overview(me, open_tab):
    episode = make_episode(me, days_ago=40, infants=2)
    dead, alive = episode.family.dyads.order_by("infant__given_name")
    for dyad, words in ((dead, "Feed him"), (alive, "Sleep well")):
        set_goal(episode=episode, dyad=dyad, words=words, by=me)
    dead.infant.__class__.objects.filter(pk=dead.infant_id).update(loss="death", lost_on=timezone.localdate())
    text = open_tab("family", episode.family_id)
    assert ("Sleep well" in text, "Feed him" in text) == (True, False)


def test_an_earlier_episode_keeps_its_address_and_is_linked(me, open_tab):
    first = make_episode(me, days_ago=90)
    make_contact(first, me, days_ago=60)
    end_episode(
        episode=first,
        ended_on=timezone.localdate() - timedelta(days=30),
        reason="02",
        summary="Calmer",
        held_next_by="",
        by=me,
    )
    family = first.family
    second = open_episode(
        referral=make_accepted_referral(family, reference="R-U", days_ago=12),
        lead=me,
        focus=list(family.dyads.all()),
        interventions=[],
        thrive="help",
        opened_on=timezone.localdate() - timedelta(days=9),
        by=me,
    )
    plan = open_tab("family-plan", family.pk)
    assert reverse("end-episode", args=[second.pk]) in plan
    assert f'href="{reverse("episode", args=[first.pk])}"' in plan
    assert "Calmer" in open_tab("episode", first.pk)
    assert reverse("episode-measures", args=[first.pk]) in open_tab("family-measures", family.pk)
    assert find_tabs(open_tab("episode-measures", first.pk))[4][1] is True


def test_without_an_episode_the_plan_says_how_the_family_came(me, open_tab):
    family = make_family()
    referral = make_accepted_referral(family)
    text = open_tab("family-plan", family.pk)
    assert "No episode yet" in text
    assert reverse("referral", args=[referral.pk]) in text
    assert (
        f'href="{reverse("open-episode", args=[referral.pk])}">Open the episode' in text.partition("<main")[0]
    )
    assert "No measure yet" in open_tab("family-measures", family.pk)


def test_the_count_is_of_the_entries_that_there_are(me, open_tab):
    episode = make_episode(me, days_ago=60)
    for days in range(1, 8):
        make_contact(episode, me, days_ago=days)
    family = Family.objects.with_people().get(pk=episode.family_id)
    events = list_family_events(family)
    assert count_family_events(family) == len(events) > 8
    assert f"Show {len(events) - 4} earlier entries" in open_tab("family", family.pk)
    assert "3 entries" in open_tab(
        "chronology", family.pk, since=(timezone.localdate() - timedelta(days=3)).isoformat()
    )


@pytest.mark.parametrize("name", [*NAMES, "episode"])
def test_no_tab_asks_more_for_a_longer_record(me, client, name):
    episode = make_episode(me, days_ago=60, infants=2)
    make_contact(episode, me, days_ago=40)
    path = reverse(name, args=[episode.pk if name == "episode" else episode.family_id])
    client.get(path)  # the first page of a session writes when it was last seen
    asked = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as seen:
            client.get(path)
        asked.append(len(seen))
        for number in range(5):
            make_contact(episode, me, days_ago=1 + number)
        set_goal(episode=episode, dyad=episode.family.dyads.first(), words="x", by=me)
    assert asked[0] == asked[1] <= MAX_QUERIES, name


def test_what_is_postponed_on_the_overview_leads_back_to_it(me, client, open_tab):
    family = make_episode(me, days_ago=40).family
    path = re.search(r'href="(/due/[^"/]+/[^"/]+/\?to=family)"', open_tab("family", family.pk))[1]
    until = timezone.localdate() + timedelta(days=7)
    answer = client.post(path, {"until": until.isoformat(), "why": "They are away"})
    assert answer.url == reverse("family", args=[family.pk])
    assert path not in open_tab("family", family.pk)
