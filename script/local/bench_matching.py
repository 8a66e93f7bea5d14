"""script/bench matching: how surely somebody named in a referral is found among those we hold, and how soon.

Families of the demo are written straight into the tables; then people are named anew with one or two of the slips
that people make, and looked up exactly as triage does. A second lot of families, whom we do not hold, is looked up
too: whoever is offered for them is offered wrongly. Then the same by group of names, the queue of duplicates beside
the look-up, and the four FEBRL sets beside Splink (bench_febrl.py; --no-febrl leaves them out).
"""

import argparse
import os
import random
import subprocess
import tempfile
import time
from pathlib import Path

from script.local import bench_febrl, matching_cases, programs
from script.local.bench_search import CallClock
from script.local.children import ChildProcesses
from script.local.servers import start_servers
from script.local.state_folder import ROOT, State
from script.local.text_table import format_table

SEED = 7
FAMILIES_FOR_ONE = 10  # one is made as the demo makes them, the others are its copies
ASKED_OF_THE_QUEUE = 150  # people of each kind for whom queue and look-up are held against each other
TABLE_HEADINGS = [
    "who is referred", "referrals", "families found", "people held", "people found", "look-ups",
    "with somebody else offered", "median ms", "p95 ms", "CPU ms",
]  # fmt: skip


GROUP_HEADINGS = ["group of names", "people held", "people found", "look-ups with somebody else offered"]


def main(arguments):
    options = parse_arguments(arguments)
    with tempfile.TemporaryDirectory(prefix="pairs-bench-") as name, ChildProcesses() as children:
        Path(name).chmod(0o711)
        servers = start_servers(State(Path(name)), children)
        as_owner = programs.build_environment(servers, State(Path(name)), port=0, as_owner=True)
        prepare = [*programs.MANAGE_COMMAND, "prepare_database"]
        subprocess.run(prepare, cwd=ROOT, env=as_owner, check=True, stdout=subprocess.DEVNULL)
        os.environ |= as_owner | {"DJANGO_SETTINGS_MODULE": "config.settings"}
        measure_matching(options)


def parse_arguments(arguments):
    parser = argparse.ArgumentParser(prog="script/bench matching")
    parser.add_argument("--families", type=int, default=60_000)
    parser.add_argument("--each", type=int, default=100, help="referrals of each kind")
    parser.add_argument("--strangers", type=int, default=500, help="referrals of families we do not hold")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--no-febrl", action="store_true", help="without the sets that are downloaded")
    return parser.parse_args(arguments)


def measure_matching(options):
    import django

    django.setup()
    from pairs.access.scope import load_scope
    from pairs.demo.cast import make_cast
    from pairs.service.models import User

    make_cast()
    began = time.monotonic()
    held = list(matching_cases.make_families(options.families // FAMILIES_FOR_ONE, options.seed))
    scope = load_scope(User.objects.get(username="supervisor"))
    write_families(held, sorted(scope.sites("register_people")), copies=FAMILIES_FOR_ONE - 1)
    print(
        f"{options.families:,} families in {time.monotonic() - began:.0f} s; load {os.getloadavg()[0]:.0f}\n",
        flush=True,
    )
    referrals = [
        *matching_cases.make_known_cases(held, options.each, options.seed),
        *matching_cases.make_unknown_cases(options.strangers, options.seed, options.families),
    ]
    kinds, groups, clocks = run_cases(referrals, scope, options.seed)
    order = [*matching_cases.REFERRAL_KINDS, matching_cases.UNKNOWN_FAMILY]
    print(format_table(TABLE_HEADINGS, build_rows(kinds, clocks, order)))
    print("\nThe same by group of names\n")
    print(format_table(GROUP_HEADINGS, [build_group_row(name, groups[name]) for name in sorted(groups)]))
    print_queue(scope)
    if not options.no_febrl:
        bench_febrl.main()


def write_families(held, sites, copies):
    """These families, and each copied so often."""
    from django.db import connection

    from script.local.matching_copies import copy_families

    alter = "ALTER TABLE families_{} {} TRIGGER USER"
    tables = ("family", "caregiver", "infant", "dyad", "address")
    with connection.cursor() as cursor:
        for name in tables:
            cursor.execute(alter.format(name, "DISABLE"))
        matching_cases.write_families(held, sites)
        copy_families(copies)
        for name in tables:
            cursor.execute(alter.format(name, "ENABLE"))
        cursor.execute("VACUUM ANALYZE")


def run_cases(referrals, scope, seed):
    """(tallies by kind, by group of names, clocks by kind); in an order of lots, so that no kind has the warm cache."""
    from pairs.matching.duplicates import find_matches

    kinds, groups, clocks = {}, {}, {}

    def time_lookup(kind, person):
        clock = clocks.setdefault(kind, CallClock())
        return set(clock.time(lambda: find_matches(person, scope)).here)

    for referral in random.Random(seed).sample(referrals, len(referrals)):
        tally = matching_cases.run_case(
            referral, lambda person, kind=referral.kind: time_lookup(kind, person)
        )
        kinds.setdefault(referral.kind, matching_cases.MatchingTally()).add(tally)
        if referral.group:
            groups.setdefault(referral.group, matching_cases.MatchingTally()).add(tally)
    return kinds, groups, clocks


def build_rows(kinds, clocks, order):
    """A row a kind, and one of all."""
    for kind in sorted(kinds, key=order.index):
        yield build_cells(kind, kinds[kind], clocks[kind])
    every = matching_cases.MatchingTally()
    for each in kinds.values():
        every.add(each)
    walls = [wall for each in clocks.values() for wall in each.walls]
    yield build_cells("all", every, CallClock(walls, sum(each.cpu for each in clocks.values())))


def build_group_row(name, tally):
    return (name, f"{tally.held}", format_share(tally.found, tally.held), f"{tally.wrong_lookups}")


def print_queue(scope):
    """How long the queue of duplicates takes over everybody held, and whether it offers whom the look-up offers."""
    from pairs.matching.duplicates import find_likely_duplicates

    for kind in ("infant", "caregiver"):
        began = time.monotonic()
        found = find_likely_duplicates(scope, kind)
        took = time.monotonic() - began
        asked, different = compare_queue(found, scope, kind)
        print(
            f"\nThe queue of duplicates, {kind}s: {len(found)} pairs in {took:.1f} s; of {asked} people looked up,"
            f" {different} are offered others than in the queue",
            flush=True,
        )


def compare_queue(found, scope, kind):
    """(people looked up, for how many the look-up offers others than the queue): of the queue, and of everybody."""
    from pairs.matching.duplicates import find_look_alikes, query_registrable

    partners = {}
    for pair in found:
        partners.setdefault(pair.one, set()).add(pair.other)
        partners.setdefault(pair.other, set()).add(pair.one)
    people = query_registrable(scope, kind)
    dice, half = random.Random(SEED), ASKED_OF_THE_QUEUE // 2
    queued = dice.sample(sorted(partners), min(half, len(partners)))
    others = dice.sample(sorted(people.values_list("pk", flat=True)), half)
    rows = list(people.filter(pk__in={*queued, *others}))
    different = [row for row in rows if set(find_look_alikes(row, scope).here) != partners.get(row.pk, set())]
    return len(rows), len(different)


def build_cells(kind, tally, clock):
    return (
        kind,
        f"{tally.referrals}",
        format_share(tally.families_found, tally.families),
        f"{tally.held}",
        format_share(tally.found, tally.held),
        f"{tally.lookups}",
        f"{tally.wrong_lookups} ({100 * tally.wrong_lookups / tally.lookups:.1f} %)",
        *clock.cells(),
    )


def format_share(some, of):
    return f"{100 * some / of:.1f} %" if of else ""
