"""Official files from the page and from `setup_service`: checked first, then taken, by the same importer."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from pairs.geography.models import Area, Import, ImportRun
from pairs.geography.official_files import list_official_files, perform_run
from pairs.jobs.actions import claim_job
from pairs.service.models import User
from pairs.service.roles import Role
from tests.unit.geography.sample_files import (
    AUGUST_2026,
    FILE_7,
    make_area_row,
    make_postcode_row,
    write_csv_file,
)


@pytest.fixture
def folder(settings, tmp_path):
    settings.OFFICIAL_FILES = str(tmp_path)
    return tmp_path


@pytest.fixture
def administrator(client, cast):
    client.force_login(cast["administrator"])
    return client


def write_file_7(folder, rows=3):
    return write_csv_file(folder / "File_7.csv", FILE_7, [make_area_row(each) for each in range(1, rows + 1)])


def run_newest():
    """What the worker does."""
    run = ImportRun.objects.newest_first().first()
    perform_run(claim_job(run.job_id, timezone.now()))
    return ImportRun.objects.get(pk=run.pk)


def check(browser, name="File_7.csv"):
    browser.post(reverse("official-files"), {"file_name": name})
    return run_newest()


def take(browser, run):
    browser.post(reverse("official-file", args=[run.pk]))
    return run_newest()


def test_a_check_says_what_would_change_and_changes_nothing(administrator, folder):
    write_file_7(folder)
    run = check(administrator)
    page = administrator.get(reverse("official-file", args=[run.pk])).content.decode()
    assert ("3 rows will be added" in page, "Take this file" in page) == (True, True)
    assert not Area.objects.exists()
    assert not Import.objects.exists()


def test_what_was_checked_is_taken_once(administrator, folder):
    write_file_7(folder)
    checked = check(administrator)
    taken = take(administrator, checked)
    assert (taken.takes, Area.objects.count(), Import.objects.count()) == (True, 3, 1)
    assert (
        "Take this file"
        not in administrator.get(reverse("official-file", args=[checked.pk])).content.decode()
    )
    page = administrator.get(reverse("official-files")).content.decode()
    assert "Taken" in page
    again = check(administrator)
    assert again.result["unchanged"]
    assert (
        "Nothing would change"
        in administrator.get(reverse("official-file", args=[again.pk])).content.decode()
    )


def test_a_file_that_was_changed_after_its_check_is_refused(administrator, folder):
    write_file_7(folder)
    checked = check(administrator)
    write_file_7(folder, rows=5)
    taken = take(administrator, checked)
    assert "not the file that was checked" in taken.refusal
    assert not Area.objects.exists()


def test_a_file_that_looks_cut_short_is_refused_in_words(administrator, folder):
    write_file_7(folder, rows=8)
    take(administrator, check(administrator))
    write_file_7(folder, rows=2)
    assert "looks cut short" in check(administrator).refusal
    administrator.post(reverse("official-files"), {"file_name": "File_7.csv", "partial": "on"})
    assert run_newest().result["removed"] == 6


@pytest.mark.parametrize("name", ["File_8.csv", "../File_7.csv", "", "notes.csv"])
def test_only_a_known_file_of_the_folder_is_read(administrator, folder, name):
    write_file_7(folder)
    (folder / "notes.csv").write_text("a,b\n1,2\n")
    assert administrator.post(reverse("official-files"), {"file_name": name}).status_code == 200
    asked = administrator.post(
        reverse("api-official-files"), {"file_name": name}, content_type="application/json"
    )
    assert asked.status_code == 400
    assert not ImportRun.objects.exists()


def test_files_are_known_by_their_header(folder, db):
    write_file_7(folder)
    write_csv_file(folder / "directory.csv", AUGUST_2026, [make_postcode_row("FY1 1AA")])
    (folder / "packed.zip").write_bytes(b"PK\x03\x04")
    (folder / "readme.txt").write_text("words")
    assert {each.name: each.kind for each in list_official_files()} == {
        "File_7.csv": "deprivation",
        "directory.csv": "postcodes",
        "packed.zip": "",
    }


def test_the_application_may_do_it(administrator, folder, as_application_role):
    write_file_7(folder)
    take(administrator, check(administrator))
    assert Area.objects.count() == 3


def test_no_folder_is_said(administrator, settings):
    settings.OFFICIAL_FILES = ""
    assert "No folder is set up" in administrator.get(reverse("official-files")).content.decode()


# ------------------------------------------------------------------------------------------ setup_service
ANSWERS = {"name": "Ada Admin", "username": "ada", "email": "ada@pairs.example"}


def set_up(**options):
    said = StringIO()
    call_command("setup_service", stdout=said, stderr=said, **options)
    return said.getvalue()


@pytest.fixture
def without_people(db):
    """As an empty service has it."""
    User.groups.through.objects.all().delete()


def test_a_new_service_gets_its_administrator_its_files_and_a_list_of_what_is_left(without_people, folder):
    write_file_7(folder)
    said = set_up(**ANSWERS)
    person = User.objects.get(username="ada")
    assert [each.roleatsite.role for each in person.groups.all()] == [Role.ADMINISTRATOR]
    assert Area.objects.count() == 3
    assert "[x] Deprivation" in said
    assert "[ ] Postcodes" in said
    link = next(word for word in said.split() if "/password/reset/key/" in word)
    path = link.partition("://")[2].partition("/")[2]
    assert "password1" in Client().get(f"/{path}", follow=True).content.decode()


def test_a_second_time_changes_nothing(without_people, folder):
    write_file_7(folder)
    set_up(**ANSWERS)
    said = set_up(**ANSWERS | {"username": "other", "email": "other@pairs.example"})
    assert "No other is created" in said
    assert not User.objects.filter(username="other").exists()
    assert Import.objects.count() == 1


@pytest.mark.parametrize("wrong", [{"email": "no address"}, {"username": "two words"}, {"name": ""}])
def test_an_answer_that_cannot_be_is_refused_before_anything_is_made(
    without_people, folder, monkeypatch, wrong
):
    monkeypatch.setattr("sys.stdin", StringIO(""))
    with pytest.raises(CommandError):
        set_up(**ANSWERS | wrong)
    assert not User.objects.filter(username="ada").exists()


def test_the_page_lists_the_same_steps(administrator, folder):
    page = administrator.get(reverse("setup")).content.decode()
    for step in ("Sites", "Administrator", "Signposting directory", "Postcodes"):
        assert step in page
    assert "[ ] Postcodes" in set_up(check=True)
