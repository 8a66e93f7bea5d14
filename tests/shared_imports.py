"""The processes of a run write the bytecode of the tests between them: each begins elsewhere to import them.

On a fresh clone they would else rewrite and compile the same module at the same moment, one after another.
"""

import contextlib
import importlib
from collections.abc import Iterator
from typing import Any

import pytest

from script.local.state_folder import ROOT

__all__ = ["pytest_collection"]


def pytest_collection(session: Any) -> None:
    """Before this process collects all tests; it finds them loaded."""
    config = session.config
    if hasattr(config, "workerinput") and config.args == config.getini("testpaths"):
        number = int(config.workerinput["workerid"].removeprefix("gw"))
        for name in rotate(list_test_modules(), number, config.workerinput["workercount"]):
            with contextlib.suppress(
                Exception, pytest.skip.Exception
            ):  # collecting it says what is wrong with it
                importlib.import_module(name)


def list_test_modules() -> list[str]:
    files = sorted((ROOT / "tests").rglob("test_*.py"))
    return [".".join(each.relative_to(ROOT).with_suffix("").parts) for each in files]


def rotate(names: list[str], number: int, of: int) -> Iterator[str]:
    """All of them, from the share of that process on."""
    begin = len(names) * number // of
    yield from (*names[begin:], *names[:begin])
