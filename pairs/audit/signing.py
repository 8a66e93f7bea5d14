"""The key that signs each night's digest: kept in a file, so that whoever holds the database does not hold it."""

import hashlib
import hmac
import json
from pathlib import Path
from typing import Any

from django.conf import settings

MIN_KEY_BYTES = 32


class KeyMissing(Exception):
    """AUDIT_KEY_FILE names no file that holds a key of 32 bytes or more. The text says which."""


def read_key() -> bytes:
    """The bytes of the key file, without the space around them. Raises KeyMissing."""
    path = settings.AUDIT_KEY_FILE
    if not path:
        raise KeyMissing("AUDIT_KEY_FILE is not set: no digest can be signed or checked.")
    try:
        key = Path(path).read_bytes().strip()
    except OSError as error:
        raise KeyMissing(f"The file of AUDIT_KEY_FILE cannot be read: {error.strerror}.") from error
    if len(key) < MIN_KEY_BYTES:
        raise KeyMissing(f"The key in AUDIT_KEY_FILE is shorter than {MIN_KEY_BYTES} bytes.")
    return key


def sign(content: dict[str, Any], key: bytes) -> str:
    """HMAC-SHA256 (RFC 2104) of the content as canonical JSON, in hexadecimal."""
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()
