"""Peer support: what a supporter sees and writes, that no note is theirs, and that access ends with the link."""

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from interventions.collaboration import actions
from interventions.collaboration.models import PeerLog, PeerSupport
from interventions.episodes.actions import set_goal
from pairs.families.actions import grant_family_access, raise_risk_alert
from pairs.families.models import Caregiver, Dyad, FamilyGrant, RiskAlert
from pairs.families.safe_contact import describe_safe_contact
from pairs.service.refusals import ActionRefused
from tests.project import expected_access
from tests.project.crawler import list_matrix_addresses
from tests.unit.collaboration.factories import link_peer
from tests.unit.episodes.factories import make_contact, make_episode

pytestmark = pytest.mark.django_db
OWN_PAGES = {
    "supported-families", "supported-family", "new-peer-log", "worry", "peer-log-in-error", "api-supported-families",
    "api-supported-family", "api-own-log", "api-worry", "api-peer-log-in-error",
}  # fmt: skip
LOG_DATA = {"how": "met", "minutes": 40, "who": "Cora and the baby", "line": "We walked to the park."}
WORRY_DATA = {"at_risk": "yes", "who": "Cora", "what": "She said she cannot go on."}


@pytest.fixture
def peer_client(cast):
    client = Client()
    client.force_login(cast["peer"])
    return client


@pytest.fixture
def team_client(cast):
    client = Client()
    client.force_login(cast["blackburn"])
    return client


def test_by_enumeration_a_peer_supporter_opens_their_own_pages_and_no_record():
    """Of all addresses, those that any permission of theirs opens; none is of an app that holds notes."""
    theirs = {
        each.name
        for each in list_matrix_addresses()
        if each.policy
        and each.policy.kind == expected_access.PERMISSION
        and "support_families" in str(each.policy.permissions)
    }
    assert theirs == OWN_PAGES


def test_linked_before_any_episode_they_see_safe_contact_and_alerts(cast, family, team_client, peer_client):
    sent = {"supporter": cast["peer"].pk, "agreed_on": timezone.localdate(), "why": "She would like company"}
    answer = team_client.post(reverse("new-peer-supporter", args=[family.pk]), sent)
    assert answer.headers["Location"] == reverse("peer-support", args=[family.pk])
    raise_risk_alert(site=family.site, family=family, what="A stair gate is missing", by=cast["blackburn"])
    families = peer_client.get(reverse("supported-families")).content.decode()
    assert reverse("supported-family", args=[family.pk]) in families
    carer = family.caregivers.get()
    assert f"{carer}: {describe_safe_contact(carer).sentence}" in families
    page = peer_client.get(reverse("supported-family", args=[family.pk])).content.decode()
    for words in ("01632 960001", "A stair gate is missing", "I’m worried", "No goals agreed yet."):
        assert words in page


def test_they_see_nothing_of_a_note(cast, peer_client):
    episode = make_episode(cast["blackburn"])
    make_contact(episode, cast["blackburn"])
    link_peer(cast, episode.family)
    set_goal(
        episode=episode, dyad=episode.family.dyads.first(), words="To sleep through", by=cast["blackburn"]
    )
    for name in ("supported-family", "api-supported-family", "new-peer-log", "worry", "api-own-log"):
        answer = peer_client.get(reverse(name, args=[episode.family_id]))
        if answer.status_code == 405:
            continue
        page = answer.content.decode()
        assert answer.status_code == 200, name
        for hidden in ("We played on the mat", "She looked up and smiled"):
            assert hidden not in page, name
    assert (
        "To sleep through"
        in peer_client.get(reverse("supported-family", args=[episode.family_id])).content.decode()
    )
    for name, pk in (
        ("family", episode.family_id),
        ("episode", episode.pk),
        ("chronology", episode.family_id),
        ("peer-support", episode.family_id),
        ("care-contact", episode.contacts.first().pk),
    ):
        assert peer_client.get(reverse(name, args=[pk])).status_code == 403, name


def test_linked_to_one_carer_they_read_of_that_one_alone(cast, peer_client):
    episode = make_episode(cast["blackburn"])
    family, by = episode.family, cast["blackburn"]
    cora = family.dyads.get().caregiver
    other = Caregiver.objects.create(
        family=family, given_name="Otto", family_name="Other", phone="01632 960777"
    )
    apart = Dyad.objects.create(
        family=family, infant=family.infants.get(), caregiver=other, relationship="father"
    )
    set_goal(episode=episode, dyad=apart, words="To see him on Sundays", by=by)
    set_goal(episode=episode, dyad=family.dyads.get(caregiver=cora), words="To rest", by=by)
    link_peer(cast, family, caregiver=cora)
    pages = [
        peer_client.get(reverse(name, args=[family.pk])).content.decode()
        for name in ("supported-family", "api-supported-family")
    ]
    assert "Otto" not in peer_client.get(reverse("supported-families")).content.decode()
    for page in pages:
        assert "To rest" in page
        for hidden in ("01632 960777", "To see him on Sundays", "Otto"):
            assert hidden not in page


def test_their_log_is_theirs_and_the_teams(cast, family, peer_client, team_client):
    link_peer(cast, family)
    address = reverse("new-peer-log", args=[family.pk])
    answer = peer_client.post(address, LOG_DATA | {"day": timezone.localdate()})
    assert answer.headers["Location"] == reverse("supported-family", args=[family.pk])
    assert LOG_DATA["line"] in peer_client.get(answer.headers["Location"]).content.decode()
    assert LOG_DATA["line"] in team_client.get(reverse("peer-support", args=[family.pk])).content.decode()
    assert LOG_DATA["line"] in team_client.get(reverse("chronology", args=[family.pk])).content.decode()
    later = timezone.localdate() + timezone.timedelta(days=2)
    refused = peer_client.post(address, LOG_DATA | {"day": later}).content.decode()
    assert "This date is in the future." in refused
    assert PeerLog.objects.count() == 1


def test_another_supporters_lines_are_not_theirs(cast, family, peer_client):
    from pairs.service.actions import assign_role
    from pairs.service.models import User

    second = User.objects.create(username="peer2", display_name="Pat Peer")
    assign_role(user=second, role="peer_supporter", site=family.site)
    link_peer(cast, family)
    other = actions.link_peer_supporter(
        family=family,
        supporter=second,
        caregiver=None,
        agreed_on=timezone.localdate(),
        why="Too",
        by=cast["hub"],
    )
    line = actions.write_peer_log(link=other, day=timezone.localdate(), by=second, **LOG_DATA)
    assert (
        LOG_DATA["line"]
        not in peer_client.get(reverse("supported-family", args=[family.pk])).content.decode()
    )
    assert peer_client.get(reverse("api-own-log", args=[family.pk])).json()["results"] == []
    assert (
        peer_client.post(reverse("peer-log-in-error", args=[line.pk]), {"reason": "Mine"}).status_code == 404
    )
    with pytest.raises(ActionRefused, match="Only the peer supporter"):
        actions.write_peer_log(link=other, day=timezone.localdate(), by=cast["peer"], **LOG_DATA)


def test_a_line_can_be_taken_back(cast, family, peer_client, team_client):
    line = actions.write_peer_log(
        link=link_peer(cast, family), day=timezone.localdate(), by=cast["peer"], **LOG_DATA
    )
    answer = peer_client.post(reverse("peer-log-in-error", args=[line.pk]), {"reason": "Another family"})
    assert answer.status_code == 302
    for client, page in ((peer_client, "supported-family"), (team_client, "peer-support")):
        assert LOG_DATA["line"] not in client.get(reverse(page, args=[family.pk])).content.decode()
    assert PeerLog.objects.get().entered_in_error_reason == "Another family"


def test_a_worry_raises_a_risk_alert_and_notifies_lead_and_duty(
    cast, peer_client, django_capture_on_commit_callbacks
):
    episode = make_episode(cast["blackburn"])
    link_peer(cast, episode.family)
    answer = peer_client.post(reverse("worry", args=[episode.family_id]), WORRY_DATA)
    assert answer.status_code == 302
    alert = RiskAlert.objects.get()
    assert alert.what == "At risk now: Cora. She said she cannot go on."
    assert (alert.lead, alert.raised_by, alert.site) == (cast["blackburn"], cast["peer"], episode.family.site)
    page = peer_client.get(answer.headers["Location"]).content.decode()
    assert "Thank you for telling us" in page
    for each in mail.outbox:
        assert "cannot go on" not in each.body + each.subject


def test_a_worry_needs_to_say_what_and_how_urgent(cast, family, peer_client):
    link_peer(cast, family)
    page = peer_client.post(reverse("worry", args=[family.pk]), {"who": "Cora"}).content.decode()
    assert "There is a problem" in page
    assert not RiskAlert.objects.exists()


def test_the_link_ended_everything_ends_at_once(cast, family, peer_client, team_client):
    link = link_peer(cast, family)
    line = actions.write_peer_log(link=link, day=timezone.localdate(), by=cast["peer"], **LOG_DATA)
    assert peer_client.get(reverse("supported-family", args=[family.pk])).status_code == 200
    answer = team_client.post(reverse("peer-ending", args=[link.pk]), {"ended_because": "The group begins."})
    assert answer.status_code == 302
    for name in (
        "supported-family",
        "new-peer-log",
        "worry",
        "api-supported-family",
        "api-own-log",
        "api-worry",
    ):
        method = peer_client.post if name == "api-worry" else peer_client.get
        assert method(reverse(name, args=[family.pk])).status_code == 404, name
    assert peer_client.get(reverse("peer-log-in-error", args=[line.pk])).status_code == 404
    assert "You are not linked" in peer_client.get(reverse("supported-families")).content.decode()
    assert LOG_DATA["line"] in team_client.get(reverse("peer-support", args=[family.pk])).content.decode()


def test_one_of_two_links_ended_the_other_goes_on(cast, family, peer_client):
    cora = family.dyads.get().caregiver
    first, _ = link_peer(cast, family), link_peer(cast, family, caregiver=cora)
    assert FamilyGrant.objects.count() == 1
    actions.end_peer_support(link=first, ended_because="Once is enough", by=cast["blackburn"])
    assert peer_client.get(reverse("supported-family", args=[family.pk])).status_code == 200


def test_only_a_peer_supporter_is_linked_and_only_once(cast, family):
    with pytest.raises(ActionRefused, match="Choose a peer supporter"):
        actions.link_peer_supporter(
            family=family, supporter=cast["duty"], caregiver=None, agreed_on=timezone.localdate(), why="x",
            by=cast["blackburn"],
        )  # fmt: skip
    link_peer(cast, family)
    with pytest.raises(ActionRefused, match="already"):
        link_peer(cast, family)
    assert PeerSupport.objects.count() == 1


def test_access_given_without_a_link_shows_the_family_and_no_log(cast, family, peer_client):
    grant_family_access(
        family=family, user=cast["peer"], purpose="peer_support", reason="Agreed", by=cast["duty"]
    )
    page = peer_client.get(reverse("supported-family", args=[family.pk])).content.decode()
    assert "I’m worried" in page
    assert "Add to your log" not in page
    assert peer_client.get(reverse("new-peer-log", args=[family.pk])).status_code == 404
