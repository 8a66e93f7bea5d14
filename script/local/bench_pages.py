"""script/bench pages: what the pages of every day cost where there are ten thousand contacts, and a million."""

import argparse
import json
import os
import statistics
import subprocess
import sys
import time

from script.local.bench_client import SignedInClients, count_sql, list_backends
from script.local.bench_cpu import measure_cpu
from script.local.bench_record import Figure, conclude_run
from script.local.bench_requests import PAGES
from script.local.bench_search import CallClock
from script.local.bench_seed import prepare_servers, run_manage
from script.local.budgets import FIGURE_BUDGETS
from script.local.servers import replace_database
from script.local.state_folder import ROOT
from script.local.text_table import format_table

DESCRIPTION = """\
Seeds a service of each size in a database of its own, and asks each page again and again in one process through
Django's test client, as the application role: queries and bytes of SQL of one request, and CPU of Python and
PostgreSQL. The CPU at the largest size over that at the smallest is compared with the last run and held against its
budget. The usual sizes take a good part of an hour.
"""
SIZES = ["600x60", "60000x60"]
TABLE_HEADINGS = ["page", "contacts", "queries", "KB sent", "KB of text", "median ms", "p95 ms", "CPU ms"]
# Of bench_requests: what grows, if anything does, with all that a service has written.
MEASURED_PAGES = [page for page in PAGES if not page.sends_form and not page.name.startswith("book")]


def main(arguments):
    options = parse_arguments(arguments)
    if options.measure:
        print(json.dumps(measure_pages(options.times)))
        return
    with prepare_servers() as (servers, as_owner):
        found = [
            row for size in options.sizes for row in measure_size(servers, as_owner, size, options.times)
        ]
    print(format_table(TABLE_HEADINGS, [build_cells(row) for row in sorted(found)]))
    print()
    conclude_run("pages", calculate_growth(found))


def parse_arguments(arguments):
    parser = argparse.ArgumentParser(prog="script/bench pages", description=DESCRIPTION)
    parser.add_argument("--sizes", nargs="+", default=SIZES, help="families x months, smallest first")
    parser.add_argument("--times", type=int, default=40, help="how often each page is asked (40)")
    parser.add_argument("--measure", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args(arguments)


def measure_size(servers, as_owner, size, times):
    """The rows of `measure_pages` for one size, in a copy of the database, in a process of its own."""
    families, months = size.split("x")
    name = f"size_{size}"
    with servers.postgres.connect() as db:
        db.execute(f"CREATE DATABASE {name} TEMPLATE pairs OWNER pairs_owner")
    began = time.monotonic()
    owner = as_owner | {"DATABASE_URL": replace_database(servers.owner_url, name)}
    run_manage(owner, "seed_demo", "--families", families, "--months", months, "--verbosity", "0")
    run_manage(owner, "refresh_due_items", "--verbosity", "0")
    with servers.postgres.connect(name) as db:
        db.execute("VACUUM ANALYZE")
    print(f"{size}: written in {(time.monotonic() - began) / 60:.1f} minutes", flush=True)
    rows = measure_in_own_process(replace_database(servers.application_url, name), as_owner, times)
    with servers.postgres.connect() as db:
        db.execute(f"DROP DATABASE {name} WITH (FORCE)")
    print(f"{size}: done, load {os.getloadavg()[0]:.0f}", flush=True)
    return rows


def measure_in_own_process(url, env, times):
    """Run `measure_pages` on that database, in a process that has seen no other."""
    command = [sys.executable, "-m", "script.local.bench_pages", "--measure", "--times", str(times)]
    env = env | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "config.settings"}
    done = subprocess.run(command, cwd=ROOT, env=env, check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(done.stdout.splitlines()[-1])


def measure_pages(times):
    """[page, contacts, queries, bytes sent, bytes of text, median ms, p95 ms, CPU ms] of each page."""
    import django

    django.setup()
    from interventions.episodes.models import CareContact

    contacts, visitors = CareContact.objects.count(), SignedInClients(MEASURED_PAGES)
    return [(page.name, contacts, *measure_cost(visitors.get_action(page), times)) for page in MEASURED_PAGES]


def measure_cost(action, times):
    sql, clock, pids = count_sql(action), CallClock(), list_backends()
    spent = [measure_cpu(lambda: clock.time(action), pids) * 1000 for _ in range(times)]
    median, slow, _ = map(float, clock.cells())
    return sql.queries, sql.sent_bytes, sql.text_bytes, median, slow, statistics.median(spent)


def build_cells(row):
    """A row of `measure_pages` as the table shows it."""
    name, contacts, queries, sent, text, *timings = row
    shown = [f"{value / 1000:.1f}" for value in (sent, text)] + [f"{value:.1f}" for value in timings]
    return name, f"{contacts:,}", queries, *shown


def calculate_growth(rows) -> list[Figure]:
    """Of each page, CPU in the database with the most contacts over CPU in the one with the fewest."""
    by_page: dict[str, list[tuple[int, float]]] = {}
    for name, contacts, *_, cpu_ms in rows:
        by_page.setdefault(name, []).append((contacts, cpu_ms))
    names = {name: f"sizes: {name}, largest ÷ smallest" for name in by_page}
    return [
        Figure(names[name], max(sizes)[1] / min(sizes)[1], FIGURE_BUDGETS.get(names[name]))
        for name, sizes in by_page.items()
    ]


if __name__ == "__main__":
    main(sys.argv[1:])
