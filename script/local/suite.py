"""script/test: the lint beside the whole suite on three processes; pytest has the last word."""

import contextlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from typing import Any

import pytest

from script.local.state_folder import ROOT

# For two cores: a browser, a lease or a server that starts is waited for in a quarter of the time of two processes.
# Tests go out by group (tests/xdist_groups.py): what shares a costly fixture runs in one process, and makes it once.
PARALLEL_OPTIONS = ["-n", "3", "--dist", "loadgroup", "--no-loadscope-reorder"]


class LintRun:
    """The lint's verdict as part of pytest's: said in its summary, and red for the whole run."""

    def __init__(self) -> None:
        # A file and no pipe, which would be full before anybody reads it.
        self.output = tempfile.TemporaryFile("w+")  # noqa: SIM115
        self.process = subprocess.Popen(
            [sys.executable, "-m", "script.local.lint"], stdout=self.output, stderr=subprocess.STDOUT
        )

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: Any) -> None:
        if self.process.wait() and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter):
        failed = self.process.wait()
        self.output.seek(0)
        terminalreporter.section("script/lint failed" if failed else "script/lint", red=bool(failed))
        terminalreporter.write(self.output.read())

    def stop(self) -> None:
        """End the lint if the tests were interrupted or failed before it finished."""
        if self.process.poll() is None:
            self.process.terminate()
            self.process.wait()
        self.output.close()


@contextlib.contextmanager
def run_lint_beside() -> Iterator[LintRun]:
    lint = LintRun()
    try:
        yield lint
    finally:
        lint.stop()


def keep_bytecode_enabled() -> None:
    """Else each process of a run compiles every module and rewrites every test again, as containers often ask."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    sys.dont_write_bytecode = False


def main(arguments):
    os.chdir(ROOT)
    keep_bytecode_enabled()
    alone = any(word.startswith(("-n", "--pdb")) for word in arguments)
    with run_lint_beside() as lint:
        raise SystemExit(pytest.main([*([] if alone else PARALLEL_OPTIONS), *arguments], plugins=[lint]))


if __name__ == "__main__":
    main(sys.argv[1:])
