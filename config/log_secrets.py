"""What no log may hold: the secrets that stand in addresses."""

import logging
import re

LEFT_OUT = "…"
# The secret of a one-time link, of a calendar or of a new password; a UUID is an id, and stays.
SECRET = re.compile(r"(?<=/)(?![0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b)[\w-]{20,}")


class PlainFormatter(logging.Formatter):
    """Lines for people to read, without those secrets."""

    def format(self, record: logging.LogRecord) -> str:
        return SECRET.sub(LEFT_OUT, super().format(record))
