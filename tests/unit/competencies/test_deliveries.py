"""Who delivers what in an episode: the choice says so, a supervisor signs off, and nothing stops the care."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from interventions.competencies.actions import sign_off_delivery
from interventions.competencies.models import Competence, DeliverySignOff, query_unsigned_uses
from interventions.competencies.rules import MAY_DELIVER, Needs
from interventions.competencies.standings import load_standings, needs_sign_off
from interventions.episodes.deliveries import TO_SIGN_OFF
from interventions.episodes.models import InterventionUse
from interventions.workforce.actions import change_lead
from pairs.access.scope import load_scope
from pairs.service.refusals import ActionRefused
from reporting.dashboards.due_items import list_all_due_items
from tests.unit.competencies.factories import get_way, make_competence, make_use, require
from tests.unit.episodes.factories import make_accepted_referral
from tests.unit.episodes.test_pages import build_contact_form
from tests.unit.families.factories import make_family

DAY = timedelta(days=1)
NBO = "nbo"
SIGN_OFF = "delivery_to_sign_off"


def list_codes(user, *codes):
    items = list_all_due_items(load_scope(user), timezone.localdate())
    return [(item.code, item.subject_id) for item in items if item.code in codes]


def test_choosing_an_intervention_says_who_may_deliver_it(cast, episode, client):
    require(cast)
    path = reverse("new-way", args=[episode.pk])
    assert "Bilal Blackburn delivers it under supervision" in client.get(path).content.decode()
    make_competence(cast)
    assert "Bilal Blackburn may deliver it" in client.get(path).content.decode()


def test_an_intervention_without_the_competence_starts_and_waits_for_a_sign_off(cast, episode, client):
    require(cast, code=NBO)
    data = {"intervention": NBO, "started_on": timezone.localdate().isoformat()}
    page = client.post(reverse("new-way", args=[episode.pk]), data, follow=True).content.decode()
    assert "A supervisor is asked to sign off how it is delivered" in page
    use = InterventionUse.objects.get(episode=episode, intervention=get_way(NBO))
    assert list_codes(cast["supervisor"], SIGN_OFF) == [(SIGN_OFF, use.pk)]
    assert list_codes(cast["blackburn"], SIGN_OFF) == []


UNDER = "Bilal Blackburn delivers it under supervision"


def test_a_contact_that_begins_an_intervention_says_so_too(cast, episode, client):
    """Beside what is not under way yet, and once it is saved; of what is under way nothing is said again."""
    require(cast, code=NBO)
    path = reverse("new-contact", args=[episode.pk])
    assert UNDER in client.get(path).content.decode()
    posted = build_contact_form(episode, interventions=[NBO])
    assert TO_SIGN_OFF in client.post(path, posted, follow=True).content.decode()
    assert needs_sign_off(InterventionUse.objects.get(intervention=get_way(NBO)), timezone.localdate())
    assert UNDER not in client.get(path).content.decode()
    again = client.post(path, posted | {"held_at": "00:01"}, follow=True).content.decode()
    assert "Contact saved." in again
    assert TO_SIGN_OFF not in again


def test_a_contact_of_who_may_deliver_it_asks_for_no_sign_off(cast, episode, client):
    require(cast, code=NBO)
    make_competence(cast, code=NBO)
    path = reverse("new-contact", args=[episode.pk])
    assert "Bilal Blackburn may deliver it" in client.get(path).content.decode()
    posted = build_contact_form(episode, interventions=[NBO])
    assert TO_SIGN_OFF not in client.post(path, posted, follow=True).content.decode()


def test_the_opening_of_an_episode_says_so_of_its_lead(cast, client):
    """Of the lead who is suggested; of another one who was chosen, when the form comes back."""
    require(cast, code=NBO)
    make_competence(cast, "trainee", code=NBO)
    referral = make_accepted_referral(make_family())
    client.force_login(cast["blackburn"])
    path = reverse("open-episode", args=[referral.pk])
    assert UNDER in client.get(path).content.decode()
    posted = {"lead": cast["blackburn"].pk, "opened_on": timezone.localdate(), "interventions": [NBO]}
    posted |= {"focus": [each.pk for each in referral.family.dyads.all()], "thrive": ""}
    refused = client.post(path, posted | {"lead": cast["trainee"].pk, "opened_on": ""}).content.decode()
    assert f"{cast['trainee']} may deliver it" in refused
    assert client.post(path, posted | {"lead": "nobody"}).status_code == 200
    assert TO_SIGN_OFF in client.post(path, posted, follow=True).content.decode()


def test_a_sign_off_ends_what_is_due_until_another_leads(cast, episode, sign_in_as):
    require(cast)
    use = make_use(episode)
    client = sign_in_as("supervisor")
    data = {"arrangement": "supervised", "by_outside": "An accredited VIG supervisor", "note": "Monthly"}
    client.post(reverse("sign-off-delivery", args=[use.pk]), data)
    signed = DeliverySignOff.objects.get()
    assert (signed.person, signed.signed_by) == (cast["blackburn"], cast["supervisor"])
    assert list_codes(cast["supervisor"], SIGN_OFF) == []
    timeline = client.get(reverse("chronology", args=[episode.family_id])).content.decode()
    assert "signed off: the lead delivers it under supervision" in timeline
    change_lead(
        episode=episode, lead=cast["trainee"], since=timezone.localdate(), why="Days", former_stays=False,
        by=cast["supervisor"],
    )  # fmt: skip
    assert list_codes(cast["supervisor"], SIGN_OFF) == [(SIGN_OFF, use.pk)]


def test_a_colleague_is_chosen_by_their_competence(cast, episode):
    require(cast)
    use = make_use(episode)
    shared = {"use": use, "arrangement": "supervised", "by_outside": "", "note": "", "by": cast["supervisor"]}
    make_competence(cast, "hub", level=2, site="blackpool")
    with pytest.raises(ActionRefused):
        sign_off_delivery(by_colleague=cast["hub"], **shared)
    Competence.objects.update(level=3)
    assert sign_off_delivery(by_colleague=cast["hub"], **shared).by_colleague == cast["hub"]


def test_nobody_signs_off_their_own_work(cast):
    from tests.unit.episodes.factories import make_episode

    require(cast)
    use = make_use(make_episode(cast["supervisor"]))
    with pytest.raises(ActionRefused):
        sign_off_delivery(
            use=use, arrangement="not_yet", by_colleague=None, by_outside="", note="", by=cast["supervisor"]
        )


@pytest.mark.parametrize("needs", Needs.values)
@pytest.mark.parametrize("level", [None, 1, 2, 3])
@pytest.mark.parametrize(("by", "days"), [("", None), ("AVIGuk", None), ("AVIGuk", 0), ("AVIGuk", -1)])
def test_the_query_of_what_is_due_says_what_the_rule_says(cast, episode, needs, level, by, days):
    on = timezone.localdate()
    require(cast, needs)
    use = make_use(episode)
    if level:
        until = None if days is None else on + days * DAY
        make_competence(cast, level=level, accredited_by=by, accredited_until=until)
    standing = load_standings(cast["blackburn"].pk, on).get(use.intervention_id, "free")
    due = query_unsigned_uses(on).filter(pk=use.pk).exists()
    assert due == (standing not in MAY_DELIVER) == needs_sign_off(use, on)


def test_groups_and_what_has_ended_are_not_signed_off(cast, episode):
    code = "circle-of-security-8-group"
    require(cast, code=code)
    make_use(episode, code)
    require(cast)
    make_use(episode).change(ended_on=timezone.localdate())
    assert list_codes(cast["supervisor"], SIGN_OFF) == []


def test_an_accreditation_that_ends_is_due_to_the_person_and_to_the_supervisor(cast, settings):
    settings.ACCREDITATION_NOTICE_DAYS = 30
    on = timezone.localdate()
    soon = make_competence(cast, accredited_by="AVIGuk", accredited_until=on + 30 * DAY)
    make_competence(cast, code="nbo", accredited_by="Brazelton Centre UK", accredited_until=on + 31 * DAY)
    codes = ("own_accreditation_ends", "accreditation_ends")
    assert list_codes(cast["blackburn"], *codes) == [("own_accreditation_ends", soon.pk)]
    assert list_codes(cast["supervisor"], *codes) == [("accreditation_ends", soon.pk)]
    assert list_codes(cast["hub"], *codes) == []
