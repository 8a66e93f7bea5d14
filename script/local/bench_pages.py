"""script/bench pages: what the pages of every day cost where there are ten thousand contacts, and a million.

Each size of service is a database of its own. A practitioner's pages are asked again and again in one process; the
queries of each are counted, and must be the same at both sizes.
"""

import argparse
import json
import os
import subprocess
import sys
import time

from script.local.bench_search import Clock
from script.local.bench_seed import prepared, run
from script.local.state import ROOT
from script.local.table import table

WHO = "blackburn"
SIZES = ["600x60", "60000x60"]
HEADS = ["page", "contacts", "queries", "median ms", "p95 ms", "CPU ms"]


def main(arguments):
    options = parse(arguments)
    if options.measure:
        print(json.dumps(measure(options.times)))
        return
    found = [row for size in options.sizes for row in at(size, options.times)]
    found.sort(key=lambda row: row[0])
    print(table(HEADS, [(name, f"{contacts:,}", *cells) for name, contacts, *cells in found]))


def parse(arguments):
    parser = argparse.ArgumentParser(prog="script/bench pages")
    parser.add_argument("--sizes", nargs="+", default=SIZES, help="families x months, one or more")
    parser.add_argument("--times", type=int, default=40, help="how often each page is asked")
    parser.add_argument("--measure", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args(arguments)


def at(size, times):
    """[page, contacts, queries, median, p95, CPU] of one size, measured in a process of its own."""
    families, months = size.split("x")
    with prepared() as (servers, as_owner):
        began = time.monotonic()
        run(as_owner, "seed_demo", "--families", families, "--months", months, "--verbosity", "0")
        print(f"{size}: written in {(time.monotonic() - began) / 60:.1f} minutes", flush=True)
        with servers.postgres.connect("pairs") as db:
            db.execute("VACUUM ANALYZE")
        command = [sys.executable, "-m", "script.local.bench_pages", "--measure", "--times", str(times)]
        env = as_owner | {"DJANGO_SETTINGS_MODULE": "config.settings"}
        said = subprocess.run(command, cwd=ROOT, env=env, check=True, capture_output=True, text=True).stdout
    print(f"{size}: done, load {os.getloadavg()[0]:.0f}", flush=True)
    return json.loads(said.splitlines()[-1])


def measure(times):
    import django

    django.setup()
    from django.conf import settings
    from django.test import Client

    from interventions.episodes.models import CareContact
    from pairs.service.models import User

    settings.ALLOWED_HOSTS = ["testserver"]
    user = User.objects.get(username=WHO)
    client, contacts = Client(), CareContact.objects.count()
    client.force_login(user)
    return [(name, contacts, *cost(client, path, times)) for name, path in addresses(user)]


def addresses(user):
    """Of a practitioner with a caseload: the pages that are open all day."""
    from django.urls import reverse

    from interventions.episodes.models import Episode

    mine = Episode.objects.live().open().filter(lead=user).order_by("opened_on").first()
    return [
        ("caseload", reverse("caseload")),
        ("contact form", reverse("new-contact", args=[mine.pk])),
        ("diary", reverse("diary")),
        ("due", reverse("worklist")),
        ("episode", reverse("episode", args=[mine.pk])),
        ("family", reverse("family", args=[mine.family_id])),
    ]


def cost(client, path, times):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    asked(client, path)
    with CaptureQueriesContext(connection) as seen:
        asked(client, path)
    queries = len(seen)  # before the next request empties the log
    clock = Clock()
    for _ in range(times):
        clock.time(lambda: asked(client, path))
    return queries, *clock.cells()


def asked(client, path):
    status = client.get(path).status_code
    if status != 200:
        raise SystemExit(f"{path} answered {status}")


if __name__ == "__main__":
    main(sys.argv[1:])
