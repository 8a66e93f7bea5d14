"""Ten rules that protect people, each with the change of one line that would break it, and the tests that must see it.

`script/prove mutation` makes each change in a copy of the project, one after the other, and asks those tests.
"""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from script.local.state_folder import ROOT

COPIED = ["config", "findings", "interventions", "locale", "outcomes", "pairs", "referrals", "reporting"]
COPIED += ["script", "templates", "tests", "docs", "manage.py", "pyproject.toml", "package.json"]
LINKED = ["node_modules", "static"]
# The copy starts servers of its own, and asks what an ordinary run asks.
OUR_OWN_VARIABLES = re.compile(
    "PAIRS_|TEST_|PYTEST_|HYPOTHESIS_|DATABASE_URL$|REDIS_URL$|DJANGO_SETTINGS_MODULE$"
)
FAILED_PATTERN = re.compile(r"^FAILED (\S+(?: [^-\s]\S*)*)", re.MULTILINE)


@dataclass(frozen=True)
class Mutation:
    """``rule`` in words; ``before``: text that stands once in ``path``, and ``after`` in its place breaks the rule."""

    rule: str
    path: str
    before: str
    after: str
    tests: tuple[str, ...]


MUTATIONS = [
    Mutation(
        "scope: families of one's own sites alone",
        "pairs/families/models/family.py",
        '{"site__in": scope.sites("read_families"), "restricted": False},',
        '{"restricted": False},',
        ("tests/unit/matching/test_search.py", "tests/unit/safeguarding/test_pages.py"),
    ),
    Mutation(
        "restricted family: for those who are named, and governance",
        "pairs/families/models/family.py",
        '{"site__in": scope.sites("read_families"), "restricted": False},',
        '{"site__in": scope.sites("read_families")},',
        ("tests/unit/restrictions", "tests/unit/matching/test_search.py"),
    ),
    Mutation(
        "policy: an address that declares none is refused",
        "pairs/access/middleware.py",
        'raise PermissionDenied("This address has no policy.")',
        "return None",
        ("tests/project/test_url_policies.py",),
    ),
    Mutation(
        "permission at the record's own site, not at any",
        "pairs/access/visible_records.py",
        "request.scope.may(*needed, at=record.site_id, of=of)",
        "request.scope.may(*needed)",
        ("tests/unit/moves", "tests/unit/restrictions", "tests/unit/collaboration"),
    ),
    Mutation(
        "audience: without an agreement nothing is told outside the service",
        "pairs/village/disclosure.py",
        'NOT_AGREED = Verdict(may=False, why="No current',
        'NOT_AGREED = Verdict(may=True, why="No current',
        ("tests/unit/village/test_disclosure.py",),
    ),
    Mutation(
        "safeguarding audience: never to a carer in writing",
        "pairs/village/disclosure.py",
        '"safeguarding to a carer", _is_safeguarding_for_carer, False,',
        '"safeguarding to a carer", _is_safeguarding_for_carer, True,',
        ("tests/unit/village/test_disclosure.py",),
    ),
    Mutation(
        "privacy class: every field of a referral has one",
        "referrals/models/referral.py",
        '"sensitive": "lsoa_code imd_decile",',
        '"sensitive": "lsoa_code",',
        ("tests/project/test_models.py",),
    ),
    Mutation(
        "append-only: the access log may not be deleted from",
        "pairs/audit/models.py",
        "operation=pgtrigger.Update | pgtrigger.Delete",
        "operation=pgtrigger.Update",
        ("tests/project/test_append_only_history.py",),
    ),
    Mutation(
        "state: an accepted referral is not decided again",
        "referrals/rules/status_transitions.py",
        "ReferralState.ACCEPTED: set(),",
        "ReferralState.ACCEPTED: {ReferralState.READ},",
        ("tests/unit/referrals/test_rules.py", "tests/unit/referrals/test_status_changes.py"),
    ),
    Mutation(
        "referrer's own: the referrals of oneself and one's team",
        "referrals/models/referral.py",
        "mine = Q(referrer_id=scope.user_id)",
        "mine = Q()",
        ("tests/unit/referrals/test_own_referrals.py",),
    ),
]


def count_places(mutation: Mutation) -> int:
    """How often its text stands in its file."""
    return (ROOT / mutation.path).read_text().count(mutation.before)


def copy_project(folder: Path) -> None:
    """Into a new folder: what the tests read, and links to what was installed and built."""
    ignore = shutil.ignore_patterns("__pycache__", ".local")
    for name in COPIED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, ignore=ignore)
        else:
            shutil.copy2(ROOT / name, folder / name)
    for name in LINKED:
        (folder / name).symlink_to(ROOT / name)


def list_failures(mutation: Mutation, folder: Path) -> list[str]:
    """The first test that fails in the copy with the change made, which is taken back; [] where all pass.

    Raises RuntimeError when the tests could not be asked.
    """
    target = folder / mutation.path
    sound = target.read_text()
    target.write_text(sound.replace(mutation.before, mutation.after))
    try:
        return _run_tests(mutation.tests, folder)
    finally:
        target.write_text(sound)


def _run_tests(tests: tuple[str, ...], folder: Path) -> list[str]:
    env = {name: each for name, each in os.environ.items() if not OUR_OWN_VARIABLES.match(name)}
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *tests]
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)
    failed = FAILED_PATTERN.findall(done.stdout)
    if done.returncode and not failed:
        raise RuntimeError(
            f"pytest ended with {done.returncode}:\n{done.stdout[-3000:]}{done.stderr[-1000:]}"
        )
    return failed
