"""Somebody signed in without a browser: plain requests, several at once if need be, redirects not followed."""

import http.client
import time
import uuid
from dataclasses import dataclass
from email.message import Message
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit

from script.local.demo import PASSWORD

SIGN_IN_PATH = "/account/login/"


@dataclass(frozen=True)
class Response:
    status: int
    location: str
    body: bytes
    seconds: float
    headers: Message

    @property
    def text(self) -> str:
        return self.body.decode()


class HttpUser:
    """``username``: who is signed in at once, with the demo's password; None for nobody yet."""

    def __init__(self, base_url, username):
        self.host, self.cookies = urlsplit(base_url).netloc, {}
        self.get(SIGN_IN_PATH)
        if username:
            assert self.sign_in(username).status == 302

    def sign_in(self, username) -> Response:
        return self.post(SIGN_IN_PATH, login=username, password=PASSWORD)

    def get(self, path) -> Response:
        return self.send_request("GET", path, "")

    def post(self, path, **fields) -> Response:
        """With the cookie's token, as every form of ours has it; and a submission token of its own."""
        token = next(value for name, value in self.cookies.items() if name.startswith("csrftoken"))
        known = {"csrfmiddlewaretoken": token, "submission": str(uuid.uuid4())}
        return self.send_request("POST", path, urlencode(known | fields))

    def send_request(self, method, path, body) -> Response:
        began = time.monotonic()
        connection = http.client.HTTPConnection(self.host, timeout=30)
        try:
            connection.request(method, path, body, self.build_headers())
            answer = connection.getresponse()
            read = answer.read()
        finally:
            connection.close()
        for line in answer.msg.get_all("Set-Cookie", []):
            self.cookies |= {name: each.value for name, each in SimpleCookie(line).items()}
        seconds = time.monotonic() - began
        return Response(answer.status, answer.headers.get("Location", ""), read, seconds, answer.headers)

    def build_headers(self):
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return {"Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded"}


def find_family_id(person) -> str:
    """The id of a family on this practitioner's caseload."""
    return person.get("/caseload/").text.partition("/families/")[2][:36]


def get_status(base_url, path) -> int:
    """The status a stranger gets: no cookie, like a load balancer's question."""
    connection = http.client.HTTPConnection(urlsplit(base_url).netloc, timeout=30)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    finally:
        connection.close()
