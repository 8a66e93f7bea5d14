"""Sessions in the database, as Django keeps them, but read by a prepared statement: every request reads one.

What a session holds for a few minutes of a link or of a second factor that is being set up is encrypted in it.
"""

from typing import Any

from django.contrib.sessions.backends import db
from django.utils import timezone

from pairs.access.statements import Statement
from pairs.database.encryption import decrypt_text, encrypt_text

READ_SESSION = Statement(
    "SELECT session_data FROM django_session WHERE session_key = $1 AND expire_date > $2", ("key", "now")
)
# allauth's names: the key of a link to choose a password, and the secret of an authenticator app.
SECRET_VALUES = ("_password_reset_key", "mfa.totp.secret")


class SessionStore(db.SessionStore):
    """Django's own session store but for how it reads, and for what it encrypts."""

    def load(self) -> dict[str, Any]:
        """The session's values; a key that is unknown or has expired is dropped, so that a new one is made."""
        rows = READ_SESSION.run({"key": self.session_key, "now": timezone.now()})
        if rows:
            return self.decode(rows[0][0])
        self._session_key = None
        return {}

    def encode(self, session_dict: dict[str, Any]) -> str:
        secrets = {name: encrypt_text(session_dict[name]) for name in SECRET_VALUES if session_dict.get(name)}
        return super().encode(session_dict | secrets)

    def decode(self, session_data: bytes | str) -> dict[str, Any]:
        values = super().decode(session_data)
        secrets = {name: decrypt_text(values[name]) for name in SECRET_VALUES if values.get(name)}
        return values | secrets
