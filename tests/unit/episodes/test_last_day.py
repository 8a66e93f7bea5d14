"""A contact names nobody after their last day; one of before that day is written up with them, late as it may be."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from interventions.episodes.models import CareContact
from pairs.service.refusals import ActionRefused
from tests.unit.episodes.factories import make_contact, make_episode
from tests.unit.episodes.test_pages import build_contact_form
from tests.unit.episodes.test_work_by_api import call_api


def say_died(episode, who, days_ago):
    day = timezone.localdate() - timedelta(days=days_ago)
    if who == "baby":
        episode.family.infants.get().change(lost_on=day, loss="death", birth_date=day - timedelta(days=40))
    else:
        episode.family.caregivers.get().change(died_on=day)


@pytest.mark.parametrize("who", ["baby", "carer"])
@pytest.mark.parametrize(("days_ago", "refused"), [(4, False), (3, False), (2, True)])
def test_a_contact_names_nobody_after_their_last_day(me, who, days_ago, refused):
    episode = make_episode(me)
    say_died(episode, who, 3)
    if refused:
        with pytest.raises(ActionRefused, match="died on") as why:
            make_contact(episode, me, days_ago=days_ago, infant="not_brought", carer="did_not_attend")
        assert set(why.value.errors) == {"participants"}
    make_contact(
        episode,
        me,
        days_ago=days_ago,
        infant="attended",
        carer="attended",
    ) if not refused else None
    assert CareContact.objects.count() == (0 if refused else 1)


def test_the_page_offers_who_died_since_the_work_began_without_saying_that_they_came(me, client):
    episode = make_episode(me)
    row = f'value="{episode.family.infants.get().pk}"'
    say_died(episode, "baby", 3)
    page = client.get(reverse("new-contact", args=[episode.pk])).content.decode()
    assert row in page
    died_row = page[page.index(row) :].partition("pairs-person__answers")[0]
    assert "Not expected" in died_row  # what could be pressed is folded away
    say_died(episode, "baby", 300)
    assert row not in client.get(reverse("new-contact", args=[episode.pk])).content.decode()


def test_page_and_api_say_beside_the_people_that_the_baby_had_died(me, client):
    episode = make_episode(me)
    say_died(episode, "baby", 3)
    missed = {"form-0-attendance": "not_brought", "form-0-reason_unknown": "on"}
    answer = client.post(reverse("new-contact", args=[episode.pk]), build_contact_form(episode, **missed))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Choose an earlier date, or remove them." in page
    baby = {
        "person": str(episode.family.infants.get().pk),
        "attendance": "not_brought",
        "reason_unknown": True,
    }
    sent = {"held_on": timezone.localdate().isoformat(), "held_at": "00:00", "minutes": 20}
    sent |= {"mechanism": "01", "location": "A01", "participants": [baby]}
    status, answer = call_api(client, "api-contacts", episode.pk, post=sent)
    assert (status, set(answer["errors"])) == (400, {"participants"})
    assert not CareContact.objects.exists()
