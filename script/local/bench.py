"""script/bench: the main pages beside the least Django can do, in one run on one machine.

CPU a request (web and PostgreSQL together) decides; requests a second and the slow twentieth inform.
"""

import argparse
import http.client
import http.cookiejar
import os
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from script.local import bench_geography, bench_matching, bench_pages, bench_search, bench_seed, programs
from script.local.address import free_port
from script.local.bench_cpu import cpu_seconds
from script.local.children import Children
from script.local.demo import PASSWORD
from script.local.servers import Servers, start_servers, with_database
from script.local.state import ROOT, State
from script.local.table import table

SIGN_IN = "/account/login/"
# Name, who asks (nobody: no session), address; `*` is whatever id the caseload's first such address has.
PAGES = [
    ("alive", None, "/healthz"),
    ("ready", None, "/readyz"),
    ("sign-in page", None, SIGN_IN),
    ("home of a practitioner", "blackburn", "/"),
    ("caseload", "blackburn", "/caseload/"),
    ("worklist", "blackburn", "/due/"),
    ("family", "blackburn", "/families/*/"),
    ("diary, a week", "blackburn", "/diary/?view=week"),
    ("book a visit, its form", "blackburn", "/episodes/*/new-appointment/"),
    ("new contact, its form", "blackburn", "/episodes/*/new-contact/"),
    ("triage board", "duty", "/triage/"),
    ("API: fifty families", "blackburn", "/api/v1/families/"),
]


@dataclass(frozen=True)
class Measured:
    requests: int
    seconds: float
    slow_ms: float  # 19 of 20 answers came sooner
    cpu_ms: float

    def row(self, name, floor):
        rate = self.requests / self.seconds
        return (
            name,
            f"{rate:.0f}",
            f"{self.slow_ms:.0f}",
            f"{self.cpu_ms:.1f}",
            f"{self.cpu_ms / floor.cpu_ms:.2f}",
        )


def main(arguments):
    options = parse(arguments)
    with tempfile.TemporaryDirectory(prefix="pairs-bench-") as name, Children() as children:
        folder = Path(name)
        folder.chmod(0o711)
        state = State(folder)
        servers = start_servers(state, children)
        print("Making the floor and the demo data …", flush=True)
        floor = measure_floor(state, children, servers, options)
        rows = [floor.row("floor: a list of fifty, signed in", floor)]
        rows += measure_pages(state, children, servers, options, floor)
    print(f"\n{options.clients} clients, {options.seconds} s each, 2 sync workers, {os.cpu_count()} cores\n")
    print(table(["page", "requests/s", "p95 ms", "CPU ms a request", "× floor"], rows))


def parse(arguments):
    parser = argparse.ArgumentParser(prog="script/bench")
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--families", type=int, default=600)
    return parser.parse_args(arguments)


# ---------------------------------------------------------------- what is measured
def measure_floor(state, children, servers: Servers, options) -> Measured:
    with servers.postgres.connect() as db:
        db.execute("CREATE DATABASE floor OWNER pairs_owner")
    env = os.environ | {
        "FLOOR_DATABASE_URL": with_database(servers.owner_url, "floor"),
        "SECRET_KEY": state.secret("secret_key"),
    }
    subprocess.run([sys.executable, "-m", "script.local.floor"], cwd=ROOT, env=env, check=True)
    port = free_port()
    program = programs.web([f"127.0.0.1:{port}"])
    command = [word.replace("config.wsgi", "script.local.floor:application") for word in program.command]
    children.start("floor", command, env=env, log=state.log("floor"), cwd=ROOT, dies_by=program.dies_by)
    cookies = session_on(port, "/sign-in")
    measured = load(port, "/", cookies, options, watched(children, "floor"))
    children.stop("floor")
    return measured


def measure_pages(state, children, servers, options, floor):
    port = free_port()
    as_owner = programs.environment(servers, state, port=port, as_owner=True)
    for command in (["prepare_database"], ["seed_demo", "--families", str(options.families)]):
        subprocess.run(
            [*programs.MANAGE, *command], cwd=ROOT, env=as_owner, check=True, stdout=subprocess.DEVNULL
        )
    env = programs.environment(servers, state, port=port)
    programs.start_program(programs.web([f"127.0.0.1:{port}"]), children, state, env)
    wait_for(port)
    for name, username, path in PAGES:
        cookies = sign_in(port, username) if username else ""
        address = one_like(port, path, cookies)
        yield load(port, address, cookies, options, watched(children, "web")).row(name, floor)


def one_like(port, path, cookies) -> str:
    """The address itself; one with a `*` as the first like it on the caseload."""
    if "*" not in path:
        return path
    page = read(port, "/caseload/", cookies)[1].decode()
    found = re.search(path.replace("*", "[0-9a-f-]{36}"), page)
    if not found:
        raise SystemExit(f"The caseload has no address like {path}")
    return found[0]


# ---------------------------------------------------------------- a person's session
def session_on(port, path) -> str:
    wait_for(port)
    jar, opener = browser()
    opener.open(f"http://localhost:{port}{path}").read()
    return header(jar)


def sign_in(port, username) -> str:
    jar, opener = browser()
    address = f"http://localhost:{port}{SIGN_IN}"
    opener.open(address).read()
    token = next((cookie.value for cookie in jar if cookie.name.startswith("csrftoken")), "")
    form = {"login": username, "password": PASSWORD, "csrfmiddlewaretoken": token}
    answer = opener.open(urllib.request.Request(address, urllib.parse.urlencode(form).encode()))
    if SIGN_IN in answer.url:
        raise SystemExit(f"{username} cannot sign in")
    return header(jar)


def browser():
    jar = http.cookiejar.CookieJar()
    return jar, urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))


def header(jar) -> str:
    return "; ".join(f"{cookie.name}={cookie.value}" for cookie in jar)


def wait_for(port, patience=60):
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        try:
            ask(port, "/healthz", "")
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("The web server does not answer.")


# ---------------------------------------------------------------- the load
def ask(port, path, cookies) -> int:
    return read(port, path, cookies)[0]


def read(port, path, cookies) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", path, headers={"Cookie": cookies, "Host": f"localhost:{port}"})
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def load(port, path, cookies, options, pids) -> Measured:
    """So many clients, each asking again once answered, for so long; after a second of warming up."""
    client_loop(port, path, cookies, time.monotonic() + 1)
    before, began = cpu_seconds(pids), time.monotonic()
    timings: list[float] = []
    until = began + options.seconds
    clients = [
        threading.Thread(target=lambda: timings.extend(client_loop(port, path, cookies, until)))
        for _ in range(options.clients)
    ]
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    spent = cpu_seconds(pids) - before
    slow = statistics.quantiles(timings, n=20)[-1] * 1000
    return Measured(len(timings), time.monotonic() - began, slow, spent * 1000 / len(timings))


def client_loop(port, path, cookies, until) -> list[float]:
    timings = []
    while time.monotonic() < until:
        began = time.monotonic()
        status = ask(port, path, cookies)
        if status != 200:
            raise SystemExit(f"{path} answered {status}")
        timings.append(time.monotonic() - began)
    return timings


def watched(children, web):
    """The two parents whose families do the work."""
    return [children.running[web].pid, children.running["postgres"].pid]


if __name__ == "__main__":
    others = {
        "search": bench_search.main,
        "geography": bench_geography.main,
        "matching": bench_matching.main,
        "pages": bench_pages.main,
        "seed": bench_seed.main,
    }
    chosen = others.get(sys.argv[1]) if sys.argv[1:] else None
    chosen(sys.argv[2:]) if chosen else main(sys.argv[1:])
