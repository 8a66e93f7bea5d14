"""One request on the sample families: its response, what it wrote, whose family was logged; undone."""

import functools
import os
import re
import time
import zlib
from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass, field
from uuid import UUID

from django.db import connection, transaction
from django.test import Client

from pairs.audit.models import AccessEntry
from tests.confirmed_sign_in import confirm_sign_in
from tests.project import expected_access
from tests.project.api_contract import API_PREFIX, find_mismatch
from tests.project.factories import sample_families
from tests.project.factories.consultations import FEEDBACK_TOKEN
from tests.project.factories.diary import FEED_TOKEN
from tests.project.factories.episodes import EXPERIENCE_TOKEN
from tests.project.form_filling import parse_form
from tests.project.url_addresses import UrlAddress, list_url_addresses

LONG_RUN = os.environ.get("PAIRS_LONG")  # the long proof asks all that the suite asks by turns
# The access log, sessions, and the rate limits of public pages.
WRITABLE_TABLES = {
    "audit_accessentry",
    "audit_accountevent",
    "django_session",
    "cache_entries",
    "access_ratecount",
}
ACCESS_LOG = AccessEntry._meta.db_table
WRITE_STATEMENT = re.compile(
    r'(?<!FOR )(?<!KEY )\b(?:INSERT INTO|UPDATE(?! SET\b)|DELETE FROM)\s+"?(\w+)', re.IGNORECASE
)
SAVEPOINT_STATEMENT = re.compile(r'(ROLLBACK TO )?SAVEPOINT "?(\w+)', re.IGNORECASE)
OTHER_PARAMETERS = {
    "code": "nhs_number_trace",
    "slug": "permission",
    "link": sample_families.LINK_TOKEN,
    "answer_link": EXPERIENCE_TOKEN,
    "feedback_link": FEEDBACK_TOKEN,
    "feed": FEED_TOKEN,
    "way_id": "emdr",
    "measure_id": "prfq",
    "guide": "practitioner",
}


# A long proof of many pages is told in parts, so that a share of it can be asked (script/local/share.py).
PARTS = range(8 if LONG_RUN else 1)


def take_part(every, part):
    """Those of that part."""
    return [*every][part :: len(PARTS)]


def list_matrix_addresses() -> list[UrlAddress]:
    """All but the last: what the API does not have is not there for anybody."""
    return [each for each in list_url_addresses() if (each.ours and each.name) or each.policy is None]


def compute_turn(address: UrlAddress | str, of: str = "") -> int:
    """Which of several is tried at this address: the same in every run, and another at the next address."""
    return zlib.crc32(f"{address} {of}".encode())


def choose_some_people(people, address):
    """Everybody in the long proof; in the suite two, beginning with another at another address."""
    turn = compute_turn(address) % (len(people) or 1)
    return people if LONG_RUN else [*people[turn:], *people][: min(2, len(people))]


# Who is looked for first to fill in a page's form.
FORM_SENDERS = [
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


def list_allowed_people(address: UrlAddress, method, where, people=expected_access.EVERYBODY) -> list[str]:
    """Whoever the address is open to there."""
    return [
        each
        for each in people
        if expected_access.get_expected_outcome(each, address, method, where) == expected_access.OPEN
    ]


def list_page_readers(address: UrlAddress, where) -> list[str]:
    """Who opens it for all the checks that look at what is shown: whoever sends its form, and another by turns."""
    may = list_allowed_people(address, "GET", where)
    sender = [each for each in list_allowed_people(address, "POST", where, FORM_SENDERS) if each in may][:1]
    others = [each for each in may if each not in sender]
    return may if LONG_RUN else [*sender, *others[compute_turn(address) % (len(others) or 1) :][:1]]


def build_path(address: UrlAddress, homes, where) -> str:
    route = "/" + address.route
    for name, _ in address.parameters:
        route = re.sub(rf"<\w+:{name}>", str(_get_parameter_value(address, name, homes, where)), route)
    return re.sub(r"\(\?P<\w+>[^)]*\)", "x", route).replace("<provider_id>", "x").replace("^", "").rstrip("$")


def _get_parameter_value(address, name, homes, where):
    if name in OTHER_PARAMETERS:
        return OTHER_PARAMETERS[name]
    if where in (None, "nowhere"):
        return sample_families.UNKNOWN_ID
    known = expected_access.get_object_name(address)
    assert known in homes[where].objects, f"{address}: say in world.py how to make one {name}"
    return homes[where].objects[known].pk


SECONDS_OF_LONGEST_PROOF = 24 * 60 * 60


def keep_session_fresh(client: Client) -> None:
    """Each request is undone, and so would be the note of when its session was last seen: not written each time.

    Who is signed in has just shown again that it is them: what is asked for that has forms too.

    The note itself is tested in tests/unit/submissions/test_lock.py.
    """
    session = client.session
    session["since"] = session["last_seen"] = int(time.time()) + SECONDS_OF_LONGEST_PROOF
    confirm_sign_in(session, session["since"])
    session.save()


@functools.lru_cache(maxsize=4096)
def find_written_tables(sql: str) -> frozenset[str]:
    """Those that the statement writes to, less what every request may: kept, as the same few statements recur."""
    return frozenset(WRITE_STATEMENT.findall(sql)) - WRITABLE_TABLES


class WriteRecorder:
    """Names of the tables that a request wrote to, less what it took back, and whether it wrote to the access log."""

    def __init__(self):
        self.tables, self.was_logged = set(), False
        self._before = {}  # {savepoint: the tables written to before it}

    def __call__(self, execute, sql, params, many, context):
        text = str(sql)
        self.tables |= find_written_tables(text)
        self.was_logged = self.was_logged or ACCESS_LOG in text
        if said := SAVEPOINT_STATEMENT.match(text):
            self._follow_savepoint(said[2], is_rollback=bool(said[1]))
        return execute(sql, params, many, context)

    def _follow_savepoint(self, name, *, is_rollback):
        if is_rollback:
            self.tables = set(self._before.get(name, self.tables))
        else:
            self._before[name] = set(self.tables)


@dataclass(frozen=True)
class RecordedResponse:
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
        """False for a file to download: what it may contain is tested by its own app."""
        return self.headers.get("Content-Type", "").startswith("text/html")


def send_and_roll_back(client: Client, method: str, path: str) -> RecordedResponse:
    """Without a body, or with an empty one; undone afterwards, with whatever became of the session's cookie."""
    watch, cookies = WriteRecorder(), copy(client.cookies)
    with transaction.atomic(), connection.execute_wrapper(watch):
        options = {"content_type": "application/json"} if path.startswith("/api/") else {}
        data = {} if method in ("GET", "POST") or options else ""
        response = getattr(client, method.lower())(path, data, **({} if method == "GET" else options))
        # Of this request alone: no other was kept.
        seen = list(AccessEntry.objects.values_list("opened", "listed")) if watch.was_logged else []
        transaction.set_rollback(True)
    client.cookies = cookies
    return RecordedResponse(
        response.status_code,
        b"".join(response.streaming_content) if response.streaming else response.content,
        dict(response.headers.items()),
        frozenset(watch.tables),
        tuple(family for opened, _ in seen for family in opened),
        tuple(family for _, listed in seen for family in listed),
    )


@dataclass
class Crawler:
    """Whoever asks whatever; each GET, and each answer that there is nothing, is kept for all checks of the run.

    The long proof keeps no page: it asks for tens of thousands.
    """

    clients: dict[str, Client]
    kept: dict[tuple[str, str, str], RecordedResponse] = field(default_factory=dict)
    forms: dict[tuple[str, str], dict | None] = field(default_factory=dict)
    compared: int = 0  # answers of the API that were held against its description

    def request_once(self, username: str, method: str, path: str) -> RecordedResponse:
        key = username, method, path
        if key in self.kept:
            return self.kept[key]
        answer = send_and_roll_back(self.clients[username], method, path)
        self._check_contract(username, method, path, answer)
        if answer.status_code in (404, 405) or (method == "GET" and not LONG_RUN):
            self.kept[key] = answer
        return answer

    def _check_contract(self, username: str, method: str, path: str, answer: RecordedResponse) -> None:
        """Each answer of the API is one that its description gives."""
        if path.startswith(API_PREFIX):
            self.compared += 1
            mismatch = find_mismatch(method, path, answer.status_code, answer.headers, answer.content)
            assert not mismatch, f"{method} {path} as {username}: {answer.status_code}: {mismatch}"

    def get(self, username: str, path: str) -> RecordedResponse:
        return self.request_once(username, "GET", path)

    def get_form(self, username: str, path: str) -> dict | None:
        """The form of that page as `parse_form` reads it; None where there is none."""
        if (username, path) not in self.forms:
            page = self.get(username, path)
            self.forms[username, path] = parse_form(page.text) if page.status_code == 200 else None
        return self.forms[username, path]
