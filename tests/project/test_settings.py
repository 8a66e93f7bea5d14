"""Outside demo mode the settings refuse to start half-configured."""

import os
import subprocess
import sys

import pytest

from script.local.state_folder import ROOT

SOUND_SETTINGS = {"SECRET_KEY": "k3Jx" * 15, "ALLOWED_HOSTS": "pairs.example"}
LOAD_PROGRAM = "import config.settings as s; print(s.DEMO, s.SESSION_COOKIE_SECURE, s.SECURE_SSL_REDIRECT)"


def load_settings(**env):
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-c", LOAD_PROGRAM],
        cwd=ROOT,
        env=kept | env,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_sound_configuration_starts_with_everything_secure():
    assert load_settings(**SOUND_SETTINGS).stdout.split() == ["False", "True", "True"]


def test_the_demo_starts_with_nothing_set():
    assert load_settings(PAIRS_DEMO="1").stdout.split()[0] == "True"


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY"),
        ({"SECRET_KEY": "demo-only-never-for-a-real-family-" + "0" * 30}, "SECRET_KEY"),
        ({"DEBUG": "1"}, "DEBUG"),
        ({"ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS"),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS"),
        ({"ALLOWED_HOSTS": "pairs.example,*"}, "ALLOWED_HOSTS"),
    ],
)
def test_an_unsafe_configuration_does_not_start(change, named):
    refused = load_settings(**(SOUND_SETTINGS | change))
    assert refused.returncode != 0
    assert "ImproperlyConfigured" in refused.stderr
    assert named in refused.stderr.splitlines()[-1]
