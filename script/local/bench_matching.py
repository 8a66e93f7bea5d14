"""script/bench matching: how surely somebody named in a referral is found among those we hold, and how soon.

Families of the demo are written straight into the tables; then people are named anew with one or two of the slips
that people make, and looked up exactly as triage does. A second lot of families, whom we do not hold, is looked up
too: whoever is offered for them is offered wrongly.
"""

import argparse
import os
import random
import subprocess
import tempfile
import time
from pathlib import Path

from script.local import planted, programs
from script.local.bench_search import Clock
from script.local.children import Children
from script.local.servers import start_servers
from script.local.state import ROOT, State
from script.local.table import table

SEED = 7
HEADS = [
    "who is referred", "referrals", "families found", "people held", "people found", "look-ups",
    "with somebody else offered", "median ms", "p95 ms", "CPU ms",
]  # fmt: skip


def main(arguments):
    options = parse(arguments)
    with tempfile.TemporaryDirectory(prefix="pairs-bench-") as name, Children() as children:
        Path(name).chmod(0o711)
        servers = start_servers(State(Path(name)), children)
        as_owner = programs.environment(servers, State(Path(name)), port=0, as_owner=True)
        prepare = [*programs.MANAGE, "prepare_database"]
        subprocess.run(prepare, cwd=ROOT, env=as_owner, check=True, stdout=subprocess.DEVNULL)
        os.environ |= as_owner | {"DJANGO_SETTINGS_MODULE": "config.settings"}
        measure(options)


def parse(arguments):
    parser = argparse.ArgumentParser(prog="script/bench matching")
    parser.add_argument("--families", type=int, default=5_000)
    parser.add_argument("--each", type=int, default=100, help="referrals of each kind")
    parser.add_argument("--strangers", type=int, default=500, help="referrals of families we do not hold")
    parser.add_argument("--seed", type=int, default=SEED)
    return parser.parse_args(arguments)


def measure(options):
    import django

    django.setup()
    from pairs.access.scope import scope_of
    from pairs.service.models import User
    from reporting.demo.cast import make_cast

    make_cast()
    began = time.monotonic()
    held = list(planted.homes(options.families, options.seed))
    scope = scope_of(User.objects.get(username="supervisor"))
    write(held, sorted(scope.sites("register_people")))
    print(
        f"{options.families:,} families in {time.monotonic() - began:.0f} s; load {os.getloadavg()[0]:.0f}\n",
        flush=True,
    )
    referrals = [
        *planted.planted(held, options.each, options.seed),
        *planted.strangers(options.strangers, options.seed, options.families),
    ]
    print(table(HEADS, rows_of(referrals, scope, options.seed)))


def write(held, sites):
    from django.db import connection

    alter = "ALTER TABLE families_{} {} TRIGGER USER"
    tables = ("family", "caregiver", "infant", "dyad", "address")
    with connection.cursor() as cursor:
        for name in tables:
            cursor.execute(alter.format(name, "DISABLE"))
        planted.write(held, sites)
        for name in tables:
            cursor.execute(alter.format(name, "ENABLE"))
        cursor.execute("VACUUM ANALYZE")


def rows_of(referrals, scope, seed):
    """A row a kind, and one of all; in an order of lots, so that no kind has the warm cache."""
    from pairs.matching.duplicates import held_like

    kinds, clocks = {}, {}

    def timed(kind, person):
        clock = clocks.setdefault(kind, Clock())
        return set(clock.time(lambda: held_like(person, scope)).here)

    mixed = random.Random(seed).sample(referrals, len(referrals))
    for referral in mixed:
        tally = planted.look(referral, lambda person, kind=referral.kind: timed(kind, person))
        kinds.setdefault(referral.kind, planted.Tally()).add(tally)
    order = [*planted.KINDS, planted.STRANGERS]
    for kind in sorted(kinds, key=order.index):
        yield cells(kind, kinds[kind], clocks[kind])
    every = planted.Tally()
    for each in kinds.values():
        every.add(each)
    walls = [wall for each in clocks.values() for wall in each.walls]
    yield cells("all", every, Clock(walls, sum(each.cpu for each in clocks.values())))


def cells(kind, tally, clock):
    return (
        kind,
        f"{tally.referrals}",
        share(tally.families_found, tally.families),
        f"{tally.held}",
        share(tally.found, tally.held),
        f"{tally.lookups}",
        f"{tally.wrong_lookups} ({100 * tally.wrong_lookups / tally.lookups:.1f} %)",
        *clock.cells(),
    )


def share(some, of):
    return f"{100 * some / of:.1f} %" if of else ""
