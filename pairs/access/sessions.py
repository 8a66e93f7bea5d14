"""Sessions in the database, as Django keeps them, but read by a prepared statement: every request reads one."""

from typing import Any

from django.contrib.sessions.backends import db
from django.utils import timezone

from pairs.access.statements import Statement

READ_SESSION = Statement(
    "SELECT session_data FROM django_session WHERE session_key = $1 AND expire_date > $2", ("key", "now")
)


class SessionStore(db.SessionStore):
    """Django's own session store in everything but how it reads."""

    def load(self) -> dict[str, Any]:
        """The session's values; a key that is unknown or has expired is dropped, so that a new one is made."""
        rows = READ_SESSION.run({"key": self.session_key, "now": timezone.now()})
        if rows:
            return self.decode(rows[0][0])
        self._session_key = None
        return {}
