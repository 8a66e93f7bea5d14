"""The pages of plans, by client and by API: each act once through, what cannot be, and who gets 404."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from interventions.episodes.actions import set_goal
from interventions.episodes.models import Goal, Intervention, InterventionWait
from interventions.plans import actions
from interventions.plans.models import Formulation, HelpingAnswer, Plan
from interventions.plans.printed_plan import build_plan_lines, get_family_plan
from pairs.families.models import Caregiver, Dyad
from pairs.web.formats import format_short_day
from tests.unit.episodes.factories import make_contact, make_episode
from tests.unit.plans.test_actions import get_intervention, make_plan

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def episode(me):
    return make_episode(me, days_ago=100)


def format_day(days=0):
    return (timezone.localdate() + days * DAY).isoformat()


def get_page_text(client, name, pk):
    answer = client.get(reverse(name, args=[pk]))
    assert answer.status_code == 200, name
    return answer.content.decode()


def post_page_form(client, page, pk, **said):
    """Post the page's form with its own token; where it leads."""
    token = get_page_text(client, page, pk).partition('name="submission" value="')[2][:36]
    answer = client.post(reverse(page, args=[pk]), {"submission": token, **said})
    assert answer.status_code == 302, answer.content.decode().partition("There is a problem")[2][:600]
    return answer.url


def test_the_work_around_an_episode_through_its_pages(cast, client, me, episode):
    other = cast["supervisor"]
    post_page_form(
        client, "new-co-worker", episode.pk, user=str(other.pk), why="Films with them", since=format_day()
    )
    post_page_form(
        client,
        "episode-grouping",
        episode.pk,
        grouping="more_help",
        since=format_day(),
        why="Harder",
        agreed="on",
    )
    dyad = episode.focus.get()
    second = make_father_dyad(episode)
    both = [str(dyad.pk), str(second.pk)]
    post_page_form(client, "episode-focus", episode.pk, focus=both, since=format_day(), why="Dad comes too")
    post_page_form(
        client, "new-wait", episode.pk, intervention="parent-infant-psychotherapy", since=format_day(-40)
    )
    wait = InterventionWait.objects.get()
    shown = get_page_text(client, "episode", episode.pk)
    for words in ("Films with them", "Harder", "came into focus", "Waiting to start", "40 days"):
        assert words in shown, words
    listed = client.get(reverse("waiting-to-start")).content.decode()
    for words in ("Parent-infant psychotherapy, ", "1 family", "40 days", "Contact family"):
        assert words in listed, words
    post_page_form(client, "end-wait", wait.pk, how="started", on=format_day())
    use = episode.uses.get(intervention=get_intervention())
    post_page_form(
        client, "is-it-helping", use.pk, asked_on=format_day(), family_says="yes", family_words="We laugh",
        we_say="partly", what_next="go_on", ask_again_on=format_day(60),
    )  # fmt: skip
    post_page_form(client, "end-way", use.pk, ended_on=format_day(), why="Enough for now")
    shown = get_page_text(client, "episode", episode.pk)
    assert "Enough for now" in shown
    lived = client.get(reverse("chronology", args=[episode.family_id])).content.decode()
    for words in (
        "Co-work began",
        "THRIVE grouping: Getting More Help",
        "Is it helping?",
        "No longer waiting",
    ):
        assert words in lived, words
    client.force_login(other)
    mine = client.get(reverse("caseload")).content.decode()
    assert reverse("episode", args=[episode.pk]) in mine


def test_what_is_written_with_the_family_through_its_pages(client, me, episode):
    dyad = episode.focus.get()
    said = {"saw": "They looked at each other", "saw_about": f"dyad:{dyad.pk}"}
    carer = f"caregiver:{dyad.caregiver_id}"
    url = post_page_form(
        client,
        "new-formulation",
        episode.pk,
        written_on=format_day(),
        hard="Her nights",
        hard_about=carer,
        **said,
    )
    shown = client.get(url).content.decode()
    for words in ("They looked at each other", "Do not share with other carers", "Her nights"):
        assert words in shown, words
    assert "They looked at each other" in get_page_text(client, "new-formulation", episode.pk)
    assert Formulation.objects.count() == 1
    plan = make_plan(episode, me, who_when="Ann on Tuesdays")
    goal = set_goal(episode=episode, dyad=dyad, words="Bath time", by=me)
    url = post_page_form(client, "review-plan", plan.pk, held_on=format_day(), how_it_went="Calmer", decision="change",
               next_on=format_day(30))  # fmt: skip
    assert url == reverse("change-plan", args=[plan.pk])
    url = post_page_form(client, "change-plan", plan.pk, aims="Sleep", changed_because="Nights")
    newest = Plan.objects.current().get()
    assert url == reverse("plan", args=[newest.pk])
    assert "Calmer" in client.get(url).content.decode()
    assert "A later version has replaced it" in get_page_text(client, "plan", plan.pk)
    post_page_form(client, "reword-goal", goal.pk, words="Bath time, all of us")
    anew = Goal.objects.current().get()
    post_page_form(client, "close-goal", anew.pk, how="reached", why="We did it")
    post_page_form(client, "new-declined", episode.pk, what="goals", declined_on=format_day(), why="Not now")
    assert "they declined goals" in get_page_text(client, "plan", newest.pk)
    assert f"Reached, {format_short_day(timezone.localdate())}" in get_page_text(
        client, "episode", episode.pk
    )


def make_father_dyad(episode, name="Dan"):
    """Another carer of the same baby, living apart."""
    dyad = episode.focus.first()
    carer = Caregiver.objects.create(
        family=episode.family, given_name=name, family_name="Apart", phone="01632 960777"
    )
    whose = {"family": episode.family, "infant": dyad.infant, "caregiver": carer}
    return Dyad.objects.create(**whose, relationship="father")


def test_the_page_for_one_carer_holds_nothing_of_the_others(client, me, episode):
    hers = episode.focus.get()
    his = make_father_dyad(episode)
    set_goal(episode=episode, dyad=hers, words="Her hope", by=me)
    set_goal(episode=episode, dyad=his, words="His hope", by=me)
    plan = make_plan(episode, me, aims="Play together, and Dan bathes her")
    own = make_plan(episode, me, aims="Her own rest", caregiver=hers.caregiver)
    url = post_page_form(client, "new-plan-paper", plan.pk, to=str(hers.caregiver_id))
    page = client.get(url).content.decode()
    for words in ("Her hope", "Play together", "It names someone else"):
        assert words in page, words
    assert "His hope" not in page
    lines = build_plan_lines(plan, his.caregiver, timezone.localdate())
    assert (lines["stopped"], lines["goals"]) == ("", ["His hope"])
    assert "Her own rest" not in str(lines)
    assert (
        build_plan_lines(own, his.caregiver, timezone.localdate())["stopped"]
        == "This is another carer's own plan."
    )
    assert str(his.caregiver_id) not in get_page_text(client, "new-plan-paper", own.pk)
    shared = str(get_family_plan(episode.family))
    assert ("Play together" in shared, "Her own rest" in shared, "hope" in shared) == (True, False, False)


def test_an_address_or_phone_number_in_the_text_stops_the_page(client, me, episode):
    his = make_father_dyad(episode)
    plan = make_plan(episode, me, who_when="Ring Cora on 01632 960001")
    lines = build_plan_lines(plan, his.caregiver, timezone.localdate())
    assert "must not be shared with them" in lines["stopped"]
    assert "sections" not in lines


def test_twins_one_lost_are_each_right_on_the_page(client, me):
    episode = make_episode(me, reference="W", infants=2, days_ago=30)
    lost, alive = episode.family.infants.order_by("twin_order")
    for dyad, words in zip(
        episode.focus.order_by("infant__twin_order"), ("Hope lost", "Hope alive"), strict=True
    ):
        set_goal(episode=episode, dyad=dyad, words=words, by=me)
    lost.change(lost_on=timezone.localdate(), loss="death")
    plan = make_plan(episode, me)
    lines = build_plan_lines(plan, episode.family.caregivers.get(), timezone.localdate())
    assert (lines["goals"], lines["children"]) == (["Hope alive"], alive.name)


def test_the_pdf_is_made_by_the_worker_and_stopped_when_it_may_no_longer_be_given(client, me, episode):
    from interventions.plans.models import PlanPaper
    from pairs.documents.tasks import make_document_pdf

    carer = episode.family.caregivers.get()
    paper = actions.create_plan_paper(plan=make_plan(episode, me), to=carer, by=me)
    address = reverse("plan-paper-pdf", args=[paper.pk])
    assert client.get(address).status_code == 404
    assert client.post(address).status_code == 302
    assert get_page_text(client, "plan-paper-progress", paper.pk)
    job = PlanPaper.objects.get(pk=paper.pk).job
    make_document_pdf(str(job.pk))
    answer = client.get(address)
    assert (answer["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")
    post_page_form(client, "plan-paper", paper.pk, given_on=format_day())
    carer.change(died_on=timezone.localdate())
    assert client.get(address).status_code == 302
    assert "Not for them today" in get_page_text(client, "plan-paper", paper.pk)


def test_the_catalogue_is_managed_by_supervisors_and_administrators_alone(cast, client, me):
    assert client.get(reverse("interventions")).status_code == 200
    assert client.get(reverse("intervention", args=["emdr"])).status_code == 403
    for who in ("supervisor", "administrator"):
        client.force_login(cast[who])
        assert client.get(reverse("interventions")).status_code == 200
        said = {"name": "EMDR", "shape": "sessions", "snomed_code": "1"}
        page = client.post(reverse("intervention", args=["emdr"]), said).content.decode()
        assert "6 to 18 digits" in page
        post_page_form(
            client, "intervention", "emdr", name=f"EMDR {who}", shape="sessions", delivered_by="Trained here"
        )
        assert client.post(reverse("retire-intervention", args=["emdr"])).status_code == 302
        assert f"EMDR {who}" in client.get(reverse("interventions")).content.decode()
    assert Intervention.objects.get(code="emdr").retired_on is None


PAGE_NAMES = {
    "episode": ("new-co-worker", "episode-focus", "episode-grouping", "new-way", "new-wait", "new-formulation",
                "new-declined"),
    "plan": ("plan", "change-plan", "review-plan", "new-plan-paper"),
}  # fmt: skip


@pytest.mark.parametrize(("who", "status"), [("hyndburn", 404), ("healthvisitor", 403), ("manager", 403)])
def test_who_may_not(cast, client, episode, me, who, status):
    plan = make_plan(episode, me)
    client.force_login(cast[who])
    for kind, pk in (("episode", episode.pk), ("plan", plan.pk)):
        for name in PAGE_NAMES[kind]:
            assert client.get(reverse(name, args=[pk])).status_code == status, name


def post_to_api(client, name, pk, payload):
    answer = client.post(reverse(name, args=[pk]), payload, content_type="application/json")
    assert answer.status_code in (201, 400), answer.content
    return answer.status_code, answer.json()


def test_the_same_acts_by_api(cast, client, me, episode):
    dyad, carer = episode.focus.get(), episode.family.caregivers.get()
    status, plan = post_to_api(client, "api-plans", episode.pk, {"aims": "Play", "agreed_on": format_day()})
    assert (status, plan["agreed_on"]) == (201, format_day())
    status, said = post_to_api(client, "api-plan-versions", plan["id"], {"aims": "Sleep"})
    assert (status, list(said["errors"])) == (400, ["changed_because"])
    _, newer = post_to_api(
        client, "api-plan-versions", plan["id"], {"aims": "Sleep", "changed_because": "Nights"}
    )
    assert newer["replaces"] == plan["id"]
    review = {"held_on": format_day(), "how_it_went": "Calm", "decision": "keep"}
    assert list(post_to_api(client, "api-plan-reviews", newer["id"], review)[1]["errors"]) == ["next_on"]
    assert post_to_api(client, "api-plan-reviews", newer["id"], review | {"next_on": format_day(9)})[0] == 201
    seen = {"written_on": format_day(), "saw": "Looks", "saw_about": f"dyad:{dyad.pk}"}
    status, written = post_to_api(client, "api-formulations", episode.pk, seen)
    assert (status, written["parts"][0]["dyad"]) == (201, str(dyad.pk))
    _, paper = post_to_api(client, "api-plan-papers", newer["id"], {"to": str(carer.pk)})
    lines = client.get(reverse("api-plan-paper", args=[paper["id"]])).json()
    assert (lines["stopped"], lines["title"]) == ("", "What we do together")
    _, used = post_to_api(
        client, "api-ways", episode.pk, {"intervention": "family-therapy", "started_on": format_day(-3)}
    )
    answers = {"asked_on": format_day(), "family_says": "not_now", "we_say": "yes", "what_next": "go_on",
               "ask_again_on": format_day(5)}  # fmt: skip
    assert list(post_to_api(client, "api-helping", used["id"], answers)[1]["errors"]) == ["what_next"]
    assert post_to_api(client, "api-helping", used["id"], answers | {"family_says": "partly"})[0] == 201
    assert HelpingAnswer.objects.count() == 1
    _, wait = post_to_api(
        client, "api-episode-waits", episode.pk, {"intervention": "emdr", "since": format_day(-3)}
    )
    waiting = client.get(reverse("api-waiting")).json()["results"]
    assert [(each["id"], each["days"]) for each in waiting] == [(wait["id"], 3)]
    assert (
        post_to_api(
            client, "api-end-wait", wait["id"], {"how": "declined", "on": format_day(), "why": "Busy"}
        )[0]
        == 201
    )
    other = {"user": str(cast["supervisor"].pk), "why": "Films", "since": format_day()}
    _, co_worker = post_to_api(client, "api-co-workers", episode.pk, other)
    assert post_to_api(client, "api-end-co-work", co_worker["id"], {"until": format_day()})[0] == 201
    grouping = {"grouping": "advice", "since": format_day(), "why": "Well", "agreed": True}
    assert post_to_api(client, "api-groupings", episode.pk, grouping)[1]["before"] == "help"
    assert (
        post_to_api(client, "api-declined", episode.pk, {"what": "goals", "declined_on": format_day()})[0]
        == 201
    )
    goal = set_goal(episode=episode, dyad=dyad, words="Hope", by=me)
    _, anew = post_to_api(client, "api-goal-rewording", goal.pk, {"words": "Other"})
    assert (
        post_to_api(client, "api-goal-closing", anew["id"], {"how": "reached"})[1]["closed_as"] == "reached"
    )
    for name, pk in (("api-plans", episode.pk), ("api-ways", episode.pk), ("api-formulations", episode.pk)):
        assert client.get(reverse(name, args=[pk])).json()["results"]
    assert any(each["code"] == "emdr" for each in client.get(reverse("api-interventions")).json()["results"])
    client.force_login(cast["supervisor"])
    patched = client.patch(
        reverse("api-intervention", args=["emdr"]), {"delivered_by": "Us"}, content_type="application/json"
    )
    assert (patched.status_code, patched.json()["delivered_by"], patched.json()["shape"]) == (
        200,
        "Us",
        "sessions",
    )


def test_the_waiting_list_and_the_episode_page_cost_the_same_however_many_there_are(
    client, me, episode, django_assert_max_num_queries
):
    for number in range(3):
        make_wait(me, number)
    client.get(reverse("waiting-to-start"))  # signs in, and reads what is kept from then on
    with django_assert_max_num_queries(100) as few:
        client.get(reverse("waiting-to-start"))
    for number in range(3, 13):
        make_wait(me, number)
    with django_assert_max_num_queries(100) as many:
        client.get(reverse("waiting-to-start"))
    assert len(few) == len(many)
    make_contact(episode, me)
    with django_assert_max_num_queries(45):
        client.get(reverse("episode", args=[episode.pk]))


def make_wait(by, number):
    made = make_episode(by, reference=f"Q{number}", days_ago=20 + number)
    since = timezone.localdate() - 10 * DAY
    return actions.start_wait(episode=made, intervention=get_intervention("emdr"), since=since, by=by)


def test_a_focus_of_another_family_is_refused_like_an_unknown_one(client, me, episode):
    stranger = make_episode(me, reference="S").focus.get()
    for pk in (stranger.pk, "00000000-0000-4000-8000-000000000000"):
        said = {"focus": [str(pk)], "since": format_day()}
        page = client.post(reverse("episode-focus", args=[episode.pk]), said)
        assert (page.status_code, "There is a problem" in page.content.decode()) == (200, True)
        status, answer = post_to_api(client, "api-focus", episode.pk, said)
        assert (status, list(answer["errors"])) == (400, ["focus"])
    assert list(episode.focus.all()) == [episode.family.dyads.get()]
