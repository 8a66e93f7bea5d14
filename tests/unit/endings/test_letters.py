"""Letters at an ending: separated parents, a foster carer, one twin lost; each holds only its reader's own."""

import pytest
from django.urls import reverse
from django.utils import timezone

from interventions.endings.actions import begin_ending_letter, prepare_ending
from interventions.endings.models import EndingLetter, WayBack
from pairs.access.scope import load_scope
from pairs.families.actions import record_loss
from pairs.families.models import Caregiver, RiskAlert
from pairs.service.refusals import ActionRefused
from pairs.village.models import Letter, VillageMember
from tests.unit.endings.factories import HIDDEN_ADDRESS, SeparatedFamily, get_days_ago, make_ending
from tests.unit.village.factories import make_agreement, make_limit

pytestmark = pytest.mark.django_db


@pytest.fixture
def separated_family(me):
    """What each of the three has with Ana is their own; the alert is everybody's to know here, and nobody's there."""
    made = SeparatedFamily(me)
    made.set_goal(made.ana, made.cora, "To sleep at night")
    made.set_goal(made.ana, made.dan, "To be known by her")
    changed = {
        made.get_dyad(made.ana, made.cora).pk: "You two sing in the bath.",
        made.get_dyad(made.ana, made.dan).pk: "She looks for your voice.",
        made.get_dyad(made.ana, made.fay).pk: "She settles in your arms.",
    }
    RiskAlert.objects.create(
        family=made.family, site=made.family.site, what="Shouting at the entry_point", raised_by=me, lead=me
    )
    what = make_ending(summary="Cora and Ana laugh; Ben is missed.", helped="The films")
    alert = RiskAlert.objects.get()
    prepare_ending(
        episode=made.episode, said=what, changed=changed, handed_on={f"alert:{alert.pk}": "Duty"}, complete=True,
        by=me,
    )  # fmt: skip
    made.episode.refresh_from_db()
    return made


OWN_WORDS = {
    "cora": ("You two sing in the bath.", "To sleep at night"),
    "dan": ("She looks for your voice.", "To be known by her"),
    "fay": ("She settles in your arms.", ""),
}
NEVER_IN_LETTER = (
    "Ben",
    HIDDEN_ADDRESS,
    "9 Foster Road",
    "1 Example Street",
    "01632 960777",
    "01632 960001",
    "Shouting",
)


@pytest.mark.parametrize("who", list(OWN_WORDS))
def test_each_letter_holds_only_its_readers_own(me, separated_family, who):
    letter = begin_ending_letter(episode=separated_family.episode, to=getattr(separated_family, who), by=me)
    letter = Letter.objects.whole().get(pk=letter.pk)
    assert [str(child) for child in letter.about.all()] == ["Ana Baby1"] or [
        child.given_name for child in letter.about.all()
    ] == ["Ana"]
    told = letter.text + "".join(part.text for part in letter.parts.all())
    for words in filter(None, OWN_WORDS[who]):
        assert words in told
    others = [words for name, both in OWN_WORDS.items() if name != who for words in filter(None, both)]
    names = [getattr(separated_family, name).given_name for name in OWN_WORDS if name != who]
    for words in (*others, *names, *NEVER_IN_LETTER):
        assert words not in told, words
    # written of the whole family, with Cora's and Ben's names in it
    assert "laugh" not in told
    assert "Health visitor" in told
    assert EndingLetter.objects.get().letter == letter


def test_an_only_carer_reads_the_summary_about_the_family(me):
    from tests.unit.episodes.factories import make_episode

    episode = make_episode(me)
    prepare_ending(episode=episode, said=make_ending(), changed={}, handed_on={}, complete=False, by=me)
    letter = begin_ending_letter(episode=episode, to=episode.family.caregivers.get(), by=me)
    for words in ("Evenings are calmer.", "Watching the films.", "Health visitor", "Ring the hub"):
        assert words in letter.text


def test_the_sites_own_number_stands_in_the_letter(me, separated_family):
    WayBack.objects.create(
        site=separated_family.episode.site, title="Come back", words="Ring us.", phone="01632 960300"
    )
    letter = begin_ending_letter(episode=separated_family.episode, to=separated_family.cora, by=me)
    assert "You can call us on 01632 960300." in letter.text


def test_one_draft_at_a_time_to_one_reader(me, separated_family):
    begin_ending_letter(episode=separated_family.episode, to=separated_family.cora, by=me)
    with pytest.raises(ActionRefused, match="already been started"):
        begin_ending_letter(episode=separated_family.episode, to=separated_family.cora, by=me)
    begin_ending_letter(episode=separated_family.episode, to=separated_family.dan, by=me)


def test_a_limit_stops_the_letter(me, separated_family):
    make_limit(separated_family.family, separated_family.ana, separated_family.dan, me)
    with pytest.raises(ActionRefused, match="do not disclose"):
        begin_ending_letter(episode=separated_family.episode, to=separated_family.dan, by=me)
    assert not EndingLetter.objects.exists()


def make_professional(apart, **details):
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
def test_a_professional_receives_only_what_the_agreement_covers(me, separated_family, what, parts):
    nell = make_professional(separated_family)
    if what:
        make_agreement(separated_family.family, nell, what, separated_family.cora, me)
    if parts is None:
        with pytest.raises(ActionRefused, match="No current agreement covers sharing this with them"):
            begin_ending_letter(episode=separated_family.episode, to=nell, by=me)
        return
    letter = begin_ending_letter(episode=separated_family.episode, to=nell, by=me)
    letter = Letter.objects.whole().get(pk=letter.pk)
    assert {part.what for part in letter.parts.all()} == parts
    told = letter.text + "".join(part.text for part in letter.parts.all())
    for words in NEVER_IN_LETTER:
        assert words not in told


def test_progress_that_does_not_name_the_lost_baby_is_included(me):
    made = SeparatedFamily(me, lost=False)
    prepare_ending(episode=made.episode, said=make_ending(), changed={}, handed_on={}, complete=False, by=me)
    nell = make_professional(made)
    make_agreement(made.family, nell, ["involved", "progress"], made.cora, me)
    letter = begin_ending_letter(episode=made.episode, to=nell, by=me)
    assert letter.parts.get(what="progress").text == "Evenings are calmer."


@pytest.fixture
def bereaved_family(me):
    """Both of the twins are lost."""
    made = SeparatedFamily(me)
    record_loss(infant=made.ana, loss="death", lost_on=get_days_ago(3), by=me)
    return made


def test_after_a_loss_nothing_is_begun_unless_it_is_asked_for(me, bereaved_family):
    for to in (bereaved_family.cora, bereaved_family.dan, make_professional(bereaved_family)):
        with pytest.raises(ActionRefused, match="has died"):
            begin_ending_letter(episode=bereaved_family.episode, to=to, by=me)
    letter = begin_ending_letter(
        episode=bereaved_family.episode, to=bereaved_family.cora, asked_for=True, by=me
    )
    assert "thinking of you" in letter.text
    assert "Thank you for letting us" not in letter.text
    with pytest.raises(ActionRefused, match="has died"):
        begin_ending_letter(
            episode=bereaved_family.episode, to=VillageMember.objects.get(), asked_for=True, by=me
        )


def test_a_carers_own_record_is_disclosed_to_them_alone(me):
    made = SeparatedFamily(me)
    made.episode.referral.change(patient=made.cora)
    with pytest.raises(ActionRefused, match="A letter cannot be started"):
        begin_ending_letter(episode=made.episode, to=made.dan, by=me)
    begin_ending_letter(episode=made.episode, to=made.cora, by=me)


def test_a_carer_of_no_child_here_and_one_who_died_get_none(me, separated_family):
    alone = Caregiver.objects.create(family=separated_family.family, given_name="Gil", family_name="Gone")
    with pytest.raises(ActionRefused, match="A letter cannot be started"):
        begin_ending_letter(episode=separated_family.episode, to=alone, by=me)
    separated_family.dan.change(died_on=timezone.localdate())
    with pytest.raises(ActionRefused, match="A letter cannot be started"):
        begin_ending_letter(episode=separated_family.episode, to=separated_family.dan, by=me)


def test_letters_by_page_and_api(cast, me, separated_family, client):
    address = reverse("ending-letters", args=[separated_family.episode.pk])
    text = client.get(address).content.decode()
    for words in ("Cora Carer", "Dan Away", "Fay Foster", "The family asked for this letter"):
        assert words in text
    done = client.post(address, {"to": f"caregiver:{separated_family.cora.pk}"})
    letter = Letter.objects.get()
    assert done.headers["Location"] == reverse("letter", args=[letter.pk])
    assert "sing in the bath" in client.get(done.headers["Location"]).content.decode()
    assert (
        "already been started"
        in client.post(address, {"to": f"caregiver:{separated_family.cora.pk}"}).content.decode()
    )
    by_api = reverse("api-ending-letters", args=[separated_family.episode.pk])
    answer = client.post(
        by_api, {"to": f"caregiver:{separated_family.dan.pk}"}, content_type="application/json"
    )
    assert (answer.status_code, answer.json()["to"]) == (201, "Dan Away")
    assert [each["status"] for each in client.get(by_api).json()["results"]] == ["draft", "draft"]
    client.force_login(cast["governance"])
    read = client.get(address).content.decode()
    assert "Start letter" not in read
    client.force_login(cast["hyndburn"])
    assert client.get(address).status_code == 404
    assert not EndingLetter.objects.visible_to(load_scope(cast["hyndburn"])).exists()
