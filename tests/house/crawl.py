"""One request to an address of the small world: what was answered, what it wrote, whose family was seen; undone."""

import os
import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.db import connection, transaction
from django.test import Client

from pairs.audit.models import AccessEntry
from tests.house import oracle, world
from tests.house.addresses import Address, every_address
from tests.house.forms_filled import form_of
from tests.house.world_diary import FEED
from tests.house.world_work import ANSWER_LINK

LONG = os.environ.get("PAIRS_LONG")  # the long proof asks all that the suite asks by turns
# Who looked, who is here, and how often a door without a cookie was knocked at.
MAY_BE_WRITTEN = {"audit_accessentry", "django_session", "cache_entries", "access_tally"}
WRITES = re.compile(r'(?<!FOR )\b(?:INSERT INTO|UPDATE(?! SET\b)|DELETE FROM)\s+"?(\w+)', re.IGNORECASE)
OTHER_PARAMETERS = {
    "code": "nhs_number_trace",
    "slug": "permission",
    "link": world.LINK,
    "answer_link": ANSWER_LINK,
    "feed": FEED,
    "way_id": "emdr",
    "measure_id": "prfq",
}


def matrix_addresses() -> list[Address]:
    """All but the last: what the API does not have is not there for anybody."""
    return [each for each in every_address() if (each.ours and each.name) or each.policy is None]


def turn_of(address: Address | str, of: str = "") -> int:
    """Which of several is tried at this address: the same in every run, and another at the next address."""
    return zlib.crc32(f"{address} {of}".encode())


def some_of(people, address):
    """Everybody in the long proof; in the suite two, beginning with another at another address."""
    turn = turn_of(address) % (len(people) or 1)
    return people if LONG else [*people[turn:], *people][: min(2, len(people))]


# Who is looked for first to fill in a page's form.
SENDERS = [
    "blackburn",
    "duty",
    "supervisor",
    "manager",
    "administrator",
    "governance",
    "healthvisitor",
    "peer",
    "hub",
]


def let_in(address: Address, method, where, people=oracle.EVERYBODY) -> list[str]:
    """Whoever the address is open to there."""
    return [each for each in people if oracle.expected(each, address, method, where) == oracle.OPEN]


def readers_of(address: Address, where) -> list[str]:
    """Who opens it for all the checks that look at what is shown: whoever sends its form, and another by turns."""
    may = let_in(address, "GET", where)
    sender = [each for each in let_in(address, "POST", where, SENDERS) if each in may][:1]
    others = [each for each in may if each not in sender]
    return may if LONG else [*sender, *others[turn_of(address) % (len(others) or 1) :][:1]]


def path_of(address: Address, homes, where) -> str:
    route = "/" + address.route
    for name, _ in address.parameters:
        route = re.sub(rf"<\w+:{name}>", str(_value(address, name, homes, where)), route)
    return re.sub(r"\(\?P<\w+>[^)]*\)", "x", route).replace("<provider_id>", "x").replace("^", "").rstrip("$")


def _value(address, name, homes, where):
    if name in OTHER_PARAMETERS:
        return OTHER_PARAMETERS[name]
    if where in (None, "nowhere"):
        return world.NOBODYS
    known = oracle.object_of(address)
    assert known in homes[where].objects, f"{address}: say in world.py how to make one {name}"
    return homes[where].objects[known].pk


class Watch:
    """Names of the tables that a request wrote to."""

    def __init__(self):
        self.tables = set()

    def __call__(self, execute, sql, params, many, context):
        self.tables |= set(WRITES.findall(str(sql))) - MAY_BE_WRITTEN
        return execute(sql, params, many, context)


@dataclass(frozen=True)
class Answer:
    """What came back, which tables were written to, and the families that the access log says were seen."""

    status_code: int
    content: bytes
    headers: Mapping[str, str]
    written: frozenset[str]
    opened: tuple[UUID, ...]
    listed: tuple[UUID, ...]

    @property
    def text(self) -> str:
        return self.content.decode(errors="replace")

    @property
    def is_page(self) -> bool:
        """A file to download is paper: what it says and to whom is its own app's to judge."""
        return self.headers.get("Content-Type", "").startswith("text/html")


def ask(client: Client, method: str, path: str) -> Answer:
    """Without a body, or with an empty one; undone afterwards."""
    watch = Watch()
    with transaction.atomic(), connection.execute_wrapper(watch):
        options = {"content_type": "application/json"} if path.startswith("/api/") else {}
        data = {} if method in ("GET", "POST") or options else ""
        response = getattr(client, method.lower())(path, data, **({} if method == "GET" else options))
        seen = list(AccessEntry.objects.all())  # of this request alone: no other was kept
        transaction.set_rollback(True)
    return Answer(
        response.status_code,
        b"".join(response.streaming_content) if response.streaming else response.content,
        dict(response.headers.items()),
        frozenset(watch.tables),
        tuple(family for entry in seen for family in entry.opened),
        tuple(family for entry in seen for family in entry.listed),
    )


@dataclass
class Crawl:
    """Whoever asks whatever; each GET, and each answer that there is nothing, is kept for all checks of the run.

    The long proof keeps no page: it asks for tens of thousands.
    """

    clients: dict[str, Client]
    kept: dict[tuple[str, str, str], Answer] = field(default_factory=dict)
    forms: dict[tuple[str, str], dict | None] = field(default_factory=dict)

    def ask(self, username: str, method: str, path: str) -> Answer:
        key = username, method, path
        if key in self.kept:
            return self.kept[key]
        answer = ask(self.clients[username], method, path)
        if answer.status_code in (404, 405) or (method == "GET" and not LONG):
            self.kept[key] = answer
        return answer

    def get(self, username: str, path: str) -> Answer:
        return self.ask(username, "GET", path)

    def form(self, username: str, path: str) -> dict | None:
        """The form of that page as `form_of` reads it; None where there is none."""
        if (username, path) not in self.forms:
            page = self.get(username, path)
            self.forms[username, path] = form_of(page.text) if page.status_code == 200 else None
        return self.forms[username, path]
