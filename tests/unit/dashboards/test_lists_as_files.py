"""Lists that are taken out as CSV files: for whoever may open the list, in full, with its line in the access log."""

import csv

import pytest
from django.urls import reverse
from django.utils import timezone

from interventions.episodes.models import Intervention
from interventions.plans.actions.team import start_wait
from pairs.audit.models import AccessEntry
from pairs.families.models import Infant
from pairs.service.models import Place
from referrals.models import Destination
from tests.unit.episodes.factories import make_episode
from tests.unit.filming.factories import make_recording
from tests.unit.groups.factories import make_group
from tests.unit.referrals.factories import make_test_referral
from tests.unit.supervision.factories import make_agreement

pytestmark = pytest.mark.django_db
LISTS = {
    "worklist-csv": ("worklist", "manager"),
    "waits-csv": ("waits", "manager"),
    "waiting-csv": ("waiting-to-start", "manager"),
    "recordings-csv": ("recordings", "manager"),
    "my-referrals-csv": ("my-referrals", "blackburn"),
    "consultations-csv": ("consultations", "peer"),
    "destinations-csv": ("destinations", "healthvisitor"),
    "supervision-csv": ("supervision", "duty"),
    "groups-csv": ("groups", "manager"),
}


def read_file(client, name, **asked):
    answer = client.get(reverse(name), asked)
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/csv")
    return list(csv.DictReader(answer.content.decode().splitlines()))


@pytest.mark.parametrize("name", LISTS)
def test_who_may_not_open_the_list_may_not_take_it_out(client, cast, name):
    page, stranger = LISTS[name]
    client.force_login(cast[stranger])
    assert client.get(reverse(page)).status_code == 403
    assert client.get(reverse(name)).status_code == 403


@pytest.mark.parametrize("name", LISTS)
def test_the_list_leads_to_its_file_and_can_be_printed(client, cast, name):
    page, _ = LISTS[name]
    if name == "my-referrals-csv":
        make_test_referral(cast["healthvisitor"])
    client.force_login(cast["healthvisitor" if name == "my-referrals-csv" else "supervisor"])
    text = client.get(reverse(page)).content.decode()
    assert reverse(name) in text
    assert "data-print" in text


def test_to_do_names_each_family_and_is_in_the_access_log(me, client):
    episode = make_episode(me, days_ago=40)
    Infant.objects.filter(family=episode.family_id).update(given_name="=1+1")
    shown = client.get(reverse("worklist")).content.decode()
    rows = read_file(client, "worklist-csv")
    assert rows
    assert all(row["To do"] in shown for row in rows)
    assert {row["Family"][:5] for row in rows} == {"'=1+1"}
    assert AccessEntry.objects.get(view="worklist-csv").listed == [episode.family_id]


def test_waiting_times_as_on_the_page(client, cast):
    referral = make_test_referral(cast["healthvisitor"])
    client.force_login(cast["duty"])
    (row,) = read_file(client, "waits-csv")
    assert (row["Reference"], row["Days"], row["First contact"]) == (referral.reference, "0", "")
    assert read_file(client, "waits-csv", site="nowhere") == []


def test_who_waits_to_start(me, client):
    episode = make_episode(me, days_ago=40)
    start_wait(
        episode=episode,
        intervention=Intervention.objects.order_by("-order").first(),
        since=timezone.localdate(),
        by=me,
    )
    (row,) = read_file(client, "waiting-csv")
    assert (row["Lead"], row["Days"]) == (str(me), "0")
    assert AccessEntry.objects.get(view="waiting-csv").listed == [episode.family_id]


def test_recordings_say_where_they_are_kept_and_until_when(me, client):
    film = make_recording(make_episode(me), me)
    (row,) = read_file(client, "recordings-csv")
    assert (row["Kept"], row["Delete by"]) == (film.kept_where, str(film.due_on))


def test_a_referrer_takes_out_their_own_and_their_teams(client, cast):
    mine = make_test_referral(cast["healthvisitor"])
    client.force_login(cast["healthvisitor"])
    (row,) = read_file(client, "my-referrals-csv")
    assert (row["Reference"], row["Status"]) == (mine.reference, "Received")


def test_the_directory_of_one_district(client, cast):
    hub = Destination.objects.create(
        name="Hub", offers="Tea", phone="01632 960555", checked_on=timezone.localdate()
    )
    hub.places.set(Place.objects.filter(code="hyndburn"))
    client.force_login(cast["duty"])
    (row,) = read_file(client, "destinations-csv", place="hyndburn")
    assert (row["Name"], row["Districts"]) == ("Hub", "Hyndburn")
    assert "Hub" not in str(read_file(client, "destinations-csv", place="blackpool"))


def test_groups_by_their_numbers(me, client):
    group = make_group(me)
    (row,) = read_file(client, "groups-csv")
    assert (row["Group"], row["Families"], row["Ended"]) == (group.name, "0", "")


def test_who_has_supervision(client, cast):
    agreed = make_agreement(cast)
    client.force_login(cast["supervisor"])
    (row,) = read_file(client, "supervision-csv")
    assert (row["Who"], row["Last"], row["Next"]) == (str(agreed.supervisee), "", "")
