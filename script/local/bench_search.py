"""script/bench search: how soon, and how surely, a family is found among sixty thousand.

Made-up people are written straight into the tables; then every kind of query is asked a hundred times of the finding
alone, and of the whole page with its session, its access log and its rows. Two baselines stand beside it.
"""

import argparse
import os
import random
import statistics
import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from script.local import programs
from script.local.bench_cpu import measure_own_cpu
from script.local.children import ChildProcesses
from script.local.name_slips import misspell
from script.local.servers import start_servers
from script.local.state_folder import ROOT, State
from script.local.text_table import format_table

COMMON_SURNAMES = """
Smith Jones Williams Taylor Brown Davies Evans Wilson Thomas Roberts Johnson Lewis Walker Robinson Wood Thompson White
Watson Jackson Wright Green Harris Cooper King Lee Martin Clarke James Morgan Hughes Edwards Hill Moore Clark Harrison
Scott Young Morris Hall Ward Turner Carter Phillips Mitchell Patel Adams Campbell Anderson Allen Cook Khan Ahmed Hussain
Ali Begum Iqbal Mahmood Akhtar Shah Chaudhry Nowak Kowalski Wisniewski Wojcik Kaminski Lewandowski Singh Kaur Murphy
O'Brien O'Neill MacDonald Okafor Adeyemi Nguyen Zhang Popescu
""".split()  # noqa: SIM905
GIVEN_NAMES = """
Olivia Amelia Isla Ava Mia Ivy Lily Freya Florence Willow Emily Emma Sara Sarah Chloe Zoe Kayleigh Aisha Fatima Maryam
Zainab Khadija Zofia Hanna Kasia Siobhan Aoife Noah Muhammad Mohammed George Oliver Leo Arthur Oscar Theodore Henry
Jack Harry Archie Alfie Thomas William James Yusuf Ibrahim Ahmed Ali Hassan Jakub Lukasz Jan Rhys Dylan Obi Arjun
""".split()  # noqa: SIM905
SURNAME_BEGINNINGS = "Ba Be Bro Ca Cha Co Da De Du Fa Fe Ga Gre Ha Hol Ka Ko La Li Ma Mo Na Ne Pa Pe Ra Ro Sa Sha Sto Ta Tho Va Wa Wi".split()  # noqa: E501, SIM905
SURNAME_ENDINGS = "ber by cott dale den don fer ford gan ham kins ler ley low man mer mond nard ner ning ran ridge son stead ston ter ton vell wald well wick win worth".split()  # noqa: E501, SIM905
DEFAULT_TIMES = 100


def main(arguments):
    options = parse_arguments(arguments)
    with tempfile.TemporaryDirectory(prefix="pairs-bench-") as name, ChildProcesses() as children:
        Path(name).chmod(0o711)
        state = State(Path(name))
        servers = start_servers(state, children)
        as_owner = programs.build_environment(servers, state, port=0, as_owner=True)
        prepare = [*programs.MANAGE_COMMAND, "prepare_database"]
        subprocess.run(prepare, cwd=ROOT, env=as_owner, check=True, stdout=subprocess.DEVNULL)
        os.environ |= as_owner | {"DJANGO_SETTINGS_MODULE": "config.settings"}
        measure_search(options)


def parse_arguments(arguments):
    parser = argparse.ArgumentParser(prog="script/bench search")
    parser.add_argument("--families", type=int, default=60_000)
    parser.add_argument(
        "--times", type=int, default=DEFAULT_TIMES, help="how often each kind of query is asked"
    )
    return parser.parse_args(arguments)


def measure_search(options):
    import django

    django.setup()
    from pairs.demo.cast import make_cast

    make_cast()
    dice, began = random.Random(11), time.monotonic()
    people = write_people(options.families, dice)
    print(
        f"{options.families:,} families in {time.monotonic() - began:.0f} s; {describe_sizes()}\n", flush=True
    )
    rows = list(build_search_rows(people, dice, options.times))
    print(f"{options.times} times each, {os.cpu_count()} cores, load {os.getloadavg()[0]:.0f}\n")
    print(format_table(TABLE_HEADINGS, rows))


# ---------------------------------------------------------------- people
def write_people(count, dice):
    """[(family id, carer, infant, postcode)], one for each family: what the queries are made from."""
    from django.db import connection

    tables = ("family", "caregiver", "infant", "address")
    alter = "ALTER TABLE families_{} {} TRIGGER USER"
    surnames = [
        *COMMON_SURNAMES,
        *dict.fromkeys(begin + end for begin in SURNAME_BEGINNINGS for end in SURNAME_ENDINGS),
    ]
    weights = [1 / (rank + 8) for rank in range(len(surnames))]
    with connection.cursor() as cursor:
        for name in tables:
            cursor.execute(alter.format(name, "DISABLE"))
        people = []
        for start in range(0, count, 5_000):
            people += write_people_batch(range(start, min(count, start + 5_000)), surnames, weights, dice)
        for name in tables:
            cursor.execute(alter.format(name, "ENABLE"))
        cursor.execute("VACUUM ANALYZE")
    return people


def write_people_batch(numbers, surnames, weights, dice):
    from pairs.families.models import Address, Caregiver, Family, Infant
    from pairs.service.models import Site

    sites = list(Site.objects.exclude(opens_on=None))
    made = {model: [] for model in (Family, Caregiver, Infant, Address)}
    people = []
    for number in numbers:
        family = Family(site=sites[number % len(sites)])
        surname, other = dice.choices(surnames, weights, k=2)
        carer = make_caregiver(family, surname, number, dice)
        infant = make_infant(family, dice.choice([surname, other]), number, dice)
        address = Address(
            family=family,
            caregiver=carer,
            postcode=f"ZQ{number % 90 + 1} {number // 90 % 9 + 1}{'ABDEFGHJLN'[number % 10]}A",
        )
        second = [make_caregiver(family, other, None, dice)] if number % 5 else []
        more = [make_infant(family, surname, None, dice, number)] if number % 5 == 0 else []
        for row in (family, carer, *second, infant, *more, address):
            made[type(row)].append(row)
        people.append((family.pk, carer, infant, address.postcode))
    for model, rows in made.items():
        model.objects.bulk_create(rows)
    return people


def make_caregiver(family, surname, number, dice):
    from pairs.families.models import Caregiver

    return Caregiver(
        family=family,
        given_name=dice.choice(GIVEN_NAMES),
        family_name=surname,
        phone=f"07{number:09}" if number is not None else "",
        birth_date=date(1980, 1, 1) + timedelta(days=dice.randrange(9000)),
    )


def make_infant(family, surname, number, dice, twin_of=None):
    from pairs.families.models import Infant

    return Infant(
        family=family,
        given_name=dice.choice(GIVEN_NAMES),
        family_name=surname,
        birth_date=date(2022, 1, 1) + timedelta(days=dice.randrange(1700)),
        nhs_number=make_nhs_number(number) if number is not None else None,
        reference=f"PI-1999-{number:06}" if number is not None else f"PI-1998-{twin_of:06}",
    )


def make_nhs_number(number):
    """Made up; None for one in eleven, whose check digit would be ten."""
    nine = f"999{500_000 + number:06}"
    check = (11 - sum(int(digit) * (10 - at) for at, digit in enumerate(nine)) % 11) % 11
    return f"{nine}{check}" if check < 10 else None


def describe_sizes():
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM (SELECT FROM families_caregiver UNION ALL SELECT FROM families_infant) p"
        )
        (people,) = cursor.fetchone()
        cursor.execute(
            "SELECT pg_size_pretty(sum(pg_relation_size(oid))) FROM pg_class WHERE relname LIKE 'matching%'"
        )
        return f"{people:,} people; the indexes of search take {cursor.fetchone()[0]}"


# ---------------------------------------------------------------- what is typed


def format_birth_date(person):
    return f"{person.birth_date.day}/{person.birth_date.month}/{person.birth_date.year}"


# Kind → what is typed for a family; None when it cannot be asked of this one.
QUERY_KINDS = {
    "NHS number": lambda carer, infant, postcode, dice: infant.nhs_number,
    "reference": lambda carer, infant, postcode, dice: infant.reference,
    "phone": lambda carer, infant, postcode, dice: carer.phone,
    "date of birth": lambda carer, infant, postcode, dice: format_birth_date(infant),
    "postcode": lambda carer, infant, postcode, dice: postcode,
    "a surname": lambda carer, infant, postcode, dice: carer.family_name,
    "a whole name": lambda carer, infant, postcode, dice: str(carer),
    "surname and date of birth": lambda carer, infant, postcode, dice: (
        f"{infant.family_name} {format_birth_date(infant)}"
    ),
    "misspelt, with the date of birth": lambda carer, infant, postcode, dice: (
        f"{misspell(carer.family_name, dice)} {format_birth_date(infant)}"
    ),
    "both names misspelt, with the date of birth": lambda carer, infant, postcode, dice: (
        f"{misspell(infant.family_name, dice)} {misspell(infant.given_name, dice)} {format_birth_date(infant)}"
        if len(infant.given_name) > 3
        else None
    ),
    "three names of the family": lambda carer, infant, postcode, dice: f"{infant.given_name} {carer}",
    "mohammed khan": lambda carer, infant, postcode, dice: "mohammed khan",
    "nobody's name": lambda carer, infant, postcode, dice: "Qwyxz Vjorkbl",
}


@dataclass
class CallClock:
    """Wall time of each call, and the processor time of them all: ours and the database's for our connection."""

    walls: list[float] = field(default_factory=list)
    cpu: float = 0.0

    def time(self, what):
        began, spent = time.perf_counter(), measure_cpu_here()
        result = what()
        self.walls.append((time.perf_counter() - began) * 1000)
        self.cpu += measure_cpu_here() - spent
        return result

    def cells(self):
        slow = statistics.quantiles(self.walls, n=20)[-1]
        return (
            f"{statistics.median(self.walls):.1f}",
            f"{slow:.1f}",
            f"{self.cpu * 1000 / len(self.walls):.1f}",
        )


def measure_cpu_here():
    from django.db import connection

    connection.ensure_connection()
    return time.process_time() + measure_own_cpu(connection.connection.info.backend_pid)


TABLE_HEADINGS = [
    "what is typed", "find: median ms", "p95", "CPU ms", "page: median ms", "p95", "CPU ms", "first, of those asked",
]  # fmt: skip


def build_search_rows(people, dice, times):
    from django.conf import settings
    from django.test import Client

    from pairs.access.scope import load_scope
    from pairs.families.models import Infant
    from pairs.service.models import User

    settings.ALLOWED_HOSTS = ["testserver"]
    user = User.objects.get(username="supervisor")
    client, scope = Client(), load_scope(user)
    client.force_login(user)
    mine = scope.sites("read_families")
    people = [each for each in people if each[1].family.site_id in mine]
    client.get("/search/")
    floor, empty = CallClock(), CallClock()
    for _ in range(times):
        floor.time(lambda: Infant.objects.filter(pk=dice.choice(people)[2].pk).first())
        empty.time(lambda: client.get("/search/"))
    yield "baseline: one row by its key; the page with nothing typed", *floor.cells(), *empty.cells(), ""
    for kind, typed in QUERY_KINDS.items():
        yield kind, *measure_query_kind(kind, typed, people, dice, times, client, scope)


def measure_query_kind(kind, typed, people, dice, times, client, scope):
    from pairs.matching.query_parser import parse_query
    from pairs.matching.search import find_families

    finding, pages, first = CallClock(), CallClock(), 0
    while len(finding.walls) < times:
        family, carer, infant, postcode = dice.choice(people)
        if text := typed(carer, infant, postcode, dice):
            found = finding.time(lambda text=text: find_families(parse_query(text), scope))
            pages.time(lambda text=text: client.post("/search/", {"sought": text}))
            first += bool(found) and found[0].family == family
    said = "" if kind in ("mohammed khan", "nobody's name") else f"{100 * first / times:.0f} %"
    return *finding.cells(), *pages.cells(), said
