"""script/bench load: so many requests a second for so many minutes, whatever the service does: how long each waits."""

import argparse
import os
import queue
import statistics
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle

from script.local import programs
from script.local.bench import build_request
from script.local.bench_cpu import measure_cpu_seconds, measure_memory_mb
from script.local.bench_load import Request, read_page_text, send_request, sign_in, wait_until_answering
from script.local.bench_record import Figure, conclude_run
from script.local.bench_requests import PAGES, Page, find_all_ids
from script.local.bench_servers import BenchRun, add_state_option, start_seeded_servers
from script.local.budgets import FIGURE_BUDGETS
from script.local.demo import PASSWORD
from script.local.ports import find_free_port
from script.local.text_table import format_table

DESCRIPTION = """\
Asks the main pages, and saves contacts, at a steady rate on the loopback interface: a request is sent when its moment
has come, also while earlier ones are still waiting, and its time counts from that moment. Prints how long they took,
which were answered in another way than they should be, and the CPU of web, worker, relay and PostgreSQL. Ends with
status 1 where there was any such answer. Without --state it first makes the families: at 50,000 some minutes.
"""
MAX_SENDERS = 200  # requests that may wait at once; then the service has long been overrun
# How often a page is asked in one round: people look at their day and at families far more often than they save.
SHARES = {
    "record a contact": 2,
    "caseload": 4,
    "to-do": 3,
    "family": 6,
    "episode": 4,
    "home of a practitioner": 3,
}
TABLE_HEADINGS = ["page", "requests", "other answers", "median ms", "p95 ms", "p99 ms", "longest ms"]


@dataclass(frozen=True)
class Answer:
    """One request: of which page, how many seconds after its moment it was answered, and whether as it should be."""

    page: str
    seconds: float
    sound: bool


def main(arguments):
    options = parse_arguments(arguments)
    with start_seeded_servers(options.state, families=options.families) as run:
        port = find_free_port()
        pids = start_programs(run, port, options.workers)
        round_of_requests = build_round(port)
        before, began = measure_programs(pids), time.monotonic()
        answers = send_steadily(port, round_of_requests, options.rate, options.minutes * 60)
        seconds, after = time.monotonic() - began, measure_programs(pids)
        memory = measure_memory_mb(pids["web"])
    cpu = {name: after[name] - before[name] for name in pids}
    print(format_table(TABLE_HEADINGS, list(build_rows(answers))))
    print(
        f"\n{len(answers):,} requests in {seconds:,.0f} s, {len(answers) / seconds:.1f} a second; "
        f"{sum(cpu.values()) / seconds:.2f} of {os.cpu_count()} cores; CPU a request, ms: "
        + ", ".join(f"{name} {spent / len(answers) * 1000:.1f}" for name, spent in cpu.items())
        + f"; the web's parent {memory:.0f} MB; {options.workers} workers; load {os.getloadavg()[0]:.1f}\n"
    )
    conclude_run("load", build_figures(answers, sum(cpu.values()) / seconds))
    if wrong := sum(not each.sound for each in answers):
        raise SystemExit(f"{wrong} requests were not answered as they should be")


def start_programs(run: BenchRun, port, workers) -> dict[str, int]:
    """{program: process number} of all whose CPU is counted: as in a service, worker and relay run beside the web."""
    web = programs.build_web([f"127.0.0.1:{port}"], workers=workers)
    for program in (web, programs.build_worker(concurrency=1), programs.build_relay(timetable=False)):
        run.start(program, port=port)
    wait_until_answering(port, "/readyz")
    return {name: run.children.running[name].pid for name in ("web", "worker", "relay", "postgres")}


def measure_programs(pids: dict[str, int]) -> dict[str, float]:
    """{program: CPU seconds so far}."""
    return {name: measure_cpu_seconds([pid]) for name, pid in pids.items()}


def parse_arguments(arguments):
    parser = argparse.ArgumentParser(
        prog="script/bench load",
        description=DESCRIPTION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--rate", type=float, default=30, help="requests a second (30)")
    parser.add_argument("--minutes", type=float, default=10, help="for how long (10)")
    parser.add_argument("--families", type=int, default=50_000, help="made up, to ask for (50,000)")
    parser.add_argument("--workers", type=int, default=2, help="processes of the web (2)")
    add_state_option(parser)
    return parser.parse_args(arguments)


# ---------------------------------------------------------------- what is asked
def build_round(port) -> list[tuple[str, Request]]:
    """(page, its request) of one round, each page by its share, in an order in which they alternate.

    A page of a record is asked of every record that its account's list shows, one after the other.
    """
    cookies = {name: sign_in(port, name, PASSWORD) for name in sorted({page.username for page in PAGES})}
    ids = find_all_ids(lambda username, path: read_page_text(port, path, cookies[username]), PAGES)
    asked = {page.name: cycle(list_requests(port, page, ids, cookies[page.username])) for page in PAGES}
    names = spread([page.name for page in PAGES for _ in range(SHARES.get(page.name, 1))])
    return [(name, next(asked[name])) for _ in range(max(map(len, ids.values()))) for name in names]


def list_requests(port, page: Page, ids: dict[str, list[str]], cookies: str) -> list[Request]:
    """One for each record; of a form without those that ask first, as where two people are to be kept apart."""
    requests = [build_request(port, page, path, cookies) for path in list_paths(page, ids)]
    if not page.sends_form:
        return requests
    return [each for each in requests if send_request(port, each)[0] == each.status]


def list_paths(page: Page, ids: dict[str, list[str]]) -> list[str]:
    """The page's address for each id that it can name; one address where it names none."""
    name = next((each for each in ids if f"{{{each}}}" in page.path), None)
    return [page.path.format(**{name: each}) for each in ids[name]] if name else [page.path]


def spread(names: list[str]) -> list[str]:
    """The same names, with equal ones apart."""
    at = defaultdict(int)
    placed = []
    for name in names:
        at[name] += 1
        placed.append(((at[name] - 0.5) / names.count(name), name))
    return [name for _, name in sorted(placed)]


# ---------------------------------------------------------------- the load
def send_steadily(port, requests: list[tuple[str, Request]], rate: float, seconds: float) -> list[Answer]:
    """Every answer. A request waits in a queue for somebody to send it only where MAX_SENDERS wait for answers."""
    waiting: queue.Queue = queue.Queue()
    answers: list[Answer] = []
    senders = [
        threading.Thread(target=lambda: answers.extend(send_from(port, waiting))) for _ in range(MAX_SENDERS)
    ]
    for sender in senders:
        sender.start()
    for moment, (page, request) in zip(list_moments(rate, seconds), cycle(requests), strict=False):
        time.sleep(max(0, moment - time.monotonic()))
        waiting.put((moment, page, request))
    for _ in senders:
        waiting.put(None)
    for sender in senders:
        sender.join()
    return answers


def list_moments(rate: float, seconds: float) -> Iterator[float]:
    began = time.monotonic()
    return (began + number / rate for number in range(int(rate * seconds)))


def send_from(port, waiting) -> list[Answer]:
    """Until None comes."""
    answers = []
    while (asked := waiting.get()) is not None:
        moment, page, request = asked
        answers.append(Answer(page, *time_request(port, request, moment)))
    return answers


def time_request(port, request: Request, moment: float) -> tuple[float, bool]:
    """(seconds since its moment, whether it was answered as it should be)."""
    try:
        status, _ = send_request(port, request)
    except OSError:
        status = 0
    return time.monotonic() - moment, status == request.status


# ---------------------------------------------------------------- what is shown
def build_rows(answers: list[Answer]):
    by_page = defaultdict(list)
    for each in answers:
        by_page[each.page].append(each)
    yield from (build_row(page, found) for page, found in sorted(by_page.items()))
    yield build_row("all", answers)


def build_row(page, answers: list[Answer]):
    wrong = sum(not each.sound for each in answers)
    return page, f"{len(answers):,}", wrong, *(f"{each:.0f}" for each in calculate_percentiles(answers))


def calculate_percentiles(answers: list[Answer]) -> tuple[float, float, float, float]:
    """(median, p95, p99, longest) in milliseconds."""
    taken = [each.seconds * 1000 for each in answers] * (2 if len(answers) == 1 else 1)
    cuts = statistics.quantiles(taken, n=100, method="inclusive")
    return cuts[49], cuts[94], cuts[98], max(taken)


def build_figures(answers: list[Answer], cores: float) -> list[Figure]:
    median, slow, slowest, _ = calculate_percentiles(answers)
    found = {"median ms": median, "p95 ms": slow, "p99 ms": slowest, "cores busy": cores}
    return [
        Figure(f"load: {name}", value, FIGURE_BUDGETS.get(f"load: {name}")) for name, value in found.items()
    ]
