"""Sites and districts as an administrator keeps them; the lists and the directory they find from there."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from pairs.service.models import Place, RoleAtSite, Site
from pairs.service.refusals import ActionRefused
from pairs.service.roles import Role
from pairs.service.site_actions import add_site, change_covering_site, change_site
from referrals.actions.submit import get_covering_site
from referrals.models import Destination
from tests.unit.episodes.factories import make_episode


@pytest.fixture
def administrator(client, cast):
    client.force_login(cast["administrator"])
    return client


def get_day(days):
    return timezone.localdate() + timedelta(days=days)


@pytest.mark.parametrize(
    ("opens", "closes", "is_open"),
    [(None, None, False), (0, None, True), (1, None, False), (-9, 0, True), (-9, -1, False), (-9, 5, True)],
)
def test_a_site_is_open_from_its_first_day_to_its_last(db, opens, closes, is_open):
    days = [None if each is None else get_day(each) for each in (opens, closes)]
    site = Site.objects.create(code="new", name="New", opens_on=days[0], closes_on=days[1])
    assert site.is_open_on(get_day(0)) is is_open
    assert Site.objects.open_on(get_day(0)).filter(pk=site.pk).exists() is is_open


@pytest.mark.parametrize(
    ("opens", "closes", "to_itself"), [(-9, None, True), (-9, -1, False), (None, None, False)]
)
def test_a_new_referral_goes_to_the_hub_while_its_site_is_not_open(db, opens, closes, to_itself):
    days = [None if each is None else get_day(each) for each in (opens, closes)]
    site = Site.objects.create(code="new", name="New", opens_on=days[0], closes_on=days[1])
    place = Place.objects.get(code="burnley")
    place.covering_site = site
    assert get_covering_site(place) == (site if to_itself else Site.objects.hub())


def test_a_site_is_added_with_a_group_for_each_role(administrator):
    answer = administrator.post(
        reverse("new-site"), {"name": "Fleetwood & Wyre", "opens_on": "", "closes_on": ""}
    )
    site = Site.objects.get(name="Fleetwood & Wyre")
    assert answer.status_code == 302
    assert set(RoleAtSite.objects.filter(site=site).values_list("role", flat=True)) == set(Role.values)
    page = administrator.get(reverse("sites")).content.decode()
    assert "Planned satellite" in page


@pytest.mark.parametrize(
    ("name", "opens", "closes", "field"),
    [
        ("Hyndburn", 0, None, "name"),
        ("HYNDBURN", 0, None, "name"),
        ("!!", 0, None, "name"),
        ("New", None, 5, "opens_on"),
        ("New", 5, 4, "closes_on"),
    ],
)
def test_a_site_that_cannot_be_is_refused_beside_its_field(db, name, opens, closes, field):
    days = [None if each is None else get_day(each) for each in (opens, closes)]
    with pytest.raises(ActionRefused) as refused:
        add_site(name=name, opens_on=days[0], closes_on=days[1])
    assert list(refused.value.errors) == [field]


def close(site, days=30):
    return change_site(site=site, name=site.name, opens_on=site.opens_on, closes_on=get_day(days))


def test_a_site_closes_once_its_districts_and_its_work_are_elsewhere(cast):
    site = Site.objects.get(code="blackburn-with-darwen")
    make_episode(cast["blackburn"])
    with pytest.raises(ActionRefused, match="Let another site serve Blackburn with Darwen first"):
        close(site)
    for place in site.places.all():
        change_covering_site(place=place, covering_site=Site.objects.hub())
    with pytest.raises(ActionRefused, match="1 family in open work"):
        close(site)


def test_the_hub_stays_open(db):
    with pytest.raises(ActionRefused, match="The hub stays open"):
        close(Site.objects.hub())


def test_a_district_is_given_to_another_site_by_page_and_api(administrator):
    place = Place.objects.get(code="pendle")
    administrator.post(reverse("district", args=[place.pk]), {"covering_site": "hyndburn"})
    place.refresh_from_db()
    assert place.covering_site.code == "hyndburn"
    changed = administrator.patch(
        reverse("api-district", args=[place.pk]),
        {"covering_site": "preston"},
        content_type="application/json",
    )
    assert changed.json()["covering_site"] == "preston"


def test_the_api_keeps_sites(administrator):
    made = administrator.post(
        reverse("api-site-settings"), {"name": "Lancaster"}, content_type="application/json"
    )
    assert (made.status_code, made.json()["code"], made.json()["opens_on"]) == (201, "lancaster", None)
    address = reverse("api-site", args=[made.json()["id"]])
    opened = administrator.patch(address, {"opens_on": "2026-01-05"}, content_type="application/json")
    assert opened.json()["opens_on"] == "2026-01-05"


def test_code_lists_say_where_they_are_from(administrator):
    page = administrator.get(reverse("code-lists")).content.decode()
    for words in (
        "NHS Data Dictionary, ETHNIC CATEGORY",
        "White: British",
        "kept by administrators",
        "Face to face",
    ):
        assert words in page
    assert reverse("exclusion-groups") in page


def test_an_administrator_keeps_the_signposting_directory(administrator):
    new = {"name": "Family hub", "offers": "Play sessions", "how_to_start": "Walk in"}
    administrator.post(reverse("new-destination"), new)
    kept = Destination.objects.get()
    assert "Family hub" in administrator.get(reverse("destinations")).content.decode()
    changed = administrator.patch(
        reverse("api-destination", args=[kept.pk]), {"offers": "Groups"}, content_type="application/json"
    )
    assert (changed.status_code, changed.json()["offers"]) == (200, "Groups")


@pytest.mark.parametrize("who", ["supervisor", "manager", "governance", "blackburn"])
@pytest.mark.parametrize("name", ["settings", "sites", "new-site", "code-lists", "official-files", "setup"])
def test_settings_are_an_administrators(client, cast, who, name):
    client.force_login(cast[who])
    assert client.get(reverse(name)).status_code == 403
