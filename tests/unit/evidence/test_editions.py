"""Signing a report off, correcting it, what is e-mailed and what can be downloaded."""

import zipfile
from datetime import date, timedelta
from io import BytesIO
from xml.etree import ElementTree

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from pairs.documents import pdf
from pairs.documents.tasks import make_document_pdf
from pairs.jobs.models import Job
from pairs.service.refusals import ActionRefused
from pairs.web.ods_files import build_ods
from reporting.evidence.actions import NOT_MADE, ask_for_report, correct_report, sign_report
from reporting.evidence.late_notes import describe_late_notes
from reporting.evidence.models import Report
from reporting.evidence.month_figures import list_month_figures
from reporting.evidence.paper import list_found_tables, list_tables
from reporting.evidence.report_ods import build_report_ods
from tests.cast import find_cast
from tests.unit.evidence.babies import at, babies, see

pytestmark = pytest.mark.django_db
SEPTEMBER, OCTOBER = date(2026, 9, 1), date(2026, 10, 1)
NAMESPACE = {
    each: f"urn:oasis:names:tc:opendocument:xmlns:{each}:1.0" for each in ("office", "table", "text")
}


def render_title(document, paper):
    """The renderer is proved elsewhere; here it only says what it was given."""
    return b"%PDF " + paper["title"].encode()


@pytest.fixture(autouse=True)
def fake_pdf_renderer(monkeypatch):
    monkeypatch.setattr(pdf, "render_document", render_title)


@pytest.fixture(scope="module")
def report_id(module_transaction):
    """October's, of a service without families: it is the same for each test, and takes longest of all to make."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pdf, "render_document", render_title)
        return make(ask_for_report(month=OCTOBER, by=find_cast()["manager"])).pk


@pytest.fixture
def report(cast, report_id):
    return Report.objects.get(pk=report_id)


def make(asked):
    make_document_pdf(str(asked.job_id))
    return Report.objects.get(pk=asked.pk)


# ---------------------------------------------------------------- signing
def test_a_named_manager_signs_once(cast, report):
    signed = sign_report(report=report, by=cast["manager"])
    assert (signed.signed_by, signed.signed_at is not None) == (cast["manager"], True)
    with pytest.raises(ActionRefused, match="has already signed"):
        sign_report(report=report, by=cast["manager"])


def test_what_is_not_made_cannot_be_signed_or_corrected(cast):
    asked = ask_for_report(month=SEPTEMBER, by=None)
    for act in (sign_report, lambda **given: correct_report(reason="Late notes", **given)):
        with pytest.raises(ActionRefused, match=NOT_MADE):
            act(report=asked, by=cast["manager"])


def test_the_pages_sign_and_correct(sign_in_as, report):
    client = sign_in_as("manager")
    assert "Not signed off yet" in client.get(reverse("report", args=[report.pk])).content.decode()
    client.post(reverse("sign-report", args=[report.pk]))
    page = client.get(reverse("report", args=[report.pk])).content.decode()
    assert "Signed off by Mary Manager" in page
    missing = client.post(reverse("correct-report", args=[report.pk]), {"reason": ""})
    assert "Enter why this report is corrected" in missing.content.decode()
    client.post(reverse("correct-report", args=[report.pk]), {"reason": "Notes came late"})
    corrected = Report.objects.get(edition=2)
    make(corrected)
    page = client.get(reverse("report", args=[corrected.pk])).content.decode()
    assert "Edition 2, a correction: Notes came late" in page
    assert "October 2026, edition 2" in client.get(reverse("reports")).content.decode()


@pytest.mark.parametrize("username", ["supervisor", "blackburn", "administrator", "governance"])
def test_no_one_else_signs_corrects_or_downloads(sign_in_as, report, username):
    client = sign_in_as(username)
    for name in ("sign-report", "correct-report", "report-ods", "report-csv"):
        assert client.get(reverse(name, args=[report.pk])).status_code == 403
    assert client.post(reverse("api-sign-report", args=[report.pk])).status_code == 403
    assert Report.objects.get().signed_at is None


# ---------------------------------------------------------------- correcting
def test_a_correction_is_the_next_edition_and_the_one_before_stays(cast, report):
    before = report.snapshot
    babies(6, cast["blackburn"], first_seen=at(2, month=9), attended=1)
    corrected = make(correct_report(report=report, reason="Notes came late", by=cast["manager"]))
    assert (corrected.edition, corrected.snapshot["reason"]) == (2, "Notes came late")
    assert corrected.snapshot["title"].endswith("October 2026 (corrected, edition 2)")
    assert "October 2026, edition 1" in corrected.snapshot["proof"]["not_combined"]
    assert Report.objects.get(pk=report.pk).snapshot == before
    seen = [dict(each.snapshot["periods"][0]["whole"]["rows"])["Seen"] for each in (report, corrected)]
    assert seen == ["*", "5"]


def test_only_the_newest_edition_is_corrected_asked_for_and_drawn(cast, report):
    corrected = correct_report(report=report, reason="Late", by=cast["manager"])
    with pytest.raises(ActionRefused, match="later edition"):
        correct_report(report=report, reason="Late", by=cast["manager"])
    assert [each.report for each in list_month_figures(load_scope(cast))] == [report.pk], "until it is made"
    make(corrected)
    assert ask_for_report(month=OCTOBER, by=None) == corrected
    assert [each.report for each in list_month_figures(load_scope(cast))] == [corrected.pk]
    assert len(Report.objects.list_published_periods()) == 3


def load_scope(cast):
    from pairs.access.scope import load_scope as load

    return load(cast["manager"])


def test_a_correction_without_a_reason_is_refused_by_the_database(report):
    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.filter(pk=report.pk).update(edition=2)


def test_the_api_signs_and_corrects(sign_in_as, report):
    client = sign_in_as("manager")
    signed = client.post(reverse("api-sign-report", args=[report.pk]))
    assert signed.json()["signed_by"] == "Mary Manager"
    assert client.post(reverse("api-sign-report", args=[report.pk])).status_code == 400
    asked = {"reason": "Late notes"}
    corrected = client.post(reverse("api-correct-report", args=[report.pk]), asked, "application/json")
    assert (corrected.json()["edition"], corrected.json()["reason"]) == (2, "Late notes")


# ---------------------------------------------------------------- notes that came late
@pytest.mark.parametrize(("late", "words"), [(0, "fewer than 5"), (4, "fewer than 5"), (8, "about 10")])
def test_what_was_signed_since_is_said_and_rounded(cast, report, late, words):
    (infant,) = babies(1, cast["blackburn"], first_seen=at(2), attended=0)
    episode = infant.dyads.get().episodes.get()
    for day in range(late):
        see(episode, at(3 + day), infant).change(signed_at=report.computed_at + timedelta(hours=1))
    see(episode, at(20), infant).change(signed_at=report.computed_at - timedelta(hours=1))
    see(episode, at(20, month=9), infant).change(signed_at=report.computed_at + timedelta(hours=1))
    assert words in describe_late_notes(report)


# ---------------------------------------------------------------- e-mail
def test_managers_are_e_mailed_a_link_and_no_figure(cast, settings):
    report = make(ask_for_report(month=SEPTEMBER, by=cast["manager"]))
    sent = [each for each in mail.outbox if "is ready" in each.subject]
    assert [each.to for each in sent] == [[cast["manager"].email]]
    assert sent[0].subject == "Service and equity report, September 2026 is ready"
    assert (
        sent[0].body
        == f"Sign in to PaIRS to read it:\n\n{settings.BASE_URL.rstrip('/')}/reports/{report.pk}/\n"
    )
    make_document_pdf(str(report.job_id))
    assert len([each for each in mail.outbox if "is ready" in each.subject]) == 1


# ---------------------------------------------------------------- spreadsheets
def read_ods(content):
    """{sheet: rows of (type, text)}."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        assert archive.testzip() is None
        assert archive.infolist()[0].filename == "mimetype"
        assert archive.infolist()[0].compress_type == zipfile.ZIP_STORED
        root = ElementTree.fromstring(archive.read("content.xml"))
    kind = f"{{{NAMESPACE['office']}}}value-type"
    return {
        sheet.get(f"{{{NAMESPACE['table']}}}name"): [
            [(cell.get(kind), "".join(cell.itertext())) for cell in row]
            for row in sheet.findall("table:table-row", NAMESPACE)
        ]
        for sheet in root.iter(f"{{{NAMESPACE['table']}}}table")
    }


def test_the_spreadsheet_holds_every_table(sign_in_as, report):
    answer = sign_in_as("manager").get(reverse("report-ods", args=[report.pk]))
    assert answer["Content-Type"] == "application/vnd.oasis.opendocument.spreadsheet"
    assert "pairs-report-2026-10.ods" in answer["Content-Disposition"]
    sheets = read_ods(answer.content)
    snapshot = report.snapshot
    assert list(sheets) == ["Findings", *(each["name"] for each in snapshot["periods"]), "Definitions"]
    for name, tables in [
        ("Findings", list_found_tables(snapshot)),
        *((each["name"], list_tables(each)) for each in snapshot["periods"]),
    ]:
        texts = [[text for _, text in row] for row in sheets[name]]
        for table in tables:
            at_row = texts.index([table["title"]])
            assert texts[at_row + 1 :][: 1 + len(table["rows"])] == [table["headers"], *table["rows"]]


def test_tables_by_two_axes_are_a_sheet_of_their_own_after_the_definitions(report):
    table = {"title": "Babies seen, by place and deprivation", "headers": ["Place", "1", "2"],
             "rows": [["North", "20", "*"]], "too_small": []}  # fmt: skip
    year = report.snapshot["periods"][-1]
    year["crossed"] = [{"title": "Babies seen", "tables": [table]}]
    sheets = read_ods(build_report_ods(report.snapshot))
    assert list(sheets)[-2:] == ["Definitions", f"Annex {year['name']}"]
    texts = {name: [[text for _, text in row] for row in sheets[name]] for name in sheets}
    assert texts[f"Annex {year['name']}"][:3] == [[table["title"]], table["headers"], *table["rows"]]
    assert [table["title"]] not in texts[year["name"]]


def test_a_formula_stays_text_and_only_plain_numbers_are_numbers():
    rows = [
        [
            "=1+1",
            "+1",
            "-1",
            "@SUM(A1)",
            "12",
            "1,234",
            "3.5",
            "67% (62 to 72%)",
            "*",
            "<b>&\x00",
            "1e9",
            "0x1",
            "09",
            "1" * 16,
        ]
    ]
    (cells,) = read_ods(build_ods([("A/b[1]:*'?" + "x" * 40, rows)]))["A b 1     " + "x" * 21]
    kinds = [kind for kind, _ in cells]
    assert kinds == ["string", "string", "float", "string", "float", "float", "float", *["string"] * 7]
    assert cells[9][1] == "<b>&"
    assert b"table:formula" not in build_ods([("A", rows)])


def test_a_csv_cell_is_no_formula(sign_in_as, report):
    snapshot = report.snapshot
    snapshot["periods"][0]["whole"]["rows"][0][0] = "=HYPERLINK(1)"
    Report.objects.filter(pk=report.pk).update(snapshot=snapshot)
    answer = sign_in_as("manager").get(reverse("report-csv", args=[report.pk]))
    assert "'=HYPERLINK(1)" in answer.content.decode()


def test_the_timetable_does_not_make_another_of_a_corrected_month(cast, report):
    correct_report(report=report, reason="Late", by=cast["manager"])
    assert Job.objects.filter(task="documents.make_pdf").count() == 2
    ask_for_report(month=OCTOBER, by=None)
    assert Job.objects.filter(task="documents.make_pdf").count() == 2
    assert timezone.localdate() > OCTOBER
