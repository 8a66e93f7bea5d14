"""script/bench start: what starting costs beside bare Django, and how much memory all programs hold."""

import argparse
import statistics
import subprocess
import sys
import threading

from script.local import programs
from script.local.address import free_port
from script.local.bench_cpu import memory_mb, with_descendants
from script.local.bench_load import Request, send_once, sign_in, text_of, wait_until_answering
from script.local.bench_record import Figure, conclude
from script.local.bench_requests import PAGES, find_ids
from script.local.bench_servers import Run, add_state_option, seeded_servers
from script.local.budgets import FIGURES
from script.local.demo import PASSWORD
from script.local.state import ROOT

DESCRIPTION = """\
Imports config.wsgi and every address, beside a Django that has neither models nor pages, by turns: CPU decides.
Starts web, worker and relay, asks the web for sixty pages, and adds up the memory of them all (PSS: what is
shared is divided among those that share it). Compares with the last run; fails over a budget.
"""
CLOCKS = "import time; cpu, wall = time.process_time(), time.perf_counter()\n"
TOLD = "\nprint(time.process_time() - cpu, time.perf_counter() - wall)"
PAIRS = "import config.wsgi\nfrom django.urls import reverse\nreverse('home')"  # needs every address
BARE = """
from django.conf import settings
from django.core.wsgi import get_wsgi_application
apps = ["django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions"]
settings.configure(SECRET_KEY="bare", ROOT_URLCONF="django.contrib.auth.urls", INSTALLED_APPS=apps)
get_wsgi_application()
from django.urls import reverse
reverse("login")
"""
CLIENTS = 2
EACH = 30  # requests of each client


def main(arguments):
    options = parse(arguments)
    with seeded_servers(options.state, families=options.families) as run:
        found = measure_start(run, options.times) | measure_memory(run)
    conclude("start", [Figure(name, value, FIGURES.get(name)) for name, value in found.items()])


def parse(arguments):
    parser = argparse.ArgumentParser(prog="script/bench start", description=DESCRIPTION)
    parser.add_argument("--times", type=int, default=5, help="how often each is imported (5)")
    parser.add_argument("--families", type=int, default=600, help="made up, to ask for (600)")
    add_state_option(parser)
    return parser.parse_args(arguments)


# ---------------------------------------------------------------- the start
def measure_start(run: Run, times: int) -> dict[str, float]:
    """Medians of importing PaIRS and bare Django by turns; each a process of its own, after one that nobody counts."""
    env = run.environment() | {"PYTHONPYCACHEPREFIX": str(run.state.folder / "compiled")}
    env.pop("PYTHONDONTWRITEBYTECODE", None)  # or every import would compile everything again
    for code in (PAIRS, BARE):
        import_once(code, env)
    turns = [(import_once(PAIRS, env), import_once(BARE, env)) for _ in range(times)]
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
    command = [sys.executable, "-c", CLOCKS + code + TOLD]
    done = subprocess.run(command, cwd=ROOT, env=env, check=True, stdout=subprocess.PIPE, text=True)
    cpu, wall = map(float, done.stdout.splitlines()[-1].split())
    return cpu, wall


# ---------------------------------------------------------------- memory
def measure_memory(run: Run) -> dict[str, float]:
    """MB of each program after sixty requests, of its largest web worker, and of all together."""
    port = free_port()
    started = [programs.web([f"127.0.0.1:{port}"]), programs.worker(), programs.relay()]
    for program in started:
        run.start(program, port=port)
    wait_until_answering(port, "/readyz")
    ask_sixty(port)
    held = {program.name: memory_of(run.children.running[program.name].pid) for program in started}
    master = run.children.running["web"].pid
    workers = [mb for pid, mb in held["web"].items() if pid != master]
    return {
        "memory: a web worker after 60 requests, MB": max(workers),
        **{f"memory: {name}, MB": sum(each.values()) for name, each in held.items()},
        "memory: all programs, MB": sum(sum(each.values()) for each in held.values()),
    }


def memory_of(parent: int) -> dict[int, float]:
    """{process: MB} of this one and all below it."""
    return {pid: memory_mb(pid) for pid in with_descendants([parent])}


def ask_sixty(port) -> None:
    """Every page in turn, by two people at once, so that both workers have served."""
    pages = [page for page in PAGES if not page.sends_form]
    cookies = {name: sign_in(port, name, PASSWORD) for name in sorted({page.username for page in pages})}
    ids = find_ids(lambda username, path: text_of(port, path, cookies[username]), pages)
    requests = [Request(page.path.format(**ids), cookies[page.username]) for page in pages]

    def ask():
        for number in range(EACH):
            send_once(port, requests[number % len(requests)])

    threads = [threading.Thread(target=ask) for _ in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
