"""Who changed what: before and after in words, of one family or one colleague, for information governance alone."""

import csv
import re
from datetime import date

import pghistory
import pytest
from django.apps import apps
from django.urls import reverse
from django.utils import timezone

from interventions.episodes.models import NotePart
from pairs.access.records import Record
from pairs.audit.models import AccessEntry
from pairs.families.field_words import get_field_label
from pairs.families.models import Caregiver, Infant
from pairs.service.models import Site
from reporting.dashboards.changes.text_differences import ADDED, LEFT_OUT, SAME, STRUCK, compare_texts
from reporting.dashboards.changes.words import list_shown_fields
from tests.unit.episodes.factories import make_contact, make_episode
from tests.unit.families.factories import make_family

LONG = "She settled when he hummed. " * 12


@pytest.fixture
def family(cast):
    return make_family()


@pytest.fixture
def changed(family, cast):
    """Bilal changes a baby's name and ethnic background, and a carer's phone."""
    with pghistory.context(user=str(cast["blackburn"].pk), view="infant"):
        family.infants.get().change(given_name="Noor", ethnicity="J", birth_weight_grams=3100)
        family.caregivers.get().change(phone="01632 960999", language="")
    return family


@pytest.fixture
def governance(client, cast):
    client.force_login(cast["governance"])
    client.defaults["HTTP_ACCESS_REASON"] = "Subject access request"
    return client


def read(browser, family, **asked):
    answer = browser.get(reverse("family-changes", args=[family.pk]), asked)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().partition("<main")[2].split())


def test_a_change_is_told_with_person_record_and_values_in_words(changed, governance):
    text = read(governance, changed)
    for words in (
        "Baby changed",
        "Bilal Blackburn (Practitioner)",
        "Saved at: A baby&#39;s page",
        "01632 960999",
    ):
        assert words in text
    assert '<th scope="row" role="rowheader">Ethnicity</th>' in text
    assert "Asian or Asian British: Pakistani" in text
    assert "Not known, or not asked yet" in text
    row = text[text.index("Birth weight in grams") :]
    assert row.index("Not stated") < row.index("3100") < row.index("</tr>")


def test_what_was_there_from_the_start_is_told_as_added(changed, governance):
    text = read(governance, changed)
    assert "Carer added" in text
    assert "Cora" in text
    assert "PaIRS itself" in text


def test_a_long_text_shows_what_was_added_and_struck(cast, governance):
    episode = make_episode(cast["blackburn"])
    contact = make_contact(episode, cast["blackburn"], sign=False)
    part = NotePart.objects.filter(care_contact=contact).first()
    part.change(text=LONG + "Father was calm.")
    part.change(text=LONG + "Father was tense.")
    text = read(governance, episode.family)
    assert "<del>" in text
    assert "[struck: </span>calm." in text
    assert "[added: </span>tense." in text


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"username": "blackburn"}, True),
        ({"username": "hyndburn"}, False),
        ({"username": "nobody"}, False),
        ({"since": "2020-01-01"}, True),
        ({"until": "2020-01-01"}, False),
        ({"since": "not a day"}, True),
    ],
)
def test_it_is_narrowed_by_colleague_and_days(changed, governance, asked, found):
    assert ("Baby changed" in read(governance, changed, **asked)) is found


def test_another_familys_changes_are_not_among_them(changed, governance, cast):
    other = make_family(reference="OTHER")
    other.caregivers.get().change(phone="01632 960777")
    assert "01632 960777" not in read(governance, changed)
    assert "01632 960777" in read(governance, other)


def test_the_reason_is_asked_and_reading_is_logged(changed, client, cast):
    client.force_login(cast["governance"])
    path = reverse("family-changes", args=[changed.pk])
    assert reverse("opening-reason", args=[changed.pk]) in client.get(path).headers["Location"]
    client.get(path, headers={"Access-Reason": "Complaint 2026/14"})
    entry = AccessEntry.objects.get(view="family-changes", status=200)
    assert (entry.opened, entry.reason) == ([changed.pk], "Complaint 2026/14")


@pytest.mark.parametrize("username", ["blackburn", "supervisor", "manager", "administrator", "duty"])
def test_nobody_else_opens_it(changed, client, cast, username):
    client.force_login(cast[username])
    for name, of in (
        ("family-changes", [changed.pk]),
        ("family-changes-csv", [changed.pk]),
        ("record-changes", []),
    ):
        assert client.get(reverse(name, args=of)).status_code == 403


def test_what_is_sealed_is_told_to_nobody(changed, governance):
    Infant.objects.create(
        family=changed, reference="PI-T-9", given_name="Second", birth_date=date(2026, 6, 1)
    )
    changed.infants.get(given_name="Noor").change(sealed_at=timezone.now())
    text = read(governance, changed)
    assert "Second" in text
    assert "Noor" not in text
    assert "Carer changed" in text


def test_what_was_entered_in_error_is_told(changed, governance, cast):
    carer = changed.caregivers.get()
    carer.enter_in_error(reason="Written in the wrong record", by=cast["blackburn"])
    text = read(governance, changed)
    assert "Why it was entered in error" in text
    assert "Written in the wrong record" in text


def test_a_colleagues_changes_are_listed_without_what_they_say_of_a_family(changed, governance):
    answer = governance.get(reverse("record-changes"), {"username": "blackburn"})
    text = answer.content.decode().partition("<main")[2]
    assert "Given name, Ethnicity, Birth weight in grams" in text
    assert "Noor (PI-T-1)" in text  # the family's present name, as every list says it
    assert "01632 960999" not in text
    day = timezone.localdate().isoformat()
    assert f"/families/{changed.pk}/changes/?since={day}&amp;until={day}&amp;username=blackburn" in text
    assert AccessEntry.objects.get(view="record-changes").listed == [changed.pk]


def test_what_is_of_no_family_is_told_at_once(governance, cast):
    site = Site.objects.get(code="hyndburn")
    with pghistory.context(user=str(cast["administrator"].pk), view="site"):
        site.name = "Hyndburn and Accrington"
        site.save()
    text = governance.get(reverse("record-changes"), {"username": "administrator"}).content.decode()
    assert "Name: “Hyndburn and Accrington”, before “Hyndburn”" in text


def test_a_family_is_looked_for_by_name_and_no_name_is_in_an_address(changed, governance):
    answer = governance.post(
        reverse("record-changes"), {"family": "Noor", "since": "2020-01-01"}, follow=True
    )
    assert answer.redirect_chain[-1][0] == f"{reverse('family-changes', args=[changed.pk])}?since=2020-01-01"
    assert "Changes to this record" in answer.content.decode()


@pytest.mark.parametrize(
    ("posted", "said"),
    [
        ({}, "Enter a colleague, a family or a first day."),
        ({"family": "Unknown"}, "No family at your sites has this name"),
        ({"person": "Unknown"}, "No colleague has this name"),
        (
            {"person": "a", "since": "2026-02-02", "until": "2026-01-01"},
            "Choose a day on or after the first.",
        ),
    ],
)
def test_what_cannot_be_meant_is_said_beside_the_field(changed, governance, posted, said):
    assert said in governance.post(reverse("record-changes"), posted).content.decode()


def test_as_csv_each_field_has_its_line(changed, governance):
    answer = governance.get(reverse("family-changes-csv", args=[changed.pk]), {"username": "blackburn"})
    rows = list(csv.DictReader(answer.content.decode().splitlines()))
    (name,) = [row for row in rows if row["What"] == "Given name"]
    assert (name["Before"], name["After"], name["Username"]) == ("Baby1", "Noor", "blackburn")
    listed = governance.get(reverse("record-changes-csv"), {"username": "blackburn"}).content.decode()
    assert "Given name, Ethnicity, Birth weight in grams" in listed
    assert "01632 960999" not in listed


def test_it_is_paged(family, governance):
    carer = family.caregivers.get()
    for number in range(30):
        carer.change(phone=f"01632 9600{number:02}")
    first, second = read(governance, family), read(governance, family, page=2)
    assert "01632 960029" in first
    assert "01632 960029" not in second
    assert "Carer added" not in first
    assert "Carer added" in second


def test_a_record_of_another_family_is_not_named(changed, governance, cast):
    elsewhere = make_family(site="hyndburn", reference="AWAY")
    stranger = elsewhere.caregivers.get()
    Caregiver.objects.filter(pk=stranger.pk).update(given_name="Stranger", sealed_at=timezone.now())
    Infant.objects.filter(family=changed).update(carried_by=stranger)
    text = read(governance, changed)
    assert "Stranger" not in text
    assert "A record that is not shown here" in text


def test_texts_are_compared_word_by_word():
    parts = compare_texts("He was calm and slept.", "He was tense and slept well.")
    assert [each for each in parts if each[0] != SAME] == [
        (STRUCK, "calm "),
        (ADDED, "tense "),
        (STRUCK, "slept."),
        (ADDED, "slept well."),
    ]
    whole = {SAME, ADDED}
    assert "".join(text for what, text in parts if what in whole) == "He was tense and slept well."


def test_what_did_not_change_is_cut_to_the_words_around_a_difference():
    before = "word " * 200 + "end"
    (what, text), *rest = compare_texts(before, before + " more")
    assert what == LEFT_OUT
    assert len(text) < 100
    assert [each for each, _ in rest] == [STRUCK, ADDED]


def test_very_long_texts_are_compared_by_sentences():
    before = "One sentence here. " * 900
    parts = compare_texts(before, before + "Another one.")
    assert (ADDED, " Another one.") in [(what, text) for what, text in parts] or any(
        what == ADDED and "Another one." in text for what, text in parts
    )


def test_fields_and_values_are_called_as_people_call_them():
    """Of every record: no word of the code that the field does not use in its own speech."""
    code_words = re.compile(r"_|\b(?:dyad|caregiver|pk|lsoa name|lad name|row id)\b", re.IGNORECASE)
    said = {
        words
        for model in apps.get_models()
        if issubclass(model, Record)
        for field in list_shown_fields(model)
        for words in (get_field_label(field), *(str(each) for _, each in field.flatchoices))
    }
    assert len(said) > 500
    assert sorted(words for words in said if code_words.search(words)) == []
