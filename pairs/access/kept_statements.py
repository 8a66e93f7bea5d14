"""What is prepared on a connection stays prepared when a transaction on it is rolled back.

psycopg forgets all its prepared statements at each ROLLBACK, also to a savepoint, as tables may have been made or
dropped meanwhile. The service neither makes nor drops any while it runs, and PostgreSQL itself plans anew what a change
of tables concerns; but each refused form would have the pages after it planned again, some of them for 50 ms.
"""

import re
from collections.abc import Sequence
from typing import Any

from psycopg._preparing import Prepare, PrepareManager

# As in psycopg, but for ROLLBACK.
CLEARING_COMMAND = re.compile(rb"^(?:DROP|ALTER|DISCARD ALL|DEALLOCATE ALL)\b")


class KeptStatements(PrepareManager):
    """psycopg's own, but for rollbacks."""

    def clear(self) -> bool:
        """A connection asks for it when it rolls back."""
        return False

    def _should_discard(self, prep: Prepare, results: Sequence[Any], *_: Any) -> bool:
        if any(CLEARING_COMMAND.match(each.command_status or b"") for each in results):
            return super().clear()
        return False


def keep_statements(*, connection: Any, **_: Any) -> None:
    """Have a new connection of Django's keep them (a receiver of ``connection_created``).

    psycopg has no option for it. The class of what is there already changes, since it holds the connection's settings.
    """
    connection.connection._prepared.__class__ = KeptStatements
