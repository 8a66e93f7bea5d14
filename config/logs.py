"""A service's log as JSON, one object a line: when, what, which request and whose, and where an exception came from.

A log is read by more people and kept in more places than a record, so it holds ids and nothing about anyone. Of an
exception it says the type, the constraint that refused and the lines of code, never the message: PostgreSQL's quote
the row that was refused, and Python's the text that was typed.
"""

import traceback
from collections.abc import Iterator, Mapping, MutableMapping
from typing import Any

import structlog

from config.log_secrets import LEFT_OUT, SECRET

QUOTES = ("exc", "traceback", "args", "kwargs")  # what Celery says of a task besides its name and its id


def build_formatter() -> structlog.stdlib.ProcessorFormatter:
    """For settings.LOGGING. The code logs with Python's own `logging`; this only decides how a line is written."""
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[
            structlog.contextvars.merge_contextvars,
            structlog.stdlib.add_log_level,
            structlog.stdlib.add_logger_name,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            write_message,
            write_exception,
        ],
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        use_get_message=False,
        pass_foreign_args=True,
    )


def write_message(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> Mapping[str, Any]:
    args, text = event.pop("positional_args"), event["event"]
    return {**event, "event": SECRET.sub(LEFT_OUT, text % clean_args(args) if args else text)}


def clean_args(args: tuple | Mapping) -> tuple | dict:
    if isinstance(args, Mapping):
        return {key: LEFT_OUT if key in QUOTES else clean_arg(value) for key, value in args.items()}
    return tuple(clean_arg(each) for each in args)


def clean_arg(value: object) -> object:
    return type(value).__qualname__ if isinstance(value, BaseException) else value


def write_exception(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> Mapping[str, Any]:
    raised = (event.pop("exc_info", None) or (None, None, None))[1]
    return {**event, "exception": [describe(each) for each in list_causes(raised)]} if raised else event


def list_causes(raised: BaseException | None) -> Iterator[BaseException]:
    """The exception, then what it was raised from or while handling."""
    while raised:
        yield raised
        raised = raised.__cause__ or (None if raised.__suppress_context__ else raised.__context__)


def describe(raised: BaseException) -> dict:
    constraint = getattr(getattr(raised, "diag", None), "constraint_name", None)
    lines = [
        f"{frame.filename}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(raised.__traceback__)
    ]
    named = {"constraint": constraint} if constraint else {}
    return {"type": f"{type(raised).__module__}.{type(raised).__qualname__}", **named, "at": lines}
