"""The two import commands: what they load, refuse, skip and say; old data stay whole."""

import csv
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from pairs.geography import csv_reader, importer, replacing
from pairs.geography.models import Area, Import, Postcode
from tests.unit.geography.sample_files import (
    AUGUST_2026,
    FILE_7,
    LATE_2025,
    make_area_row,
    make_postcode_row,
    write_csv_file,
)

pytestmark = pytest.mark.django_db


def run_import(command, *arguments):
    said = StringIO()
    call_command(command, *map(str, arguments), stdout=said)
    return said.getvalue()


@pytest.fixture
def make_file_7(tmp_path):
    def write_file_7(rows, header=FILE_7, **how):
        return write_csv_file(tmp_path / "File_7.csv", header, rows, **how)

    return write_file_7


@pytest.fixture
def make_directory(tmp_path):
    def write_directory(rows, header=AUGUST_2026, **how):
        return write_csv_file(tmp_path / "ONSPD_AUG_2026_UK.csv", header, rows, **how)

    return write_directory


# ---------------------------------------------------------------- deprivation
@pytest.mark.parametrize("how", [{}, {"end": "\n", "mark": False}])
def test_file_7_is_loaded_with_its_published_decile(make_file_7, how):
    said = run_import(
        "import_deprivation", make_file_7([make_area_row(1, decile=1), make_area_row(2, decile=10)], **how)
    )
    assert list(Area.objects.order_by("lsoa_code").values_list("lsoa_code", "imd_version", "imd_decile")) == [
        ("E01990001", 2025, 1),
        ("E01990002", 2025, 10),
    ]
    assert "2 rows" in said
    assert "NOTE: 2 of England's 33,755 LSOAs" in said
    assert "Open Government Licence" in said


def test_loading_leaves_a_record_of_where_it_came_from(make_file_7):
    path = make_file_7([make_area_row(1), ["?"], make_area_row(1)])
    run_import("import_deprivation", path)
    record = Import.objects.get()
    assert (record.kind, record.layout, record.scope) == ("deprivation", "IoD 2025", "2025")
    assert (record.rows_read, record.rows_written, record.rows_skipped) == (3, 1, 2)
    assert record.sha256 == csv_reader.compute_sha256(path)
    assert record.skipped["first"] == [
        {"line": 3, "reason": "LSOA code not valid"},
        {"line": 4, "reason": "given more than once in the file"},
    ]


def test_a_broken_row_is_named_by_line_and_the_others_are_loaded(make_file_7):
    said = run_import(
        "import_deprivation", make_file_7([make_area_row(1), make_area_row(2, decile=11), make_area_row(3)])
    )
    assert "line 3: decile not valid" in said
    assert Area.objects.count() == 2


def test_an_unreadable_row_leaves_the_old_one_and_is_reported(make_file_7):
    run_import(
        "import_deprivation", make_file_7([make_area_row(1, decile=4), make_area_row(2), make_area_row(3)])
    )
    said = run_import(
        "import_deprivation",
        make_file_7([make_area_row(1, decile=11), make_area_row(2, decile=2)]),
        "--partial",
    )
    assert "added 0, changed 1, removed 1" in said
    assert "1 kept as they were" in said
    assert "line 2: decile not valid" in said
    assert dict(Area.objects.values_list("lsoa_code", "imd_decile")) == {"E01990001": 4, "E01990002": 2}
    assert "kept as" not in run_import(
        "import_deprivation", make_file_7([make_area_row(1, decile=5), make_area_row(2, decile=2)])
    )


def test_a_good_row_of_an_area_replaces_the_old_one_despite_a_broken_row(make_file_7):
    run_import("import_deprivation", make_file_7([make_area_row(1, decile=4)]))
    said = run_import(
        "import_deprivation", make_file_7([make_area_row(1, decile=11), make_area_row(1, decile=6)])
    )
    assert Area.objects.get().imd_decile == 6
    assert "kept as" not in said


def test_the_same_file_again_changes_nothing_and_says_so(make_file_7):
    path = make_file_7([make_area_row(1)])
    run_import("import_deprivation", path)
    before = list(Area.objects.values_list("pk", flat=True))
    assert "unchanged" in run_import("import_deprivation", path)
    assert Import.objects.count() == 1
    assert "added 0, changed 0, removed 0" in run_import("import_deprivation", path, "--again")
    assert list(Area.objects.values_list("pk", flat=True)) == before


def test_an_earlier_file_after_a_later_one_is_loaded_again(make_file_7):
    first = [make_area_row(1, decile=1)]
    run_import("import_deprivation", make_file_7(first))
    run_import("import_deprivation", make_file_7([make_area_row(1, decile=2)]))
    assert "changed 1" in run_import("import_deprivation", make_file_7(first))
    assert Area.objects.get().imd_decile == 1


def test_a_new_file_replaces_the_release_and_no_other(make_file_7):
    old_header = [name.replace("(2021)", "(2011)") for name in FILE_7]
    run_import("import_deprivation", make_file_7([make_area_row(1, decile=5)], header=old_header))
    run_import("import_deprivation", make_file_7([make_area_row(1), make_area_row(2), make_area_row(3)]))
    said = run_import(
        "import_deprivation", make_file_7([make_area_row(2), make_area_row(3, decile=9), make_area_row(4)])
    )
    assert "added 1, changed 1, removed 1" in said
    assert set(Area.objects.values_list("imd_version", "lsoa_code", "imd_decile")) == {
        (2019, "E01990001", 5),
        (2025, "E01990002", 1),
        (2025, "E01990003", 9),
        (2025, "E01990004", 1),
    }


def test_a_file_of_another_release_than_asked_is_refused(make_file_7):
    with pytest.raises(CommandError, match="release of 2025, not 2019"):
        run_import("import_deprivation", make_file_7([make_area_row(1)]), "--release", "2019")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is empty"),
        (b"PK\x03\x04rest", "zip archive or workbook"),
        (b"a,b\n1,2\n", "not File 7"),
        (b"\xff\xfe\x00L\x00S", "not File 7"),
        (",".join(FILE_7).encode(), "no usable row"),
        ((",".join(FILE_7) + "\nx,y\n").encode(), "no usable row"),
    ],
)
def test_a_wrong_file_is_refused_and_nothing_changes(tmp_path, make_file_7, content, says):
    run_import("import_deprivation", make_file_7([make_area_row(1)]))
    wrong = tmp_path / "wrong.csv"
    wrong.write_bytes(content)
    with pytest.raises(CommandError, match=says):
        run_import("import_deprivation", wrong)
    assert Area.objects.count() == Import.objects.count() == 1


def test_no_file_and_a_folder_are_refused(tmp_path):
    for path in (tmp_path / "nothing.csv", tmp_path):
        with pytest.raises(CommandError, match="no file"):
            run_import("import_deprivation", path)


def test_a_file_cut_short_does_not_replace_a_whole_one_unless_meant(make_file_7):
    run_import("import_deprivation", make_file_7([make_area_row(n) for n in range(1, 6)]))
    with pytest.raises(CommandError, match="looks cut short"):
        run_import("import_deprivation", make_file_7([make_area_row(1), make_area_row(2)]))
    assert Area.objects.count() == 5
    run_import("import_deprivation", make_file_7([make_area_row(1), make_area_row(2)]), "--partial")
    assert Area.objects.count() == 2


def test_bytes_that_are_not_utf_8_spoil_only_their_row(tmp_path):
    path = write_csv_file(
        tmp_path / "f.csv", FILE_7, [make_area_row(1), make_area_row(2, name="Ynys"), make_area_row(3)]
    )
    path.write_bytes(path.read_bytes().replace(b"Ynys 002A", b"Yn\xffs 002A"))
    assert "line 3: LSOA name not readable" in run_import("import_deprivation", path)
    assert Area.objects.count() == 2


# ---------------------------------------------------------------- postcodes
def test_the_directory_is_loaded_for_the_areas_nearby(make_directory):
    rows = [
        make_postcode_row("FY1 9ZZ"),
        make_postcode_row("la14 9zz", ended="202306"),
        make_postcode_row("SW1A 9ZZ"),
        make_postcode_row("BT1 9ZZ"),
    ]
    said = run_import("import_postcodes", make_directory(rows))
    assert "read 4, outside the areas kept 2, skipped 0" in said
    assert set(Postcode.objects.values_list("postcode", "icb_code")) == {
        ("FY1 9ZZ", "E54000048"),
        ("LA14 9ZZ", "E54000048"),
    }
    assert Postcode.objects.get(pk="LA14 9ZZ").terminated_on.isoformat() == "2023-06-01"
    assert Import.objects.get().layout == "August 2026"


def test_all_areas_but_northern_ireland(make_directory):
    rows = [make_postcode_row("FY1 9ZZ"), make_postcode_row("SW1A 9ZZ"), make_postcode_row("BT1 9ZZ")]
    run_import("import_postcodes", make_directory(rows), "--all")
    assert set(Postcode.objects.values_list("pk", flat=True)) == {"FY1 9ZZ", "SW1A 9ZZ"}


def test_the_same_file_for_other_areas_is_a_change(make_directory):
    path = make_directory([make_postcode_row("FY1 9ZZ"), make_postcode_row("SW1A 9ZZ")])
    run_import("import_postcodes", path, "--areas", "fy")
    assert "unchanged" in run_import("import_postcodes", path, "--areas", "FY")
    assert "added 1" in run_import("import_postcodes", path, "--areas", "FY,SW")


@pytest.mark.parametrize("areas", ["", "FYX", "F1", "FY;PR"])
def test_areas_that_are_not_letters_are_refused(make_directory, areas):
    with pytest.raises(CommandError, match="one or two letters"):
        run_import("import_postcodes", make_directory([make_postcode_row("FY1 9ZZ")]), f"--areas={areas}")


def test_a_postcode_without_an_area_and_a_pseudo_one_are_skipped_and_counted(make_directory):
    rows = [
        make_postcode_row("FY1 9ZZ"),
        make_postcode_row("FY1 9ZY", lsoa="E99999999"),
        make_postcode_row("ZZ99 3VZ"),
        make_postcode_row("nonsense"),
    ]
    said = run_import("import_postcodes", make_directory(rows))
    assert "skipped 2: postcode not valid" in said
    assert "skipped 1: no LSOA" in said
    assert "line 3: no LSOA" in said


def test_a_postcode_with_a_broken_row_stays_and_one_without_an_area_is_removed(make_directory):
    old = [make_postcode_row("FY1 9ZX"), make_postcode_row("FY1 9ZY"), make_postcode_row("FY1 9ZZ")]
    run_import("import_postcodes", make_directory(old))
    new = [
        make_postcode_row("FY1 9ZX", ended="20269"),
        make_postcode_row("FY1 9ZY", lsoa="E99999999"),
        make_postcode_row("FY1 9ZZ"),
    ]
    said = run_import("import_postcodes", make_directory(new), "--partial")
    assert set(Postcode.objects.values_list("postcode", flat=True)) == {"FY1 9ZX", "FY1 9ZZ"}
    assert "1 kept as they were" in said


def test_an_older_layout_is_read_too(make_directory):
    row = dict.fromkeys(LATE_2025, "") | {"pcds": "FY1 9ZZ", "lsoa21cd": "E01990001", "lad25cd": "E06990001"}
    run_import("import_postcodes", make_directory([list(row.values())], header=LATE_2025))
    assert Postcode.objects.get().lad_code == "E06990001"


def test_a_failure_midway_leaves_the_old_rows_whole(make_directory, monkeypatch):
    run_import("import_postcodes", make_directory([make_postcode_row("FY1 9ZZ")]))
    real, seen = importer.read_postcode, []

    def fail_at_the_second(cells, at):
        seen.append(cells)
        if len(seen) == 2:
            raise RuntimeError("pulled the plug")
        return real(cells, at)

    monkeypatch.setattr(importer, "read_postcode", fail_at_the_second)
    with pytest.raises(RuntimeError):
        run_import(
            "import_postcodes", make_directory([make_postcode_row("FY2 9ZZ"), make_postcode_row("FY3 9ZZ")])
        )
    assert [row.pk for row in Postcode.objects.all()] == ["FY1 9ZZ"]
    assert Import.objects.count() == 1


def test_two_imports_do_not_run_at_once(make_directory):
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [replacing._ADVISORY_LOCK_ID])
            assert cursor.fetchone() == (True,)
        with pytest.raises(CommandError, match="Another import is running"):
            run_import("import_postcodes", make_directory([make_postcode_row("FY1 9ZZ")]))
        with other.cursor() as cursor:  # a server lets go of a closed connection's locks only when it notices
            cursor.execute("SELECT pg_advisory_unlock(%s)", [replacing._ADVISORY_LOCK_ID])
    finally:
        other.close()
    run_import("import_postcodes", make_directory([make_postcode_row("FY1 9ZZ")]))
    assert Postcode.objects.count() == 1


def test_progress_says_rows_pace_and_share_of_the_file(make_directory, monkeypatch):
    monkeypatch.setattr(csv_reader, "PROGRESS_INTERVAL_SECONDS", 0)
    letters = "ABDEFGHJLNPQRSTUWXYZ"
    rows = [
        make_postcode_row(f"FY{n} {m}{a}{b}")
        for n in range(1, 6)
        for m in (1, 2)
        for a in letters
        for b in letters
    ]
    said = run_import("import_postcodes", make_directory(rows))
    assert "1,000 rows, " in said
    assert " rows/s, " in said
    assert " %" in said


def test_a_field_beyond_the_csv_limit_is_skipped(tmp_path):
    path = write_csv_file(
        tmp_path / "f.csv", FILE_7, [make_area_row(1), ["x" * (csv.field_size_limit() + 1)], make_area_row(3)]
    )
    assert "line 3: not readable as CSV" in run_import("import_deprivation", path)
    assert Area.objects.count() == 2
