"""Reports of errors to a server that speaks Sentry's protocol: off, and not even imported, without SENTRY_DSN.

Such a server is one more place outside the record. A report therefore holds what a line of the log holds
(config/logs.py) and nothing besides: the kind of each exception and the lines of code, never a message, a variable, a
header, what was sent, or an address. What it does hold is listed here, so that another release of the library adds
nothing.
"""

from typing import Any

import sentry_sdk
from sentry_sdk.integrations.celery import CeleryIntegration
from sentry_sdk.integrations.django import DjangoIntegration
from structlog.contextvars import get_contextvars

KEPT = ("event_id", "timestamp", "level", "platform", "release", "environment", "sdk", "transaction")
KEPT_OF_EXCEPTION = ("type", "module")
KEPT_OF_FRAME = ("filename", "abs_path", "function", "module", "lineno", "in_app")


def start_error_reports(dsn: str, **options: Any) -> None:
    """Once a process. ``options``: sentry_sdk's own, such as another transport.

    Only exceptions are reported. Raises sentry_sdk.utils.BadDsn for an address that is none.
    """
    sentry_sdk.init(
        dsn,
        default_integrations=False,
        auto_enabling_integrations=False,
        integrations=[DjangoIntegration(middleware_spans=False, signals_spans=False), CeleryIntegration()],
        send_default_pii=False,
        include_local_variables=False,
        include_source_context=False,
        max_request_body_size="never",
        max_breadcrumbs=0,
        auto_session_tracking=False,
        send_client_reports=False,
        before_send=lambda event, _hint: build_report(event),
        **options,
    )


def build_report(event: Any) -> Any:
    """What may leave of an event; None of one without an exception. ``transaction`` is the address's pattern or the
    task's name, without ids."""
    raised = event.get("exception", {}).get("values", [])
    if not raised:
        return None
    report = {key: event[key] for key in KEPT if key in event}
    request_id = get_contextvars().get("request_id")
    return report | {
        "exception": {"values": [clean_exception(each) for each in raised]},
        "tags": {"request_id": request_id} if request_id else {},
    }


def clean_exception(raised: dict[str, Any]) -> dict[str, Any]:
    frames = (raised.get("stacktrace") or {}).get("frames", [])
    return {
        **{key: raised[key] for key in KEPT_OF_EXCEPTION if key in raised},
        "stacktrace": {
            "frames": [{key: each[key] for key in KEPT_OF_FRAME if key in each} for each in frames]
        },
    }
