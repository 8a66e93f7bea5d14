"""The pages asked in this process through Django's test client: queries and bytes of SQL, and CPU beside baselines.

Run as a module (script/bench does) it prints {page: [queries, bytes sent, bytes of text]} as JSON.
"""

import json
import sys
from collections.abc import Callable, Iterable
from datetime import datetime
from urllib.parse import urlencode

from script.local.bench_requests import Page, build_form_values, choose_pages, find_ids, renew_submission
from script.local.bench_sql import SqlCount, count_sql_sent, list_open_connections

WARM_UP_REQUESTS = 6  # requests before one is counted: psycopg prepares by itself what was asked five times


class SignedInClients:
    """Signed-in test clients, by username, and the ids of the records they open."""

    def __init__(self, pages: Iterable[Page]) -> None:
        from django.contrib.auth import get_user_model
        from django.test import Client

        users = get_user_model().objects
        self.clients = {}
        for name in {page.username for page in pages} | {"blackburn", "duty"}:
            self.clients[name] = Client(headers={"host": "localhost"})
            self.clients[name].force_login(users.get(username=name))
        self.ids = find_ids(self.read, list(pages))

    def read(self, username: str, path: str) -> str:
        response = self.clients[username].get(path)
        if response.status_code != 200:
            raise SystemExit(f"{path} answered {response.status_code} to {username}")
        return response.content.decode()

    def get_action(self, page: Page) -> Callable[[], None]:
        """What asks for the page once. Raises SystemExit when it does not answer as it should."""
        path, client = page.path.format(**self.ids), self.clients[page.username]
        if not page.sends_form:
            return lambda: self.read(page.username, path) and None
        values = build_form_values(self.read(page.username, path), datetime.now())
        return lambda: send(client, path, renew_submission(values))


def send(client, path, values) -> None:
    """As a browser sends a form without files."""
    sent = urlencode(values, doseq=True)
    response = client.post(path, sent, content_type="application/x-www-form-urlencoded")
    if response.status_code != 302:
        raise SystemExit(f"The form of {path} was refused: {response.status_code}")


def count_sql(action: Callable[[], None], *, warm_up: int = WARM_UP_REQUESTS) -> SqlCount:
    """The SQL of one request of a process that has answered it before."""
    for _ in range(warm_up):
        action()
    with count_sql_sent() as count:
        action()
    return count


def list_backends() -> list[int]:
    """Process numbers of PostgreSQL's backends for the connections of this process."""
    return [each.info.backend_pid for each in list_open_connections()]


def main(arguments):
    import django

    django.setup()
    pages = [page for page in choose_pages() if page.name in arguments]
    visitors = SignedInClients(pages)
    found = {page.name: count_sql(visitors.get_action(page)) for page in pages}
    print(json.dumps({name: [sql.queries, sql.sent_bytes, sql.text_bytes] for name, sql in found.items()}))


if __name__ == "__main__":
    main(sys.argv[1:])
