"""Who sees whom on a roster over two sites: the names of those who attend, and never a restricted family."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from interventions.episodes.models import CareContact
from interventions.groups.actions import add_facilitator, close_programme, end_facilitator, leave_group
from interventions.groups.models import Facilitator, GroupPlace
from pairs.access.scope import NOBODY, load_scope
from pairs.audit.models import AccessEntry
from pairs.families.actions import grant_family_access
from pairs.families.models import Caution
from pairs.service.models import Site
from pairs.service.refusals import ActionRefused
from tests.unit.groups.factories import build_register_post, get_days_ago, make_group, make_place

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme(cast):
    """Held at Blackburn, for families of both sites."""
    return make_group(cast["blackburn"], sites=["hyndburn"])


@pytest.fixture
def other_sites_place(cast, programme):
    """A family of Hyndburn in it."""
    place = make_place(programme, cast["hyndburn"], site="hyndburn", reference="H")
    place.episode.family.infants.update(given_name="Wilf")
    return place


def list_visible_places(user):
    return set(GroupPlace.objects.all().on_roster_of(load_scope(user)).values_list("pk", flat=True))


def test_a_facilitator_sees_names_on_the_roster_and_opens_no_record(
    cast, programme, other_sites_place, client
):
    client.force_login(cast["blackburn"])
    text = client.get(reverse("group", args=[programme.pk])).content.decode()
    assert "Wilf" in text
    assert reverse("group-place", args=[other_sites_place.pk]) not in text
    for name, pk in (
        ("group-place", other_sites_place.pk),
        ("episode", other_sites_place.episode_id),
        ("family", other_sites_place.episode.family_id),
    ):
        assert client.get(reverse(name, args=[pk])).status_code == 404
    entry = AccessEntry.objects.filter(view="group").latest("pk")
    assert other_sites_place.episode.family_id in entry.listed


def test_a_facilitator_registers_them_in_their_own_record(cast, programme, other_sites_place, client):
    client.force_login(cast["blackburn"])
    session = programme.sessions.first()
    (place,) = GroupPlace.objects.filter(pk=other_sites_place.pk).with_people()
    address = reverse("group-register", args=[session.pk])
    client.post(address, build_register_post([place], words={place.pk: "They stayed close."}))
    contact = CareContact.objects.get()
    assert contact.episode_id == other_sites_place.episode_id
    text = client.get(address).content.decode()
    assert "In their own record" in text
    assert reverse("care-contact", args=[contact.pk]) not in text
    assert client.get(reverse("care-contact", args=[contact.pk])).status_code == 404
    client.force_login(cast["hyndburn"])
    assert "They stayed close." in client.get(reverse("care-contact", args=[contact.pk])).content.decode()


def test_a_colleague_who_is_no_facilitator_sees_their_own_families_alone(cast, programme, other_sites_place):
    ours = make_place(programme, cast["blackburn"], reference="O")
    assert list_visible_places(cast["hyndburn"]) == {other_sites_place.pk}
    assert list_visible_places(cast["blackburn"]) == {ours.pk, other_sites_place.pk}  # holds it
    assert list_visible_places(cast["supervisor"]) == {ours.pk, other_sites_place.pk}  # reads both sites
    assert list_visible_places(cast["hub"]) == set()
    for who in ("manager", "peer", "healthvisitor", "administrator"):
        assert list_visible_places(cast[who]) == set(), who
    assert not GroupPlace.objects.all().on_roster_of(NOBODY).exists()


def test_a_partner_without_an_account_gives_nobody_access(cast, programme, other_sites_place):
    add_facilitator(
        programme=programme, user=None, name="Pat", organisation="Example Nursery", by=cast["blackburn"]
    )
    assert list_visible_places(cast["hub"]) == set()
    assert not GroupPlace.objects.all().on_roster_of(NOBODY).exists()


def test_access_ends_with_the_group_the_place_and_the_facilitator(cast, programme, other_sites_place):
    hub = cast["hub"]
    held = add_facilitator(programme=programme, user=hub, name="", organisation="", by=cast["blackburn"])
    assert list_visible_places(hub) == {other_sites_place.pk}
    end_facilitator(facilitator=held, by=cast["blackburn"])
    Facilitator.objects.filter(pk=held.pk).update(until=timezone.localdate() - timedelta(days=1))
    assert list_visible_places(hub) == set()
    add_facilitator(programme=programme, user=hub, name="", organisation="", by=cast["blackburn"])
    assert list_visible_places(hub) == {other_sites_place.pk}
    leave_group(place=other_sites_place, left_on=get_days_ago(1), because="They moved", by=cast["hyndburn"])
    assert list_visible_places(hub) == set()
    GroupPlace.objects.filter(pk=other_sites_place.pk).update(left_on=None, left_because="")
    close_programme(
        programme=programme, closed_on=get_days_ago(0), because="It is done", by=cast["blackburn"]
    )
    assert list_visible_places(hub) == set()
    assert list_visible_places(cast["hyndburn"]) == {
        other_sites_place.pk
    }  # their own record goes on saying it


def test_a_restricted_family_appears_to_whoever_was_given_it_alone(cast, programme, client):
    supervisor = cast["supervisor"]
    place = make_place(programme, cast["hyndburn"], site="hyndburn", reference="R")
    place.episode.family.change(restricted=True)
    place.episode.family.infants.update(given_name="Hidden")
    client.force_login(cast["blackburn"])
    session = programme.sessions.first()
    for name, pk in (
        ("group", programme.pk),
        ("group-register", session.pk),
        ("group-register-paper", session.pk),
        ("api-group-register", session.pk),
        ("new-group-places", programme.pk),
    ):
        assert "Hidden" not in client.get(reverse(name, args=[pk])).content.decode(), name
    assert place.pk not in list_visible_places(cast["blackburn"]) | list_visible_places(
        supervisor
    ) | list_visible_places(cast["hyndburn"])
    (whole,) = GroupPlace.objects.filter(pk=place.pk).with_people()
    answer = client.post(reverse("group-register", args=[session.pk]), build_register_post([whole]))
    assert "There is a problem" in answer.content.decode()
    grant_family_access(
        family=place.episode.family, user=cast["hyndburn"], purpose="care", reason="Leads", by=supervisor
    )
    assert list_visible_places(cast["hyndburn"]) == {place.pk}


def test_a_family_that_moves_away_is_seen_where_it_is(cast, programme):
    place = make_place(programme, cast["hyndburn"], site="hyndburn", reference="M")
    blackpool = Site.objects.get(code="blackpool")
    place.episode.family.change(site=blackpool)
    place.episode.change(site=blackpool)
    assert list_visible_places(cast["hub"]) == {place.pk}
    assert list_visible_places(cast["hyndburn"]) == set()
    assert list_visible_places(cast["blackburn"]) == {place.pk}  # holds the group they still come to


def test_a_site_that_has_no_family_in_it_finds_no_group(cast, programme, client):
    session = programme.sessions.first()
    for who, status in (("hub", 404), ("healthvisitor", 403), ("peer", 403), ("manager", 403)):
        client.force_login(cast[who])
        assert client.get(reverse("group", args=[programme.pk])).status_code == status, who
        assert client.get(reverse("group-register", args=[session.pk])).status_code == status, who
    client.force_login(cast["duty"])  # reads, and does not write
    assert client.get(reverse("group", args=[programme.pk])).status_code == 200
    assert client.post(reverse("group-register", args=[session.pk]), {}).status_code == 403


def make_keep_apart(family, other, *, by_name=""):
    return Caution.objects.create(
        family=family, kind="keep_apart", caregiver=family.caregivers.first(), kept_from=other,
        kept_from_name=by_name, what="A non-molestation order", since=get_days_ago(9),
    )  # fmt: skip


def test_people_to_be_kept_apart_are_warned_of_before_they_meet(cast, programme, client):
    me = cast["blackburn"]
    client.force_login(me)
    here = make_place(programme, me, reference="K1")
    from tests.unit.episodes.factories import make_episode

    episode = make_episode(me, reference="K2")
    make_keep_apart(here.episode.family, episode.family.caregivers.get())
    address = reverse("new-group-place", args=[episode.pk])
    people = [f"infant:{episode.family.infants.get().pk}", f"caregiver:{episode.family.caregivers.get().pk}"]
    sent = {"programme": programme.pk, "people": people, "joined_on": get_days_ago(1).isoformat()}
    text = client.post(address, sent).content.decode()
    assert "A non-molestation order" in text
    assert "Nothing is saved yet" in text
    assert GroupPlace.objects.count() == 1
    word = text.split('name="warned" value="')[1].split('"')[0]
    assert client.post(address, sent | {"warned": "guessed"}).status_code == 200
    assert client.post(address, sent | {"warned": word}).status_code == 302
    for name, pk in (("group", programme.pk), ("group-register", programme.sessions.first().pk)):
        assert "A non-molestation order" in client.get(reverse(name, args=[pk])).content.decode()


def test_a_caution_in_a_hidden_record_is_only_said_to_exist(cast, programme, client):
    ours = make_place(programme, cast["blackburn"], reference="K3")
    theirs = make_place(programme, cast["hyndburn"], site="hyndburn", reference="K4")
    make_keep_apart(theirs.episode.family, ours.episode.family.caregivers.get())
    theirs.episode.family.change(restricted=True)
    client.force_login(cast["blackburn"])
    text = client.get(reverse("group", args=[programme.pk])).content.decode()
    assert "Ask your supervisor before the next session" in text
    assert "non-molestation" not in text


def test_somebody_known_only_by_a_name_is_found_too(cast, programme, client):
    me = cast["blackburn"]
    client.force_login(me)
    here, other = (make_place(programme, me, reference=each) for each in ("N1", "N2"))
    other.episode.family.caregivers.update(given_name="Dan", family_name="Doe")
    make_keep_apart(here.episode.family, None, by_name="Dan DOE")
    assert "Dan DOE" in client.get(reverse("group", args=[programme.pk])).content.decode()


def test_a_partner_facilitates_a_group_once(cast, programme):
    gita = {"user": None, "name": "Gita Rao", "organisation": "Nursery", "by": cast["blackburn"]}
    held = add_facilitator(programme=programme, **gita)
    with pytest.raises(ActionRefused, match="already facilitate"):
        add_facilitator(programme=programme, **gita | {"name": " gita rao"})
    end_facilitator(facilitator=held, by=cast["blackburn"])
    assert add_facilitator(programme=programme, **gita)
