"""script/bench: the pages of every day beside the least Django can do, in one run on one machine.

CPU a request (web and PostgreSQL together, through gunicorn), as a multiple of a baseline page of the same kind,
decides; so do queries and bytes of SQL, counted on the wire. Each is held against script/local/budgets.py and shown
beside the last run. The exit status is 1 when a page is over its budget.
"""

import argparse
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from script.local import programs
from script.local.bench_load import (
    Load,
    Request,
    build_form_request,
    build_json_request,
    measure_load,
    open_session,
    read_page_text,
    sign_in,
    wait_until_answering,
)
from script.local.bench_record import Figure, conclude_run, format_change, format_value, read_last_figures
from script.local.bench_requests import (
    BASELINES,
    NEW_ROW,
    Page,
    build_form_values,
    choose_pages,
    find_ids,
    renew_submission,
)
from script.local.bench_servers import BenchRun, add_state_option, start_seeded_servers
from script.local.budgets import LIMIT_NAMES, REQUEST_BUDGETS
from script.local.demo import PASSWORD
from script.local.ports import find_free_port
from script.local.servers import replace_database
from script.local.state_folder import ROOT
from script.local.text_table import format_table

TABLE_HEADINGS = ["page", "requests/s", "p95 ms", "CPU ms", "× baseline", "queries", "KB sent", "KB of text"]
# As PaIRS is served, without what it does of its own before it answers.
GUNICORN_OPTIONS = ["--workers", "2", "--preload", "--no-control-socket", "--log-level", "warning"]
DESCRIPTION = """\
Times the main pages through gunicorn beside baseline pages that do the least Django can do, counts their queries and
bytes of SQL, compares all of it with the last run, and fails when a page is over its budget.
"""
OTHER_BENCHES = {
    "start": ("bench_start", "cold start beside bare Django, and the memory of all programs"),
    "setup": ("bench_setup", "tables on an empty database, and 600 made-up families"),
    "report": ("bench_report", "a month's report, by step"),
    "pages": ("bench_pages", "pages among ten thousand contacts, and among a million"),
    "load": ("bench_sustained", "thirty requests a second for ten minutes at 50,000 families"),
    "search": ("bench_search", "looking people up among 60,000 families"),
    "matching": ("bench_matching", "people named with slips"),
    "geography": ("bench_geography", "importing files as large as England's"),
    "seed": ("bench_seed", "how soon a million made-up contacts are written"),
}


def main(arguments):
    if arguments and arguments[0] in OTHER_BENCHES:
        return run_other(arguments)
    options = parse_arguments(arguments)
    pages = choose_pages(only=options.only, short=options.short)
    with start_seeded_servers(options.state, families=options.families) as run:
        sql = count_sql(run, pages)  # first: the load records hundreds of contacts, all of one family
        run.manage("refresh_due_items")  # as the worker does within seconds of the contacts that were counted
        loads, baselines = measure_all(Bench(run, options), pages)
    kind = "requests, short" if options.short else "requests"
    figures = build_figures(loads, baselines, sql)
    print(format_overview(loads, baselines, sql, read_last_figures(kind)))
    print(
        f"\n{options.clients} clients, {options.seconds:g} s each, 2 sync workers, {os.cpu_count()} cores\n"
    )
    return conclude_run(kind, figures)


def run_other(arguments):
    import importlib

    name, _ = OTHER_BENCHES[arguments[0]]
    return importlib.import_module(f"script.local.{name}").main(arguments[1:])


def parse_arguments(arguments):
    others = "\n".join(f"  script/bench {name:10} {what}" for name, (_, what) in OTHER_BENCHES.items())
    parser = argparse.ArgumentParser(
        prog="script/bench",
        description=DESCRIPTION,
        epilog=f"Others, each with its own --help:\n{others}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--seconds", type=float, help="of load on each page (5; 1.5 with --short)")
    parser.add_argument("--clients", type=int, default=4, help="that ask at once (4)")
    parser.add_argument("--families", type=int, default=600, help="made up, to ask for (600)")
    parser.add_argument("--short", action="store_true", help="fewer pages, a second and a half each")
    parser.add_argument("--only", metavar="PAGE", help="pages whose name contains this")
    add_state_option(parser)
    options = parser.parse_args(arguments)
    options.seconds = options.seconds or (1.5 if options.short else 5)
    return options


# ---------------------------------------------------------------- what is measured
@dataclass(frozen=True)
class Bench:
    """The load of one run: how many clients, for how long."""

    run: BenchRun
    options: argparse.Namespace

    def measure(self, port, request: Request, program) -> Load:
        """``program``: whose CPU is counted, beside PostgreSQL's."""
        running = self.run.children.running
        parents = [running[name].pid for name in (program, "postgres")]
        clients, seconds = self.options.clients, self.options.seconds
        return measure_load(port, request, clients=clients, seconds=seconds, parents=parents)


def measure_all(bench, pages) -> tuple[dict[str, Load], dict[str, float]]:
    """({page: Load}, {baseline: CPU ms a request}); the baselines before and after the pages, and their mean."""
    port, session = start_baseline(bench.run)
    before = measure_baselines(bench, port, session)
    loads = {page.name: load for page, load in measure_pages(bench, pages)}
    after = measure_baselines(bench, port, session)
    return loads, {name: (before[name] + after[name]) / 2 for name in BASELINES}


def start_baseline(run) -> tuple[int, str]:
    """(port, cookies of somebody signed in) of the baseline program, with a database of its own."""
    with run.servers.postgres.connect() as db:
        db.execute("DROP DATABASE IF EXISTS baseline")
        db.execute("CREATE DATABASE baseline OWNER pairs_owner")
    env = os.environ | {
        "BASELINE_DATABASE_URL": replace_database(run.servers.owner_url, "baseline"),
        "SECRET_KEY": run.state.secret("secret_key"),
    }
    subprocess.run([sys.executable, "-m", "script.local.baseline"], cwd=ROOT, env=env, check=True)
    port = find_free_port()
    command = [sys.executable, "-m", "gunicorn", "script.local.baseline:application", *GUNICORN_OPTIONS]
    where = ["--bind", f"127.0.0.1:{port}"]
    log = run.state.log("baseline")
    run.children.start("baseline", [*command, *where], env=env, log=log, cwd=ROOT, dies_by=signal.SIGQUIT)
    wait_until_answering(port, "/sign-in")
    return port, open_session(port, "/sign-in")


def measure_baselines(bench, port, cookies) -> dict[str, float]:
    """{baseline: CPU ms a request}."""
    requests = {name: Request(path, cookies) for name, path in BASELINES.items()}
    requests["API create"] = build_json_request(BASELINES["API create"], cookies, NEW_ROW)
    return {name: bench.measure(port, request, "baseline").cpu_ms for name, request in requests.items()}


def measure_pages(bench, pages) -> Iterator[tuple[Page, Load]]:
    port = find_free_port()
    bench.run.start(programs.build_web([f"127.0.0.1:{port}"]), port=port)
    wait_until_answering(port, "/healthz")
    names = {page.username for page in pages} | {"blackburn", "duty"}
    cookies = {name: sign_in(port, name, PASSWORD) for name in sorted(names)}
    ids = find_ids(lambda username, path: read_page_text(port, path, cookies[username]), pages)
    for page in pages:
        request = build_request(port, page, page.path.format(**ids), cookies[page.username])
        yield page, bench.measure(port, request, "web")


def build_request(port, page, path, cookies) -> Request:
    if not page.sends_form:
        return Request(path, cookies)
    values = build_form_values(read_page_text(port, path, cookies), datetime.now())
    return build_form_request(path, cookies, lambda: renew_submission(values))


def count_sql(run, pages) -> dict[str, list[int]]:
    """{page: [queries, bytes sent, bytes of text]}, in a process of its own, as the application role."""
    env = run.environment() | {"DJANGO_SETTINGS_MODULE": "config.settings"}
    command = [sys.executable, "-m", "script.local.bench_client", *(page.name for page in pages)]
    done = subprocess.run(command, cwd=ROOT, env=env, check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(done.stdout.splitlines()[-1])


# ---------------------------------------------------------------- what is shown
def build_figures(loads, baselines, sql) -> list[Figure]:
    """Of each page with a budget: its ratio, queries and bytes of SQL, each with its limit."""
    found = []
    for name in loads:
        if budget := REQUEST_BUDGETS.get(name):
            ratio = loads[name].cpu_ms / baselines[budget.baseline]
            values = dict(zip(LIMIT_NAMES, (ratio, *sql[name][:2]), strict=True))
            found += [
                Figure(f"{name}: {LIMIT_LABELS[each]}", values[each], getattr(budget, each))
                for each in LIMIT_NAMES
            ]
    return found


LIMIT_LABELS = {"ratio": "CPU × baseline", "queries": "queries", "sql_bytes": "bytes of SQL sent"}


def format_overview(loads, baselines, sql, last) -> str:
    """A row for each page; beside the ratio, its change since the last run."""
    rows = [
        (f"baseline: {name}", "", "", f"{cpu_ms:.1f}", "1", "", "", "") for name, cpu_ms in baselines.items()
    ]
    return format_table(
        TABLE_HEADINGS,
        rows + [build_overview_row(name, loads[name], baselines, sql[name], last) for name in loads],
    )


def build_overview_row(name, load, baselines, counted, last):
    budget = REQUEST_BUDGETS.get(name)
    ratio = load.cpu_ms / baselines[budget.baseline if budget else "list"]
    moved = format_change(ratio, last.get(f"{name}: {LIMIT_LABELS['ratio']}"))
    queries, sent, text = counted
    return (
        name,
        f"{load.rate:.0f}",
        f"{load.slow_ms:.0f}",
        f"{load.cpu_ms:.1f}",
        f"{format_value(ratio)} {moved}".strip(),
        queries,
        f"{sent / 1000:.1f}",
        f"{text / 1000:.1f}",
    )


if __name__ == "__main__":
    main(sys.argv[1:])
