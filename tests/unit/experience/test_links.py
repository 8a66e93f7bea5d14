"""Asking a carer: one link, shown once, nothing of its use to be seen; after a loss somebody thinks first."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from outcomes.experience.actions import ask_for_experience, is_link_usable, sign_new_token
from outcomes.experience.models import ExperienceInvitation, ExperienceLink
from pairs.families.models import Caregiver
from pairs.service.refusals import ActionRefused
from tests.unit.families.factories import make_family

pytestmark = pytest.mark.django_db


def build_path(episode):
    return f"/episodes/{episode.pk}/new-experience-link/"


def get_carer(episode):
    return episode.family.caregivers.get()


def build_post(episode, **more):
    return {"caregiver": str(get_carer(episode).pk), "sealed": sign_new_token()} | more


def find_link(page):
    return re.search(r"/how-it-was/([\w-]{43})/", page.content.decode())


def ask_carer(episode, by, **more):
    said = {"token": "t", "thought_about": False, "lost": False} | more
    return ask_for_experience(episode=episode, caregiver=get_carer(episode), by=by, **said)


def test_the_link_is_shown_once_and_only_its_hash_is_stored(sign_in_as, episode):
    page = sign_in_as("blackburn").post(build_path(episode), build_post(episode))
    token = find_link(page).group(1)
    assert "<svg" in page.content.decode()
    assert is_link_usable(token)
    assert token not in str([*ExperienceLink.objects.values(), *ExperienceInvitation.objects.values()])
    assert find_link(sign_in_as("blackburn").get(build_path(episode))) is None
    asked = ExperienceInvitation.objects.get()
    assert asked.last_day - asked.asked_on == timedelta(days=settings.EXPERIENCE_LINK_DAYS)


def test_nothing_joins_who_was_asked_to_the_link(episode, cast):
    ask_carer(episode, cast["blackburn"])
    asked, link = ExperienceInvitation.objects.values().get(), ExperienceLink.objects.values().get()
    assert set(link) == {"token_hash", "site_id", "last_day"}
    shared = set(map(str, asked.values())) & set(map(str, link.values()))
    assert shared == {str(asked["last_day"])}  # the day alone, as every link of that day has it


def test_two_clicks_make_one_link_and_show_it_twice(sign_in_as, episode):
    same = build_post(episode)
    first, second = (sign_in_as("blackburn").post(build_path(episode), same) for _ in range(2))
    assert find_link(first).group(1) == find_link(second).group(1)
    assert ExperienceInvitation.objects.count() == ExperienceLink.objects.count() == 1


@pytest.mark.parametrize("used", [False, True])
def test_a_carer_is_asked_again_once_the_link_is_over_used_or_not(episode, cast, used):
    """The answer is the same both ways: else it would say whether they answered."""
    asked = ask_carer(episode, cast["blackburn"])
    if used:
        ExperienceLink.objects.all().delete()
    with pytest.raises(ActionRefused) as refused:
        ask_carer(episode, cast["blackburn"], token="other")
    assert "Already asked" in refused.value.errors["caregiver"]
    yesterday = timezone.localdate() - timedelta(days=1)
    asked.change(asked_on=yesterday - timedelta(days=21), last_day=yesterday)
    assert ask_carer(episode, cast["blackburn"], token="other").pk != asked.pk


def test_the_page_is_the_same_whether_they_answered_or_not(sign_in_as, episode, cast):
    ask_carer(episode, cast["blackburn"])
    client, pages = sign_in_as("blackburn"), []
    for _ in range(2):
        page = client.get(build_path(episode)).content.decode()
        pages.append(re.sub(r'(nonce|value)="[^"]*"', "", page))
        ExperienceLink.objects.all().delete()
    assert pages[0] == pages[1]
    assert "Asked on" in pages[0]


def test_after_a_loss_a_second_confirmation_is_needed(sign_in_as, episode):
    episode.family.infants.update(lost_on=timezone.localdate(), loss="death")
    client = sign_in_as("blackburn")
    assert "right time to ask" in client.get(build_path(episode)).content.decode()
    refused = client.post(build_path(episode), build_post(episode))
    assert "Think about this first" in refused.content.decode()
    assert not ExperienceInvitation.objects.exists()
    assert find_link(client.post(build_path(episode), build_post(episode, thought_about="on")))


def test_without_a_loss_nobody_is_asked_about_one(sign_in_as, episode):
    assert "thought_about" not in sign_in_as("blackburn").get(build_path(episode)).content.decode()


@pytest.mark.parametrize("sealed", ["", "x", "x:y:z"])
def test_a_page_that_was_not_ours_or_was_open_too_long_makes_nothing(sign_in_as, episode, sealed):
    page = sign_in_as("blackburn").post(build_path(episode), build_post(episode, sealed=sealed))
    assert "open for too long" in page.content.decode()
    assert not ExperienceLink.objects.exists()


def test_an_episode_long_ended_is_left_alone(sign_in_as, episode):
    episode.change(ended_on=timezone.localdate() - timedelta(days=61), ending_reason="02")
    page = sign_in_as("blackburn").post(build_path(episode), build_post(episode))
    assert "ended more than 60 days ago" in page.content.decode()
    assert not ExperienceLink.objects.exists()


@pytest.mark.parametrize(("days", "offered"), [(None, True), (60, True), (61, False)])
def test_the_episodes_page_offers_it(sign_in_as, episode, days, offered):
    if days:
        episode.change(ended_on=timezone.localdate() - timedelta(days=days), ending_reason="02")
    page = sign_in_as("blackburn").get(f"/episodes/{episode.pk}/").content.decode()
    assert ("new-experience-link" in page) is offered


def test_only_carers_of_the_family_are_asked(sign_in_as, episode):
    other = make_family("hyndburn", reference="O").caregivers.get()
    page = sign_in_as("blackburn").post(build_path(episode), build_post(episode, caregiver=str(other.pk)))
    assert page.status_code == 200
    assert not ExperienceInvitation.objects.exists()


def test_in_a_carers_own_episode_only_they_are_asked(sign_in_as, episode):
    patient = Caregiver.objects.create(family=episode.family, given_name="Own")
    episode.referral.change(patient=patient)
    page = sign_in_as("blackburn").get(build_path(episode)).content.decode()
    values = re.findall(r'name="caregiver" type="radio" value="([^"]*)"', page)
    assert values == [str(patient.pk)]


@pytest.mark.parametrize(("username", "status"), [("hyndburn", 404), ("manager", 403), ("supervisor", 200)])
def test_whoever_writes_the_record_asks(sign_in_as, episode, username, status):
    assert sign_in_as(username).get(build_path(episode)).status_code == status


def test_expired_links_are_deleted_used_or_not(episode, cast, working_link):
    ExperienceLink.objects.update(last_day=timezone.localdate() - timedelta(days=1))
    until = ask_carer(episode, cast["blackburn"]).last_day
    assert list(ExperienceLink.objects.values_list("last_day", flat=True)) == [until]
