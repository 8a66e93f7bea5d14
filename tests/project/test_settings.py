"""Outside demo mode the settings refuse to start half-configured."""

import os
import subprocess
import sys

import pytest

from script.local.state_folder import ROOT

SOUND_SETTINGS = {"SECRET_KEY": "k3Jx" * 15, "ALLOWED_HOSTS": "pairs.example"}
LOAD_PROGRAM = """import config.settings as s
print(s.DEMO, s.SESSION_COOKIE_SECURE, s.SECURE_SSL_REDIRECT)
print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.KNOWN_BROWSER_COOKIE_NAME, s.STORAGES["staticfiles"]["BACKEND"])"""


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
    assert load_settings(**SOUND_SETTINGS).stdout.split()[:3] == ["False", "True", "True"]


def test_a_services_cookies_are_this_hosts_alone_and_its_files_are_named_by_what_is_in_them():
    *cookies, storage = load_settings(**SOUND_SETTINGS).stdout.split()[3:]
    assert cookies == ["__Host-pairs_session", "__Host-csrftoken", "__Host-pairs_session_browser"]
    assert storage == "pairs.web.static_files.HashedFilesStorage"


def test_a_browser_would_take_these_cookies(settings):
    """The prefix asks for Secure, the path / and no domain."""
    assert settings.SESSION_COOKIE_PATH == settings.CSRF_COOKIE_PATH == "/"
    assert settings.SESSION_COOKIE_DOMAIN is settings.CSRF_COOKIE_DOMAIN is None


def test_every_answer_says_what_a_page_may_use_of_the_browser(client, db):
    policy = client.get("/account/login/").headers["Permissions-Policy"]
    assert {"camera=()", "geolocation=()", "publickey-credentials-get=(self)"} <= set(policy.split(", "))


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
