"""script/test: the lint beside the whole suite on two processes; pytest has the last word."""

import contextlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator

import pytest

from script.local.state import ROOT

# Tests go out by group (tests/sharing.py): what shares a costly fixture runs in one process, and makes it once.
PARALLEL = ["-n", "2", "--dist", "loadgroup", "--no-loadscope-reorder"]


class Lint:
    """The lint's verdict as part of pytest's: said in its summary, and red for the whole run."""

    def __init__(self):
        # A file and no pipe, which would be full before anybody reads it.
        self.output = tempfile.TemporaryFile("w+")  # noqa: SIM115
        self.process = subprocess.Popen(
            [sys.executable, "-m", "script.local.lint"], stdout=self.output, stderr=subprocess.STDOUT
        )

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session):
        if self.process.wait() and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter):
        failed = self.process.wait()
        self.output.seek(0)
        terminalreporter.section("script/lint failed" if failed else "script/lint", red=bool(failed))
        terminalreporter.write(self.output.read())

    def stop(self):
        """When the tests ended before it did, by the keyboard or by an error of their own."""
        if self.process.poll() is None:
            self.process.terminate()
            self.process.wait()
        self.output.close()


@contextlib.contextmanager
def lint_beside() -> Iterator[Lint]:
    lint = Lint()
    try:
        yield lint
    finally:
        lint.stop()


def keep_what_is_compiled():
    """Else each process of a run compiles every module and rewrites every test again, as containers often ask."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    sys.dont_write_bytecode = False


def main(arguments):
    os.chdir(ROOT)
    keep_what_is_compiled()
    alone = any(word.startswith(("-n", "--pdb")) for word in arguments)
    with lint_beside() as lint:
        raise SystemExit(pytest.main([*([] if alone else PARALLEL), *arguments], plugins=[lint]))


if __name__ == "__main__":
    main(sys.argv[1:])
