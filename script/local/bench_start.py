"""script/bench start: what starting costs beside bare Django, and how much memory all programs hold."""

import argparse
import statistics
import subprocess
import sys
import threading
import time

from script.local import programs
from script.local.bench_cpu import find_descendants, measure_cpu_seconds, measure_memory_mb
from script.local.bench_load import Request, read_page_text, send_once, sign_in, wait_until_answering
from script.local.bench_record import Figure, conclude_run
from script.local.bench_requests import PAGES, find_ids
from script.local.bench_servers import BenchRun, add_state_option, start_seeded_servers
from script.local.budgets import FIGURE_BUDGETS
from script.local.demo import PASSWORD
from script.local.ports import find_free_port
from script.local.state_folder import ROOT

DESCRIPTION = """\
Imports config.wsgi and every address, beside a Django that has neither models nor pages, by turns: CPU decides.
Starts web, worker and relay, asks the web for sixty pages, waits until the worker is idle, and adds up the memory of
them all (PSS: what is shared is divided among those that share it). Compares with the last run; fails over a budget.
"""
CLOCK_CODE = "import time; cpu, wall = time.process_time(), time.perf_counter()\n"
PRINT_CODE = "\nprint(time.process_time() - cpu, time.perf_counter() - wall)"
PAIRS_CODE = "import config.wsgi\nfrom django.urls import reverse\nreverse('home')"  # needs every address
BARE_DJANGO_CODE = """
from django.conf import settings
from django.core.wsgi import get_wsgi_application
apps = ["django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions"]
settings.configure(SECRET_KEY="bare", ROOT_URLCONF="django.contrib.auth.urls", INSTALLED_APPS=apps)
get_wsgi_application()
from django.urls import reverse
reverse("login")
"""
CLIENT_COUNT = 2
REQUESTS_PER_CLIENT = 30  # requests of each client
IDLE_SECONDS, IDLE_CPU_SECONDS = 5, 0.3  # what the relay's clock and the web's workers take even so
MOST_SECONDS_OF_JOBS = 120


def main(arguments):
    options = parse_arguments(arguments)
    with start_seeded_servers(options.state, families=options.families) as run:
        found = measure_start(run, options.times) | measure_memory(run)
    conclude_run("start", [Figure(name, value, FIGURE_BUDGETS.get(name)) for name, value in found.items()])


def parse_arguments(arguments):
    parser = argparse.ArgumentParser(prog="script/bench start", description=DESCRIPTION)
    parser.add_argument("--times", type=int, default=5, help="how often each is imported (5)")
    parser.add_argument("--families", type=int, default=600, help="made up, to ask for (600)")
    add_state_option(parser)
    return parser.parse_args(arguments)


# ---------------------------------------------------------------- the start
def measure_start(run: BenchRun, times: int) -> dict[str, float]:
    """Medians of importing PaIRS and bare Django by turns; each a process of its own, after one that nobody counts."""
    env = run.environment() | {"PYTHONPYCACHEPREFIX": str(run.state.folder / "compiled")}
    env.pop("PYTHONDONTWRITEBYTECODE", None)  # or every import would compile everything again
    for code in (PAIRS_CODE, BARE_DJANGO_CODE):
        import_once(code, env)
    turns = [(import_once(PAIRS_CODE, env), import_once(BARE_DJANGO_CODE, env)) for _ in range(times)]
    ours, bare = (
        [statistics.median(column) for column in zip(*side, strict=True)] for side in zip(*turns, strict=True)
    )
    return {
        "start: CPU s": ours[0],
        "start: CPU s of bare Django": bare[0],
        "start: CPU × bare Django": ours[0] / bare[0],
        "start: seconds × bare Django": ours[1] / bare[1],
    }


def import_once(code: str, env) -> tuple[float, float]:
    """(CPU seconds, seconds) from the first import to the last, without Python's own start."""
    command = [sys.executable, "-c", CLOCK_CODE + code + PRINT_CODE]
    done = subprocess.run(command, cwd=ROOT, env=env, check=True, stdout=subprocess.PIPE, text=True)
    cpu, wall = map(float, done.stdout.splitlines()[-1].split())
    return cpu, wall


# ---------------------------------------------------------------- memory
def measure_memory(run: BenchRun) -> dict[str, float]:
    """MB of each program after sixty requests, of its largest web worker, and of all together."""
    port = find_free_port()
    started = [programs.build_web([f"127.0.0.1:{port}"]), programs.build_worker(), programs.build_relay()]
    for program in started:
        run.start(program, port=port)
    wait_until_answering(port, "/readyz")
    request_sixty_pages(port)
    parents = {program.name: run.children.running[program.name].pid for program in started}
    most = wait_until_idle(parents)
    held = {name: measure_process_memory(pid) for name, pid in parents.items()}
    workers = [mb for pid, mb in held["web"].items() if pid != parents["web"]]
    return {
        "memory: a web worker after 60 requests, MB": max(workers),
        **{f"memory: {name}, MB": sum(each.values()) for name, each in held.items()},
        "memory: all programs, MB": sum(sum(each.values()) for each in held.values()),
        "memory: all programs while jobs ran, MB": most,
    }


def wait_until_idle(parents: dict[str, int]) -> float:
    """Wait until no program has worked for five seconds: the first jobs of a start draw documents.

    Returns the most MB that all programs held meanwhile. Raises SystemExit when two minutes do not do.
    """
    most, worked, began = 0.0, [measure_cpu_seconds(parents.values())], time.monotonic()
    while len(worked) <= IDLE_SECONDS or worked[-1] - worked[-1 - IDLE_SECONDS] > IDLE_CPU_SECONDS:
        if time.monotonic() - began > MOST_SECONDS_OF_JOBS:
            raise SystemExit("The first jobs do not come to an end.")
        most = max(most, sum(sum(measure_process_memory(pid).values()) for pid in parents.values()))
        time.sleep(1)
        worked.append(measure_cpu_seconds(parents.values()))
    return most


def measure_process_memory(parent: int) -> dict[int, float]:
    """{process: MB} of this one and all below it."""
    return {pid: measure_memory_mb(pid) for pid in find_descendants([parent])}


def request_sixty_pages(port) -> None:
    """Every page in turn, by two people at once, so that both workers have served."""
    pages = [page for page in PAGES if not page.sends_form]
    cookies = {name: sign_in(port, name, PASSWORD) for name in sorted({page.username for page in pages})}
    ids = find_ids(lambda username, path: read_page_text(port, path, cookies[username]), pages)
    requests = [Request(page.path.format(**ids), cookies[page.username]) for page in pages]

    def request_pages() -> None:
        for number in range(REQUESTS_PER_CLIENT):
            send_once(port, requests[number % len(requests)])

    threads = [threading.Thread(target=request_pages) for _ in range(CLIENT_COUNT)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
