"""script/test: the lint, then the whole suite on two processes; pytest has the last word."""

import os
import subprocess
import sys

import pytest

from script.local.state import ROOT

PARALLEL = ["-n", "2", "--dist", "worksteal"]


class Lint:
    """The lint's verdict as part of pytest's: said in its summary, and red for the whole run."""

    def __init__(self, failed):
        self.failed = failed

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session):
        if self.failed and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter):
        if self.failed:
            terminalreporter.section("script/lint failed: see above the tests", sep="!", red=True, bold=True)


def main(arguments):
    os.chdir(ROOT)
    lint = subprocess.run([sys.executable, "-m", "script.local.lint"], check=False)
    print(flush=True)
    alone = any(word.startswith(("-n", "--pdb")) for word in arguments)
    raise SystemExit(
        pytest.main([*([] if alone else PARALLEL), *arguments], plugins=[Lint(lint.returncode != 0)])
    )


if __name__ == "__main__":
    main(sys.argv[1:])
