"""Asks one address of a web server again and again, by several clients at once, signed in as somebody."""

import http.client
import http.cookiejar
import json
import statistics
import threading
import time
import urllib.parse
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field

from script.local.bench_cpu import measure_cpu_seconds

SIGN_IN_PATH = "/account/login/"
FORM_CONTENT_TYPE = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Load:
    """What was measured. ``calculate_slow_ms``: nineteen of twenty answers came sooner; ``cpu_ms``: of one request."""

    requests: int
    seconds: float
    slow_ms: float
    cpu_ms: float

    @property
    def rate(self) -> float:
        return self.requests / self.seconds


@dataclass(frozen=True)
class Request:
    """One request as it is sent: ``body`` makes a new one each time, and None is a GET. ``status``: its answer's."""

    path: str
    cookies: str = ""
    body: Callable[[], bytes] | None = None
    headers: dict[str, str] = field(default_factory=dict)
    status: int = 200


# ---------------------------------------------------------------- a person's session
def open_session(port, path) -> str:
    """The cookies of whoever is signed in by opening that address."""
    jar, opener = make_browser()
    opener.open(f"http://localhost:{port}{path}").read()
    return format_cookie_header(jar)


def sign_in(port, username, password) -> str:
    """The cookies of that person, signed in through the sign-in page. Raises SystemExit when they cannot."""
    jar, opener = make_browser()
    address = f"http://localhost:{port}{SIGN_IN_PATH}"
    opener.open(address).read()
    form = {
        "login": username,
        "password": password,
        "csrfmiddlewaretoken": find_csrf_token(format_cookie_header(jar)),
    }
    answer = opener.open(urllib.request.Request(address, urllib.parse.urlencode(form).encode()))
    if SIGN_IN_PATH in answer.url:
        raise SystemExit(f"{username} cannot sign in")
    return format_cookie_header(jar)


def make_browser():
    jar = http.cookiejar.CookieJar()
    return jar, urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))


def format_cookie_header(jar) -> str:
    return "; ".join(f"{cookie.name}={cookie.value}" for cookie in jar)


def find_csrf_token(cookies: str) -> str:
    """The token in a Cookie header; empty when there is none."""
    by_name = dict(each.partition("=")[::2] for each in cookies.split("; "))
    return next((value for name, value in by_name.items() if name.startswith("csrftoken")), "")


def wait_until_answering(port, path, patience=60):
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        try:
            send_request(port, Request(path))
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("The web server does not answer.")


# ---------------------------------------------------------------- requests
def build_form_request(path, cookies, make_values) -> Request:
    """A form that is sent anew each time, and answered by sending its reader on to the record."""
    return Request(
        path,
        cookies,
        body=lambda: urllib.parse.urlencode(make_values(), doseq=True).encode(),
        headers={"Content-Type": FORM_CONTENT_TYPE},
        status=302,
    )


def build_json_request(path, cookies, value) -> Request:
    """JSON that creates a row."""
    headers = {"Content-Type": "application/json", "X-CSRFToken": find_csrf_token(cookies)}
    return Request(path, cookies, body=lambda: json.dumps(value).encode(), headers=headers, status=201)


def send_request(port, request: Request) -> tuple[int, bytes]:
    """(status, what the answer holds)."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {"Cookie": request.cookies, "Host": f"localhost:{port}"} | request.headers
    try:
        if request.body:
            connection.request("POST", request.path, request.body(), headers)
        else:
            connection.request("GET", request.path, headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def read_page_text(port, path, cookies) -> str:
    """The page of that address. Raises SystemExit when it does not answer with one."""
    status, text = send_request(port, Request(path, cookies))
    if status != 200:
        raise SystemExit(f"{path} answered {status}")
    return text.decode()


def send_once(port, request: Request) -> float:
    """Seconds until the answer. Raises SystemExit when it is not the one it should be."""
    began = time.monotonic()
    status, _ = send_request(port, request)
    if status != request.status:
        raise SystemExit(f"{request.path} answered {status}")
    return time.monotonic() - began


# ---------------------------------------------------------------- the load
def measure_load(port, request: Request, *, clients: int, seconds: float, parents: list[int]) -> Load:
    """So many clients, each asking again once answered, for so long; after a second of warming up,
    by as many, or a worker would be asked for the first time while it is measured.

    ``parents``: the processes whose CPU, with everything below them, is counted.
    """
    send_from_clients(port, request, clients, time.monotonic() + 1)
    before, began = measure_cpu_seconds(parents), time.monotonic()
    timings = send_from_clients(port, request, clients, began + seconds)
    spent = measure_cpu_seconds(parents) - before
    return Load(
        len(timings), time.monotonic() - began, calculate_slow_ms(timings), spent * 1000 / len(timings)
    )


def calculate_slow_ms(timings: list[float]) -> float:
    return (statistics.quantiles(timings, n=20)[-1] if len(timings) > 1 else timings[0]) * 1000


def send_from_clients(port, request, clients, until) -> list[float]:
    """Seconds of each request, of so many clients at once."""
    timings: list[float] = []
    threads = [
        threading.Thread(target=lambda: timings.extend(send_until(port, request, until)))
        for _ in range(clients)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return timings


def send_until(port, request, until) -> list[float]:
    """Seconds of each request; at least one is sent."""
    timings = [send_once(port, request)]
    while time.monotonic() < until:
        timings.append(send_once(port, request))
    return timings
