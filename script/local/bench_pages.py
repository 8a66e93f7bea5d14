"""script/bench pages: what the pages of every day cost where there are ten thousand contacts, and a million."""

import argparse
import json
import os
import statistics
import subprocess
import sys
import time

from script.local.bench_client import Visitors, backends, count_sql
from script.local.bench_cpu import measure_cpu
from script.local.bench_record import Figure, conclude
from script.local.bench_requests import PAGES
from script.local.bench_search import Clock
from script.local.bench_seed import prepared, run
from script.local.budgets import FIGURES
from script.local.servers import with_database
from script.local.state import ROOT
from script.local.table import table

DESCRIPTION = """\
Seeds a service of each size in a database of its own, and asks each page again and again in one process through
Django's test client, as the application role: queries and bytes of SQL of one request, and CPU of Python and
PostgreSQL. The CPU at the largest size over that at the smallest is compared with the last run and held against its
budget. The usual sizes take a good part of an hour.
"""
SIZES = ["600x60", "60000x60"]
HEADS = ["page", "contacts", "queries", "KB sent", "KB of text", "median ms", "p95 ms", "CPU ms"]
# Of bench_requests: what grows, if anything does, with all that a service has written.
MEASURED = [page for page in PAGES if not page.sends_form and not page.name.startswith("book")]


def main(arguments):
    options = parse(arguments)
    if options.measure:
        print(json.dumps(measure(options.times)))
        return
    with prepared() as (servers, as_owner):
        found = [
            row for size in options.sizes for row in measure_size(servers, as_owner, size, options.times)
        ]
    print(table(HEADS, [cells(row) for row in sorted(found)]))
    print()
    conclude("pages", growth(found))


def parse(arguments):
    parser = argparse.ArgumentParser(prog="script/bench pages", description=DESCRIPTION)
    parser.add_argument("--sizes", nargs="+", default=SIZES, help="families x months, smallest first")
    parser.add_argument("--times", type=int, default=40, help="how often each page is asked (40)")
    parser.add_argument("--measure", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args(arguments)


def measure_size(servers, as_owner, size, times):
    """The rows of `measure` for one size, in a copy of the prepared database, in a process of its own."""
    families, months = size.split("x")
    name = f"size_{size}"
    with servers.postgres.connect() as db:
        db.execute(f"CREATE DATABASE {name} TEMPLATE pairs OWNER pairs_owner")
    began = time.monotonic()
    owner = as_owner | {"DATABASE_URL": with_database(servers.owner_url, name)}
    run(owner, "seed_demo", "--families", families, "--months", months, "--verbosity", "0")
    run(owner, "refresh_due_items", "--verbosity", "0")
    with servers.postgres.connect(name) as db:
        db.execute("VACUUM ANALYZE")
    print(f"{size}: written in {(time.monotonic() - began) / 60:.1f} minutes", flush=True)
    rows = measured_apart(with_database(servers.application_url, name), as_owner, times)
    with servers.postgres.connect() as db:
        db.execute(f"DROP DATABASE {name} WITH (FORCE)")
    print(f"{size}: done, load {os.getloadavg()[0]:.0f}", flush=True)
    return rows


def measured_apart(url, env, times):
    """What `measure` finds in that database, in a process that has seen no other."""
    command = [sys.executable, "-m", "script.local.bench_pages", "--measure", "--times", str(times)]
    env = env | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "config.settings"}
    done = subprocess.run(command, cwd=ROOT, env=env, check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(done.stdout.splitlines()[-1])


def measure(times):
    """[page, contacts, queries, bytes sent, bytes of text, median ms, p95 ms, CPU ms] of each page."""
    import django

    django.setup()
    from interventions.episodes.models import CareContact

    contacts, visitors = CareContact.objects.count(), Visitors(MEASURED)
    return [(page.name, contacts, *cost(visitors.action_for(page), times)) for page in MEASURED]


def cost(action, times):
    sql, clock, pids = count_sql(action), Clock(), backends()
    spent = [measure_cpu(lambda: clock.time(action), pids) * 1000 for _ in range(times)]
    median, slow, _ = map(float, clock.cells())
    return sql.queries, sql.sent_bytes, sql.text_bytes, median, slow, statistics.median(spent)


def cells(row):
    """A row of `measure` as the table shows it."""
    name, contacts, queries, sent, text, *timings = row
    shown = [f"{value / 1000:.1f}" for value in (sent, text)] + [f"{value:.1f}" for value in timings]
    return name, f"{contacts:,}", queries, *shown


def growth(rows) -> list[Figure]:
    """Of each page, CPU in the database with the most contacts over CPU in the one with the fewest."""
    by_page: dict[str, list[tuple[int, float]]] = {}
    for name, contacts, *_, cpu_ms in rows:
        by_page.setdefault(name, []).append((contacts, cpu_ms))
    names = {name: f"sizes: {name}, largest ÷ smallest" for name in by_page}
    return [
        Figure(names[name], max(sizes)[1] / min(sizes)[1], FIGURES.get(names[name]))
        for name, sizes in by_page.items()
    ]


if __name__ == "__main__":
    main(sys.argv[1:])
