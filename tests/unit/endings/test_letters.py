"""Letters at an ending: separated parents, a foster carer, one twin lost; each holds only its reader's own."""

import pytest
from django.urls import reverse
from django.utils import timezone

from interventions.endings.actions import begin_ending_letter, prepare_ending
from interventions.endings.models import EndingLetter, WayBack
from pairs.access.scope import scope_of
from pairs.families.actions import record_loss
from pairs.families.models import Caregiver, RiskAlert
from pairs.service.refusals import Refused
from pairs.village.models import Letter, VillageMember
from tests.unit.endings.world import HIDDEN, Apart, ago, said
from tests.unit.village.people import agree, limit

pytestmark = pytest.mark.django_db


@pytest.fixture
def apart(me):
    """What each of the three has with Ana is their own; the alert is everybody's to know here, and nobody's there."""
    made = Apart(me)
    made.goal(made.ana, made.cora, "To sleep at night")
    made.goal(made.ana, made.dan, "To be known by her")
    changed = {
        made.dyad(made.ana, made.cora).pk: "You two sing in the bath.",
        made.dyad(made.ana, made.dan).pk: "She looks for your voice.",
        made.dyad(made.ana, made.fay).pk: "She settles in your arms.",
    }
    RiskAlert.objects.create(
        family=made.family, site=made.family.site, what="Shouting at the door", raised_by=me, lead=me
    )
    what = said(summary="Cora and Ana laugh; Ben is missed.", helped="The films")
    alert = RiskAlert.objects.get()
    prepare_ending(
        episode=made.episode, said=what, changed=changed, handed_on={f"alert:{alert.pk}": "Duty"}, complete=True,
        by=me,
    )  # fmt: skip
    made.episode.refresh_from_db()
    return made


OWN = {
    "cora": ("You two sing in the bath.", "To sleep at night"),
    "dan": ("She looks for your voice.", "To be known by her"),
    "fay": ("She settles in your arms.", ""),
}
NOBODYS = ("Ben", HIDDEN, "9 Foster Road", "1 Example Street", "01632 960777", "01632 960001", "Shouting")


@pytest.mark.parametrize("who", list(OWN))
def test_each_letter_holds_only_its_readers_own(me, apart, who):
    letter = begin_ending_letter(episode=apart.episode, to=getattr(apart, who), by=me)
    letter = Letter.objects.whole().get(pk=letter.pk)
    assert [str(child) for child in letter.about.all()] == ["Ana Baby1"] or [
        child.given_name for child in letter.about.all()
    ] == ["Ana"]
    told = letter.text + "".join(part.text for part in letter.parts.all())
    for words in filter(None, OWN[who]):
        assert words in told
    others = [words for name, both in OWN.items() if name != who for words in filter(None, both)]
    names = [getattr(apart, name).given_name for name in OWN if name != who]
    for words in (*others, *names, *NOBODYS):
        assert words not in told, words
    # written of the whole family, with Cora's and Ben's names in it
    assert "laugh" not in told
    assert "Health visitor" in told
    assert EndingLetter.objects.get().letter == letter


def test_an_only_carer_reads_what_was_said_of_the_family(me):
    from tests.unit.episodes.work import make_episode

    episode = make_episode(me)
    prepare_ending(episode=episode, said=said(), changed={}, handed_on={}, complete=False, by=me)
    letter = begin_ending_letter(episode=episode, to=episode.family.caregivers.get(), by=me)
    for words in ("Evenings are calmer.", "Watching the films.", "Health visitor", "Ring the hub"):
        assert words in letter.text


def test_the_sites_own_number_stands_in_the_letter(me, apart):
    WayBack.objects.create(site=apart.episode.site, title="Come back", words="Ring us.", phone="01632 960300")
    letter = begin_ending_letter(episode=apart.episode, to=apart.cora, by=me)
    assert "ring us on 01632 960300" in letter.text


def test_one_draft_at_a_time_to_one_reader(me, apart):
    begin_ending_letter(episode=apart.episode, to=apart.cora, by=me)
    with pytest.raises(Refused, match="begun already"):
        begin_ending_letter(episode=apart.episode, to=apart.cora, by=me)
    begin_ending_letter(episode=apart.episode, to=apart.dan, by=me)


def test_a_limit_stops_the_letter(me, apart):
    limit(apart.family, apart.ana, apart.dan, me)
    with pytest.raises(Refused, match="do not disclose"):
        begin_ending_letter(episode=apart.episode, to=apart.dan, by=me)
    assert not EndingLetter.objects.exists()


def professional(apart, **details):
    return VillageMember.objects.create(
        family=apart.family,
        kind="professional",
        name="Nell Key",
        role="Health visitor",
        closeness=2,
        **details,
    )


@pytest.mark.parametrize(
    ("what", "parts"),
    [
        (None, None),
        (["involved"], set()),
        (["involved", "progress"], set()),  # the summary names Ben, who was lost
        (["involved", "plan"], {"plan"}),
        (["involved", "plan", "progress", "measures"], {"plan"}),
    ],
)
def test_a_professional_is_told_by_the_agreement_alone(me, apart, what, parts):
    nell = professional(apart)
    if what:
        agree(apart.family, nell, what, apart.cora, me)
    if parts is None:
        with pytest.raises(Refused, match="No agreement"):
            begin_ending_letter(episode=apart.episode, to=nell, by=me)
        return
    letter = begin_ending_letter(episode=apart.episode, to=nell, by=me)
    letter = Letter.objects.whole().get(pk=letter.pk)
    assert {part.what for part in letter.parts.all()} == parts
    told = letter.text + "".join(part.text for part in letter.parts.all())
    for words in NOBODYS:
        assert words not in told


def test_progress_without_the_lost_babys_name_is_told(me):
    made = Apart(me, lost=False)
    prepare_ending(episode=made.episode, said=said(), changed={}, handed_on={}, complete=False, by=me)
    nell = professional(made)
    agree(made.family, nell, ["involved", "progress"], made.cora, me)
    letter = begin_ending_letter(episode=made.episode, to=nell, by=me)
    assert letter.parts.get(what="progress").text == "Evenings are calmer."


@pytest.fixture
def bereaved(me):
    """Both of the twins are lost."""
    made = Apart(me)
    record_loss(infant=made.ana, loss="death", lost_on=ago(3), by=me)
    return made


def test_after_a_loss_nothing_is_begun_unless_it_is_asked_for(me, bereaved):
    for to in (bereaved.cora, bereaved.dan, professional(bereaved)):
        with pytest.raises(Refused, match="has died"):
            begin_ending_letter(episode=bereaved.episode, to=to, by=me)
    letter = begin_ending_letter(episode=bereaved.episode, to=bereaved.cora, asked_for=True, by=me)
    assert "thinking of you" in letter.text
    assert "Thank you for letting us" not in letter.text
    with pytest.raises(Refused, match="has died"):
        begin_ending_letter(episode=bereaved.episode, to=VillageMember.objects.get(), asked_for=True, by=me)


def test_a_carers_own_record_is_told_to_them_alone(me):
    made = Apart(me)
    made.episode.referral.change(patient=made.cora)
    with pytest.raises(Refused, match="No letter"):
        begin_ending_letter(episode=made.episode, to=made.dan, by=me)
    begin_ending_letter(episode=made.episode, to=made.cora, by=me)


def test_a_carer_of_no_child_here_and_one_who_died_get_none(me, apart):
    alone = Caregiver.objects.create(family=apart.family, given_name="Gil", family_name="Gone")
    with pytest.raises(Refused, match="No letter"):
        begin_ending_letter(episode=apart.episode, to=alone, by=me)
    apart.dan.change(died_on=timezone.localdate())
    with pytest.raises(Refused, match="No letter"):
        begin_ending_letter(episode=apart.episode, to=apart.dan, by=me)


def test_letters_by_page_and_api(cast, me, apart, client):
    address = reverse("ending-letters", args=[apart.episode.pk])
    text = client.get(address).content.decode()
    for words in ("Cora Carer", "Dan Away", "Fay Foster", "The family asked for this letter"):
        assert words in text
    done = client.post(address, {"to": f"caregiver:{apart.cora.pk}"})
    letter = Letter.objects.get()
    assert done.headers["Location"] == reverse("letter", args=[letter.pk])
    assert "sing in the bath" in client.get(done.headers["Location"]).content.decode()
    assert "begun already" in client.post(address, {"to": f"caregiver:{apart.cora.pk}"}).content.decode()
    by_api = reverse("api-ending-letters", args=[apart.episode.pk])
    answer = client.post(by_api, {"to": f"caregiver:{apart.dan.pk}"}, content_type="application/json")
    assert (answer.status_code, answer.json()["to"]) == (201, "Dan Away")
    assert [each["status"] for each in client.get(by_api).json()] == ["draft", "draft"]
    client.force_login(cast["governance"])
    read = client.get(address).content.decode()
    assert "Begin the letter" not in read
    client.force_login(cast["hyndburn"])
    assert client.get(address).status_code == 404
    assert not EndingLetter.objects.visible_to(scope_of(cast["hyndburn"])).exists()
