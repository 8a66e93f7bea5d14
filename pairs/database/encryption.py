"""Texts that must be had again and are in the database encrypted: with a key made from SECRET_KEY.

The database and its backups hold no key, so whoever has a dump alone cannot read them. When SECRET_KEY changes, the
former one goes into SECRET_KEY_FALLBACKS until nothing is left that it encrypted.
"""

import base64
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.crypto import salted_hmac

PURPOSE = "pairs.database.encryption"


def encrypt_text(text: str) -> str:
    """The text, encrypted with the present key (Fernet: AES-128-CBC and HMAC-SHA256)."""
    return _get_cipher(settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS).encrypt(text.encode()).decode()


def decrypt_text(encrypted: str) -> str:
    """The text again. Raises cryptography.fernet.InvalidToken when none of our keys fits."""
    return (
        _get_cipher(settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS).decrypt(encrypted.encode()).decode()
    )


@lru_cache(maxsize=4)
def _get_cipher(*secrets: str) -> Any:
    """Imported when first needed: most processes never encrypt."""
    from cryptography.fernet import Fernet, MultiFernet

    keys = [salted_hmac(PURPOSE, "key", secret=secret, algorithm="sha256").digest() for secret in secrets]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in keys])


class EncryptedTextField(models.TextField):
    """Text that the database holds encrypted: it cannot be searched, and only our processes can read it."""

    def get_prep_value(self, value: Any) -> Any:
        text = super().get_prep_value(value)
        return encrypt_text(text) if text else text

    def from_db_value(self, value: str | None, *_: Any) -> str | None:
        return decrypt_text(value) if value else value
