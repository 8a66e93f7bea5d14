"""What of the waits comes onto a supervision agenda: a four-week clock that is near its end or over."""

KINDS_BY_CODE = {"day_21": "wait"}
