"""Transitions at two and five; the return cards; the previous episode of a family that returns."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.urls import reverse
from django.utils import timezone

from interventions.endings.actions import begin_keepsake, plan_transition, prepare_ending, save_way_back
from interventions.endings.models import Keepsake, TransitionPlan, WayBack
from interventions.endings.previous_episode import find_previous_episode
from interventions.episodes.actions import open_episode, set_goal
from pairs.access.requests import AccessLog
from pairs.access.scope import load_scope
from pairs.families.actions import record_adoption, record_loss
from pairs.families.ages import add_months
from pairs.families.models import Dyad
from pairs.service.models import Site
from pairs.service.refusals import ActionRefused
from tests.app_due_items import make_due_items
from tests.unit.endings.factories import get_days_ago, make_ending
from tests.unit.episodes.factories import make_accepted_referral, make_episode
from tests.unit.families.factories import make_family

pytestmark = pytest.mark.django_db
list_app_due_items = make_due_items("interventions.endings")


def get_birth_date_before(years, *, months=5):
    """Born so that the birthday is some months ahead."""
    today = timezone.localdate()
    return add_months(today, months - years * 12)


def list_due_for(me, **families):
    return list_app_due_items(load_scope(me), timezone.localdate(), **families)


def plan_transition_of(me, episode, infant, **changed):
    what = {
        "turning": "two", "who_next": "Nursery", "agreed_with": "Cora and Nell", "agreed_on": timezone.localdate(),
        "note": "",
    }  # fmt: skip
    return plan_transition(family=episode.family, infant=infant, by=me, **what | changed)


@pytest.mark.parametrize(
    ("born", "code"),
    [
        (get_birth_date_before(2), "turning_two"),
        (get_birth_date_before(5), "turning_five"),
        (get_birth_date_before(2, months=7), None),
        (get_birth_date_before(1), None),
        (None, None),
    ],
)
def test_it_is_announced_six_months_ahead_until_it_is_planned(me, born, code):
    episode = make_episode(me, born=born)
    assert [item.code for item in list_due_for(me)] == ([code] if code else [])
    if code:
        item = list_due_for(me, families=[episode.family_id])[0]
        assert item.owner_id == me.pk
        assert item.due_on > timezone.localdate()
        infant = episode.family.infants.get()
        plan_transition_of(me, episode, infant, turning=code.removeprefix("turning_"))
        assert list_due_for(me) == []


def test_the_family_page_says_so_and_the_worklist_calls_it_soon(me, client):
    episode = make_episode(me, born=get_birth_date_before(2))
    for page in (reverse("family", args=[episode.family_id]), reverse("worklist")):
        assert "Transition at 2 on" in client.get(page).content.decode()


def test_after_a_loss_nothing_is_announced(me):
    episode = make_episode(me, born=get_birth_date_before(2), infants=2)
    assert len(list_due_for(me)) == 2
    record_loss(infant=episode.family.infants.first(), loss="death", lost_on=get_days_ago(1), by=me)
    assert len(list_due_for(me)) == 1


def test_nothing_is_announced_of_a_birth_identity_after_adoption(cast, me):
    episode = make_episode(me, born=get_birth_date_before(2))
    record_adoption(
        infant=episode.family.infants.get(), adopted_on=get_days_ago(1), given_name="New", family_name="Name",
        site=Site.objects.hub(), by=cast["governance"],
    )  # fmt: skip
    assert list_due_for(me) == []
    assert list_due_for(cast["supervisor"]) == []


def test_a_child_who_is_here_through_a_relationship_is_announced_here_too(me):
    elsewhere = make_family(reference="E", born=get_birth_date_before(2))
    episode = make_episode(me, born=get_days_ago(200))
    fostered = elsewhere.infants.get()
    Dyad.objects.create(
        family=episode.family,
        infant=fostered,
        caregiver=episode.family.caregivers.get(),
        relationship="foster_carer",
    )
    assert [item.subject_id for item in list_due_for(me)] == [fostered.pk]
    plan_transition_of(me, episode, fostered)
    assert list_due_for(me) == []


def test_an_ended_episode_and_another_site_ask_nothing(cast, me):
    episode = make_episode(me, born=get_birth_date_before(2))
    assert list_due_for(cast["hyndburn"]) == []
    prepare_ending(episode=episode, said=make_ending(), changed={}, handed_on={}, complete=True, by=me)
    assert list_due_for(me) == []


def test_an_ending_meant_for_a_day_that_is_past_is_due_until_it_is_complete(me):
    episode = make_episode(me, born=get_days_ago(200))
    for day, items in ((timezone.localdate(), []), (get_days_ago(1), ["ending_meant"])):
        prepare_ending(
            episode=episode, said=make_ending(ended_on=day), changed={}, handed_on={}, complete=False, by=me
        )
        assert [item.code for item in list_due_for(me)] == items
    prepare_ending(
        episode=episode,
        said=make_ending(ended_on=get_days_ago(1)),
        changed={},
        handed_on={},
        complete=True,
        by=me,
    )
    assert list_due_for(me) == []


def test_due_items_cost_one_query(me, django_assert_num_queries):
    for name in "ABC":
        make_episode(me, reference=name, born=get_birth_date_before(2))
    scope = load_scope(me)
    with django_assert_num_queries(1):
        assert len(list_app_due_items(scope, timezone.localdate())) == 3


def test_an_adoption_seals_keepsakes_and_plans(cast, me):
    episode = make_episode(me, born=get_birth_date_before(2))
    infant, dyad = episode.family.infants.get(), episode.focus.get()
    plan_transition_of(me, episode, infant)
    begin_keepsake(dyad=dyad, asked_for=False, by=me)
    record_adoption(
        infant=infant, adopted_on=get_days_ago(1), given_name="New", family_name="Name", site=Site.objects.hub(),
        by=cast["governance"],
    )  # fmt: skip
    for model in (TransitionPlan, Keepsake):
        assert model.objects.count() == 1
        assert not model.objects.visible_to(load_scope(cast["supervisor"])).exists()


def test_only_possible_transitions_are_planned(me):
    episode = make_episode(me, infants=2)
    first, lost = episode.family.infants.order_by("twin_order")
    record_loss(infant=lost, loss="death", lost_on=get_days_ago(1), by=me)
    lost.refresh_from_db()
    for infant, changed in (
        (lost, {}),
        (first, {"agreed_on": timezone.localdate() + timedelta(days=1)}),
        (first, {"agreed_on": date(2020, 1, 1)}),
    ):
        with pytest.raises(ActionRefused):
            plan_transition_of(me, episode, infant, **changed)
    assert not TransitionPlan.objects.exists()


def test_a_transition_by_page_and_api(cast, me, client):
    episode = make_episode(me, born=get_birth_date_before(2))
    infant, today = episode.family.infants.get(), timezone.localdate().isoformat()
    address = reverse("transitions", args=[episode.family_id])
    assert "transition at 2 on" in client.get(address).content.decode()
    form = {"child": f"two:{infant.pk}", "who_next": "Nursery", "agreed_with": "Cora", "agreed_on": today}
    assert client.post(address, form | {"child": "two:x"}).status_code == 200
    assert client.post(address, form).headers["Location"] == address
    assert "Nursery" in client.get(address).content.decode()
    api = reverse("api-transitions", args=[episode.family_id])
    sent = client.post(api, form | {"child": f"five:{infant.pk}"}, content_type="application/json")
    assert (sent.status_code, sent.json()["turning"]) == (201, "five")
    assert len(client.get(api).json()["plans"]) == 2
    assert "Next: Nursery" in client.get(reverse("chronology", args=[episode.family_id])).content.decode()
    client.force_login(cast["hyndburn"])
    assert client.get(address).status_code == 404


CARD_DATA = {
    "language": "English",
    "title": "You can come back",
    "words": "Ring us.",
    "phone": "01632 960300",
    "hours": "",
}


def test_one_card_for_each_site_and_language(cast):
    site = Site.objects.hub()
    card = save_way_back(site=site, by=cast["supervisor"], **CARD_DATA)
    with pytest.raises(ActionRefused, match="already"):
        save_way_back(site=site, by=cast["supervisor"], **CARD_DATA | {"language": "english"})
    save_way_back(site=site, by=cast["supervisor"], **CARD_DATA | {"language": "Urdu", "words": "…"})
    save_way_back(way_back=card, site=site, by=cast["supervisor"], **CARD_DATA | {"phone": "01632 960301"})
    assert WayBack.objects.phone_of(site.pk) == "01632 960301"
    assert [each.language for each in WayBack.objects.in_order()] == ["English", "Urdu"]


def test_cards_by_page_and_api(cast, me, client):
    assert "A supervisor adds one" in client.get(reverse("ways-back")).content.decode()
    assert client.get(reverse("new-way-back")).status_code == 403
    client.force_login(cast["supervisor"])
    site = Site.objects.hub().code
    done = client.post(reverse("new-way-back"), CARD_DATA | {"site": site})
    card = WayBack.objects.get()
    assert done.headers["Location"] == reverse("return-card", args=[card.pk])
    client.post(reverse("way-back", args=[card.pk]), CARD_DATA | {"site": site, "hours": "Weekdays"})
    api = reverse("api-way-back", args=[card.pk])
    answer = client.patch(api, {"phone": "01632 960302"}, content_type="application/json")
    assert (answer.json()["phone"], answer.json()["hours"]) == ("01632 960302", "Weekdays")
    sent = client.post(
        reverse("api-ways-back"),
        CARD_DATA | {"site": site, "language": "Polish"},
        content_type="application/json",
    )
    assert sent.status_code == 201
    client.force_login(me)
    assert len(client.get(reverse("api-ways-back")).json()["results"]) == 2
    page = client.get(reverse("return-card", args=[card.pk])).content.decode()
    for words in ("You can come back", "01632 960302", "Weekdays"):
        assert words in page


def make_returned_family(me, *, days_after):
    """A family whose work ended, and that is here again so many days later."""
    first = make_episode(me, days_ago=500)
    set_goal(episode=first, dyad=first.focus.get(), words="To sleep at night", by=me)
    ended = get_days_ago(days_after)
    prepare_ending(
        episode=first, said=make_ending(ended_on=ended), changed={}, handed_on={}, complete=True, by=me
    )
    referral = make_accepted_referral(first.family, reference="R-AGAIN", days_ago=0)
    again = open_episode(
        referral=referral, lead=me, focus=list(first.focus.all()), interventions=[], thrive="help",
        opened_on=timezone.localdate(), by=me,
    )  # fmt: skip
    return first, again


def test_a_family_that_returns_within_a_year_has_its_previous_episode_shown(me, client):
    first, again = make_returned_family(me, days_after=200)
    text = client.get(reverse("episode", args=[again.pk])).content.decode()
    for words in ("Last time", "To sleep at night", "Watching the films.", "Evenings are calmer."):
        assert words in text
    assert "Last time" not in client.get(reverse("episode", args=[first.pk])).content.decode()


def test_after_more_than_a_year_it_is_only_in_the_record(me, client):
    _, again = make_returned_family(me, days_after=400)
    assert "Last time" not in client.get(reverse("episode", args=[again.pk])).content.decode()


def make_request_of(user):
    return SimpleNamespace(scope=load_scope(user), access_log=AccessLog())


def test_the_previous_episode_is_shown_to_those_who_may_open_it_and_is_logged(cast, me):
    first, _ = make_returned_family(me, days_after=200)
    families, today, mine = [first.family_id], timezone.localdate(), make_request_of(me)
    assert find_previous_episode(mine, families=families, received=today).helped == "Watching the films."
    assert mine.access_log.listed == {first.family_id}
    assert find_previous_episode(make_request_of(cast["hyndburn"]), families=families, received=today) is None


def test_a_carers_own_previous_episode_is_shown_in_no_other_record(me):
    first, _ = make_returned_family(me, days_after=200)
    first.referral.change(patient=first.family.caregivers.get())
    found = find_previous_episode(
        make_request_of(me), families=[first.family_id], received=timezone.localdate()
    )
    assert found is None
