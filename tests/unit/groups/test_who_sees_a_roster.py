"""Who sees whom on a roster over two sites: names of those in the room, and never a restricted family."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from interventions.episodes.models import CareContact
from interventions.groups.actions import add_facilitator, close_programme, end_facilitator, leave_group
from interventions.groups.models import Facilitator, GroupPlace
from pairs.access.scope import NOBODY, scope_of
from pairs.audit.models import AccessEntry
from pairs.families.actions import link_to_family
from pairs.families.models import Caution
from pairs.service.models import Site
from tests.unit.groups.groups import ago, make_group, make_place, posted

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme(cast):
    """Held at Blackburn, for families of both sites."""
    return make_group(cast["blackburn"], sites=["hyndburn"])


@pytest.fixture
def theirs(cast, programme):
    """A family of Hyndburn in it."""
    place = make_place(programme, cast["hyndburn"], site="hyndburn", reference="H")
    place.episode.family.infants.update(given_name="Wilf")
    return place


def sees(user):
    return set(GroupPlace.objects.all().in_the_room(scope_of(user)).values_list("pk", flat=True))


def test_whoever_holds_it_sees_names_in_the_room_and_opens_no_record(cast, programme, theirs, client):
    client.force_login(cast["blackburn"])
    text = client.get(reverse("group", args=[programme.pk])).content.decode()
    assert "Wilf" in text
    assert reverse("group-place", args=[theirs.pk]) not in text
    for name, pk in (
        ("group-place", theirs.pk),
        ("episode", theirs.episode_id),
        ("family", theirs.episode.family_id),
    ):
        assert client.get(reverse(name, args=[pk])).status_code == 404
    entry = AccessEntry.objects.filter(view="group").latest("pk")
    assert theirs.episode.family_id in entry.listed


def test_whoever_holds_it_registers_them_into_their_own_record(cast, programme, theirs, client):
    client.force_login(cast["blackburn"])
    session = programme.sessions.first()
    (place,) = GroupPlace.objects.filter(pk=theirs.pk).with_people()
    address = reverse("group-register", args=[session.pk])
    client.post(address, posted([place], words={place.pk: "They stayed close."}))
    contact = CareContact.objects.get()
    assert contact.episode_id == theirs.episode_id
    text = client.get(address).content.decode()
    assert "In their own record" in text
    assert reverse("care-contact", args=[contact.pk]) not in text
    assert client.get(reverse("care-contact", args=[contact.pk])).status_code == 404
    client.force_login(cast["hyndburn"])
    assert "They stayed close." in client.get(reverse("care-contact", args=[contact.pk])).content.decode()


def test_a_colleague_of_the_site_who_does_not_hold_it_sees_their_own_families_alone(cast, programme, theirs):
    ours = make_place(programme, cast["blackburn"], reference="O")
    assert sees(cast["hyndburn"]) == {theirs.pk}
    assert sees(cast["blackburn"]) == {ours.pk, theirs.pk}  # holds it
    assert sees(cast["supervisor"]) == {ours.pk, theirs.pk}  # reads both sites
    assert sees(cast["hub"]) == set()
    for who in ("manager", "peer", "healthvisitor", "administrator"):
        assert sees(cast[who]) == set(), who
    assert not GroupPlace.objects.all().in_the_room(NOBODY).exists()


def test_a_partner_named_without_an_account_opens_no_door_for_anybody(cast, programme, theirs):
    add_facilitator(
        programme=programme, user=None, name="Pat", organisation="Example Nursery", by=cast["blackburn"]
    )
    assert sees(cast["hub"]) == set()
    assert not GroupPlace.objects.all().in_the_room(NOBODY).exists()


def test_the_door_closes_with_the_group_the_place_and_the_holding(cast, programme, theirs):
    hub = cast["hub"]
    held = add_facilitator(programme=programme, user=hub, name="", organisation="", by=cast["blackburn"])
    assert sees(hub) == {theirs.pk}
    end_facilitator(facilitator=held, by=cast["blackburn"])
    Facilitator.objects.filter(pk=held.pk).update(until=timezone.localdate() - timedelta(days=1))
    assert sees(hub) == set()
    add_facilitator(programme=programme, user=hub, name="", organisation="", by=cast["blackburn"])
    assert sees(hub) == {theirs.pk}
    leave_group(place=theirs, left_on=ago(1), because="They moved", by=cast["hyndburn"])
    assert sees(hub) == set()
    GroupPlace.objects.filter(pk=theirs.pk).update(left_on=None, left_because="")
    close_programme(programme=programme, closed_on=ago(0), because="It is done", by=cast["blackburn"])
    assert sees(hub) == set()
    assert sees(cast["hyndburn"]) == {theirs.pk}  # their own record goes on saying it


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
    assert place.pk not in sees(cast["blackburn"]) | sees(supervisor) | sees(cast["hyndburn"])
    (whole,) = GroupPlace.objects.filter(pk=place.pk).with_people()
    answer = client.post(reverse("group-register", args=[session.pk]), posted([whole]))
    assert "There is a problem" in answer.content.decode()
    link_to_family(
        family=place.episode.family, user=cast["hyndburn"], purpose="care", reason="Leads", by=supervisor
    )
    assert sees(cast["hyndburn"]) == {place.pk}


def test_a_family_that_moves_away_is_seen_where_it_is(cast, programme):
    place = make_place(programme, cast["hyndburn"], site="hyndburn", reference="M")
    blackpool = Site.objects.get(code="blackpool")
    place.episode.family.change(site=blackpool)
    place.episode.change(site=blackpool)
    assert sees(cast["hub"]) == {place.pk}
    assert sees(cast["hyndburn"]) == set()
    assert sees(cast["blackburn"]) == {place.pk}  # holds the group they still come to


def test_a_site_that_has_no_family_in_it_finds_no_group(cast, programme, client):
    session = programme.sessions.first()
    for who, status in (("hub", 404), ("healthvisitor", 403), ("peer", 403), ("manager", 403)):
        client.force_login(cast[who])
        assert client.get(reverse("group", args=[programme.pk])).status_code == status, who
        assert client.get(reverse("group-register", args=[session.pk])).status_code == status, who
    client.force_login(cast["duty"])  # reads, and does not write
    assert client.get(reverse("group", args=[programme.pk])).status_code == 200
    assert client.post(reverse("group-register", args=[session.pk]), {}).status_code == 403


def apart(family, other, *, by_name=""):
    return Caution.objects.create(
        family=family, kind="keep_apart", caregiver=family.caregivers.first(), kept_from=other,
        kept_from_name=by_name, what="A non-molestation order", since=ago(9),
    )  # fmt: skip


def test_people_to_be_kept_apart_are_said_before_they_meet(cast, programme, client):
    me = cast["blackburn"]
    client.force_login(me)
    here = make_place(programme, me, reference="K1")
    from tests.unit.episodes.work import make_episode

    episode = make_episode(me, reference="K2")
    apart(here.episode.family, episode.family.caregivers.get())
    address = reverse("new-group-place", args=[episode.pk])
    people = [f"infant:{episode.family.infants.get().pk}", f"caregiver:{episode.family.caregivers.get().pk}"]
    sent = {"programme": programme.pk, "people": people, "joined_on": ago(1).isoformat()}
    text = client.post(address, sent).content.decode()
    assert "A non-molestation order" in text
    assert "Nothing is saved yet" in text
    assert GroupPlace.objects.count() == 1
    word = text.split('name="warned" value="')[1].split('"')[0]
    assert client.post(address, sent | {"warned": "guessed"}).status_code == 200
    assert client.post(address, sent | {"warned": word}).status_code == 302
    for name, pk in (("group", programme.pk), ("group-register", programme.sessions.first().pk)):
        assert "A non-molestation order" in client.get(reverse(name, args=[pk])).content.decode()


def test_of_a_record_out_of_sight_it_is_only_said_that_there_is_one(cast, programme, client):
    ours = make_place(programme, cast["blackburn"], reference="K3")
    theirs = make_place(programme, cast["hyndburn"], site="hyndburn", reference="K4")
    apart(theirs.episode.family, ours.episode.family.caregivers.get())
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
    apart(here.episode.family, None, by_name="Dan DOE")
    assert "Dan DOE" in client.get(reverse("group", args=[programme.pk])).content.decode()
