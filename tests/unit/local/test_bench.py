"""What the bench makes of its measurements: budgets, the last run, the wire's messages, the form that is sent."""

from datetime import datetime

import psycopg
import pytest

from script.local import bench, bench_counting, bench_load, bench_pages, bench_report, budgets
from script.local.bench_record import (
    Figure,
    conclude_run,
    format_change,
    format_comparison,
    format_value,
    read_last_figures,
    write_figures,
)
from script.local.bench_requests import PAGES, build_form_values, choose_pages, find_ids, renew_submission
from script.local.bench_sql import SqlCount, count_sql_sent, parse_messages
from tests import databases


# ---------------------------------------------------------------- budgets and the last run
@pytest.mark.parametrize(
    ("value", "limit", "expected"), [(3, 3, False), (3.01, 3, True), (900, None, False), (0, 0, False)]
)
def test_a_figure_is_over_only_above_its_budget(value, limit, expected):
    assert Figure("any", value, limit).over is expected


@pytest.mark.parametrize(
    ("value", "before", "expected"),
    [(110, 100, "+10 %"), (50, 100, "-50 %"), (100.4, 100, "="), (1, None, ""), (0, 0, "="), (5, 0, "new")],
)
def test_the_change_since_the_last_run(value, before, expected):
    assert format_change(value, before) == expected


@pytest.mark.parametrize(
    ("value", "expected"), [(121610, "121,610"), (41.25, "41.2"), (3.014, "3.01"), (7, "7")]
)
def test_a_figure_is_shown_short(value, expected):
    assert format_value(value) == expected


def test_the_comparison_names_what_is_over():
    figures = [Figure("slow", 6, 5), Figure("quick", 2, 5), Figure("told", 9)]
    lines = format_comparison(figures, {"slow": 4}).splitlines()[2:]
    assert [line.split() for line in lines] == [
        ["slow", "6", "4", "+50", "%", "5", "OVER"],
        ["quick", "2", "5", "within"],
        ["told", "9"],
    ]


def test_a_run_carries_over_what_it_did_not_measure(tmp_path):
    path = tmp_path / "bench.json"
    write_figures("requests", [Figure("a", 1), Figure("b", 2)], path)
    write_figures("start", [Figure("a", 9)], path)
    write_figures("requests", [Figure("b", 3)], path)
    assert read_last_figures("requests", path) == {"a": 1, "b": 3}
    assert read_last_figures("start", path) == {"a": 9}
    assert read_last_figures("setup", path) == {}


def test_a_figure_over_its_budget_ends_the_run_with_an_error_and_is_saved(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("PAIRS_STATE", str(tmp_path))
    conclude_run("requests", [Figure("quick", 1, 5)])
    with pytest.raises(SystemExit, match="slow"):
        conclude_run("requests", [Figure("quick", 1, 5), Figure("slow", 6, 5)])
    assert read_last_figures("requests") == {"quick": 1, "slow": 6}
    assert "within" in capsys.readouterr().out


def test_a_page_is_measured_against_its_own_baseline():
    loads = {"family": bench_load.Load(10, 1, 9, cpu_ms=30), "diary, a week": bench_load.Load(10, 1, 9, 30)}
    sql = {"family": [11, 14_000, 60_000], "diary, a week": [8, 9, 9]}
    figures = bench.build_figures(loads, {"list": 1, "detail": 10}, sql)
    assert [(each.name, each.value, each.over) for each in figures] == [
        ("family: CPU × baseline", 3, False),
        ("family: queries", 11, False),
        ("family: bytes of SQL sent", 14_000, False),
    ]


# ---------------------------------------------------------------- SQL on the wire
LIBPQ_TRACE = (
    b'F\t10\tQuery\t "BEGIN"\nB\t10\tCommandComplete\t "BEGIN"\n'
    b'F\t18\tQuery\t "SELECT 1\nWHERE true"\n'
    b'F\t30\tParse\t "known" "SELECT $1" 1 23\nF\t4\tSync\n'
    b'F\t20\tBind\t "" "known" 1 1 1 4 \'\\x00\' 1 0\nF\t9\tExecute\t "" 0\n'
    b'F\t21\tBind\t "" "older" 0 0 0\nF\t11\tQuery\t "COMMIT"\n'
)


def test_the_trace_is_read_message_by_message():
    kinds = [(side, kind) for side, _, kind, _ in parse_messages(LIBPQ_TRACE)]
    assert kinds[:4] == [(b"F", b"Query"), (b"B", b"CommandComplete"), (b"F", b"Query"), (b"F", b"Parse")]


def test_a_prepared_statement_counts_its_text_each_time_and_is_sent_once():
    count = SqlCount()
    count.read(LIBPQ_TRACE, {b"older": b"SELECT 'older'"})
    assert count.statements == [b"SELECT 1\nWHERE true", b"SELECT $1", b"SELECT 'older'"]
    assert count.text_bytes == 19 + 9 + 14
    assert count.sent_bytes == 10 + 18 + 30 + 20 + 21 + 11


def test_every_cursor_and_connection_is_traced():
    url = databases.get_owner_url("postgres")
    with psycopg.connect(url, autocommit=True) as db, psycopg.connect(url):  # the second says nothing
        db.execute("SELECT %s::int", [1], prepare=True)
        with count_sql_sent() as count:
            db.execute("SELECT %s::int", [2], prepare=True)
            psycopg.ClientCursor(db).execute("SELECT %s", ["é"])
            with db.transaction(), db.cursor(name="on_server") as cursor:
                cursor.execute("SELECT 3")
            with psycopg.connect(url) as other:
                other.execute("SELECT 4")
    assert [text.decode() for text in count.statements] == [
        "SELECT $1::int",
        "SELECT 'é'",
        'DECLARE "on_server" CURSOR FOR SELECT 3',
        'CLOSE "on_server"',
        "SELECT 4",
    ]
    assert b"SELECT $1::int" not in b"".join(count.statements[1:])


# ---------------------------------------------------------------- pages and the form that is sent
def test_pages_are_chosen_by_name_and_the_short_form_is_shorter():
    assert [page.name for page in choose_pages(only="caseload")] == ["caseload"]
    assert 5 < len(choose_pages(short=True)) < len(PAGES)
    with pytest.raises(SystemExit, match="No page"):
        choose_pages(only="no such page")


def test_ids_are_found_where_a_person_would_click():
    family = "0b5b8f0e-7f8e-4c56-9f44-2b0b6d1c5a11"
    asked = []

    def read_page(username, path):
        asked.append((username, path))
        return f'<a href="/families/{family}/">'

    assert find_ids(read_page, choose_pages(only="family")) == {"family": family}
    assert asked == [("blackburn", "/caseload/")]
    with pytest.raises(SystemExit, match="leads blackburn to no address"):
        find_ids(lambda username, path: "", choose_pages(only="family"))


FORM_HTML = """<main><form method="post"><input type="hidden" name="submission" value="one">
<input name="minutes" value="60"><input name="held_on" value="2026-11-29"><select name="mechanism">
<option value="01">Here</option><option value="02" selected>By telephone</option></select>
<textarea name="happened"></textarea><input type="checkbox" name="sign" checked>
<button name="prompts" value="hide">Put away</button></form></main>"""


def test_a_form_is_sent_as_it_stands_with_a_contact_of_yesterday():
    values = build_form_values(FORM_HTML, datetime(2026, 11, 29, 9))
    assert values == {
        "submission": ["one"],
        "minutes": ["60"],
        "held_on": ["2026-11-28"],
        "mechanism": ["02"],
        "happened": ["We watched the film together."],
        "sign": ["on"],
    }


def test_each_sending_makes_another_record():
    values = {"submission": ["one"], "minutes": ["60"]}
    first, second = renew_submission(values), renew_submission(values)
    assert first["submission"] != second["submission"]
    assert first["minutes"] == ["60"]
    assert values["submission"] == ["one"]


def test_the_slow_twentieth_of_few_answers():
    assert bench_load.calculate_slow_ms([0.5]) == 500
    assert bench_load.calculate_slow_ms([0.1] * 19 + [1]) > 100


# ---------------------------------------------------------------- the report's steps
def test_cpu_is_counted_to_the_step_that_had_begun():
    moments = iter([0, 2, 5, 9])
    clock = bench_report.StepClock(lambda: next(moments))
    for step in ("counting", "HTML", "counting", None):
        clock.begin(step)
    assert clock.spent == {"counting": 6, "HTML": 3}


def test_the_report_says_which_step_has_begun():
    said = "Counting November 2026, its quarter and year", "Protecting small numbers", "Drawing tables"
    assert [bench_report.get_step_name(each) for each in said] == ["counting", "protecting", "drawing"]


def test_the_html_that_the_pdf_makes_again_is_counted_once():
    figures = bench_report.build_report_figures({"counting": 1, "HTML": 2, "PDF": 9})
    assert figures["report: PDF, CPU s"] == 7
    assert figures["report: all steps, CPU s"] == 10


def test_a_statement_is_remembered_with_its_values_and_sent_all_the_same():
    recorder = bench_counting.StatementRecorder()
    answer = recorder(lambda sql, *rest: f"sent {sql}", "SELECT %s", [2], False, {})
    assert (answer, recorder.sent) == ("sent SELECT %s", [("SELECT %s", [2])])


# ---------------------------------------------------------------- sizes of a service
def test_growth_is_the_cpu_of_the_largest_over_that_of_the_smallest():
    rows = [("to-do", 1_000_000, 6, 1, 1, 9.0, 9.0, 45.0), ("to-do", 10_000, 6, 1, 1, 9.0, 9.0, 15.0)]
    rows += [("family", 1_000_000, 6, 1, 1, 9.0, 9.0, 20.0), ("family", 10_000, 6, 1, 1, 9.0, 9.0, 20.0)]
    found = {each.name: (each.value, each.limit, each.over) for each in bench_pages.calculate_growth(rows)}
    assert found == {
        "sizes: to-do, largest ÷ smallest": (
            3,
            budgets.FIGURE_BUDGETS["sizes: to-do, largest ÷ smallest"],
            True,
        ),
        "sizes: family, largest ÷ smallest": (1, None, False),
    }
    assert bench_pages.build_cells(rows[0]) == ("to-do", "1,000,000", 6, "0.0", "0.0", "9.0", "9.0", "45.0")
