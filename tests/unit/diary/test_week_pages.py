"""The diary as a week: the time axis, free hours that lead to the form, what was cancelled."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from interventions.diary.actions import cancel_appointment
from tests.unit.diary.factories import get_time, make_visit
from tests.unit.diary.test_pages import fill_in_shown_form, get_page_text
from tests.unit.episodes.factories import make_episode


@pytest.fixture
def episode(me):
    return make_episode(me)


def test_a_week_is_drawn_on_a_time_axis_and_a_site_is_a_list(me, client, episode):
    make_visit(episode, me, days=2, hour=10, minute=35, minutes=50, travel_minutes=20)
    day = get_time(2).date().isoformat()
    week = get_page_text(client, "diary", on=day)
    assert "pairs-week--grid" in week
    assert "pairs-at-h10 pairs-at-m35 pairs-long-h0 pairs-long-m50" in week
    assert "pairs-travel pairs-at-h10 pairs-at-m15 pairs-long-h0 pairs-long-m20" in week
    assert "1 h 10 booked" in week
    assert "pairs-week--grid" not in get_page_text(client, "diary", on=day, whose=f"site:{episode.site_id}")


def test_a_free_hour_leads_to_the_filled_in_form(me, client, episode):
    """From the diary to the family and its form: the day, the time and the length are those of the free hour."""
    other = make_episode(me, reference="O")
    make_visit(other, me, days=9)
    monday = timezone.localdate() + timedelta(days=7 - timezone.localdate().weekday())
    week = get_page_text(client, "diary", on=monday.isoformat())
    offer = f"{reverse('book-a-time')}?on={monday.isoformat()}&amp;at=09%3A00&amp;whose=mine&amp;minutes=60"
    assert offer in week
    page = client.get(offer.replace("&amp;", "&")).content.decode()
    mine, theirs = (reverse("new-appointment", args=[each.pk]) for each in (episode, other))
    assert page.index(mine) < page.index(theirs)  # without a booking first
    assert "Nothing booked" in page
    path = re.search(f'href="({mine}[^"]+)"', page)[1].replace("&amp;", "&")
    values = fill_in_shown_form(client.get(path))
    assert (values["starts_on"], values["starts_time"], values["minutes"]) == (
        [monday.isoformat()], ["09:00"], ["60"],
    )  # fmt: skip


@pytest.mark.parametrize(
    "asked", ["on=x&at=99:99&minutes=-1&whose=person:x", "on=2026-02-30&at=x&minutes=1e9", ""]
)
def test_a_wanted_time_that_cannot_be_read_is_left_out(me, client, episode, asked):
    for name, args in (("book-a-time", []), ("new-appointment", [episode.pk])):
        assert client.get(f"{reverse(name, args=args)}?{asked}").status_code == 200


def test_a_cancelled_visit_can_be_booked_anew_from_the_week(me, client, episode):
    row = make_visit(episode, me, days=2)
    cancel_appointment(appointment=row, whose="cancelled_family", why="A cold", by=me)
    page = get_page_text(client, "diary", on=get_time(2).date().isoformat())
    assert "pairs-entry--cancelled" in page
    assert f'href="{reverse("new-appointment", args=[episode.pk])}">Rebook' in page
