"""What docker-compose.yml and the Dockerfile promise, parsed, since Docker may not be installed."""

import re
import subprocess
import sys

import pytest
import yaml

from script.local.state_folder import ROOT

OUR_SERVICES = ["migrate", "web", "worker", "relay"]
SECRETS = ["SECRET_KEY", "POSTGRES_PASSWORD", "OWNER_PASSWORD", "APPLICATION_PASSWORD", "QUEUE_PASSWORD"]
COMPOSE_TEXT = (ROOT / "docker-compose.yml").read_text()
SERVICES = yaml.safe_load(COMPOSE_TEXT)["services"]
DOCKERFILE = (ROOT / "Dockerfile").read_text()


def test_every_part_of_the_service_is_there():
    assert set(SERVICES) == {"db", "valkey", "proxy", "backup", *OUR_SERVICES}


@pytest.mark.parametrize("name", ["db", "valkey", "web", "worker", "proxy"])
def test_what_others_wait_for_has_a_health_check(name):
    assert SERVICES[name]["healthcheck"]["test"]


def test_the_health_checks_ask_our_addresses():
    assert "/readyz" in str(SERVICES["web"]["healthcheck"])
    assert "/healthz" in str(SERVICES["proxy"]["healthcheck"])


@pytest.mark.parametrize("name", sorted(set(SERVICES) - {"migrate", "db", "backup"}))
def test_only_the_migration_and_a_backup_get_the_owners_password(name):
    assert "owner" not in str(SERVICES[name]).lower()


def test_the_migration_is_the_owner_and_runs_once():
    assert "pairs_owner" in SERVICES["migrate"]["environment"]["DATABASE_URL"]
    assert SERVICES["migrate"]["restart"] == "no"


@pytest.mark.parametrize("name", ["web", "worker", "relay"])
def test_nothing_starts_before_the_tables_are_there(name):
    assert SERVICES[name]["depends_on"]["migrate"]["condition"] == "service_completed_successfully"


@pytest.mark.parametrize("secret", SECRETS)
def test_a_secret_has_no_default(secret):
    uses = re.findall(rf"\$\{{{secret}([^}}]*)\}}", COMPOSE_TEXT)
    assert uses
    assert all(use.startswith(":?") for use in uses)


def test_every_variable_is_explained():
    asked = set(re.findall(r"\$\{([A-Z_]+)", COMPOSE_TEXT))
    told = set(re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
    assert asked == told


def test_the_example_holds_no_secret():
    lines = (ROOT / ".env.example").read_text().splitlines()
    assert [line for line in lines if line.startswith(tuple(SECRETS)) and not line.endswith("=")] == []


def test_only_the_proxy_can_be_reached_from_outside():
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["proxy"]
    assert "outside" not in str([SERVICES[name]["networks"] for name in SERVICES if name != "proxy"])


@pytest.mark.parametrize("name", OUR_SERVICES)
def test_ours_never_run_in_demo_mode(name):
    assert not {"PAIRS_DEMO", "DEBUG"} & set(SERVICES[name]["environment"])


@pytest.mark.parametrize("name", OUR_SERVICES)
def test_ours_can_write_nothing_and_gain_nothing(name):
    assert SERVICES[name]["read_only"] is True
    assert SERVICES[name]["cap_drop"] == ["ALL"]


def test_a_backup_runs_only_when_it_is_asked_for_and_as_documented():
    service = SERVICES["backup"]
    assert service["profiles"] == ["backup"]
    assert service["command"] == ["save", service["volumes"][0].split(":")[1]]
    guide = (ROOT / "docs/operating/deployment.md").read_text()
    assert "docker compose run --rm backup`" in guide
    assert "docker compose run --rm backup restore /backups/" in guide


ONLY_PSYCOPG = """
import sys
class Refuse:
    def find_spec(self, name, path=None, target=None):
        there = {"script", "psycopg", "psycopg_binary", "psycopg_c", "typing_extensions"} | sys.stdlib_module_names
        if name.partition(".")[0] not in there and not name.startswith("_sysconfigdata"):
            raise ModuleNotFoundError(name)
sys.meta_path.insert(0, Refuse())
import script.local.backup
"""


def test_a_backup_needs_nothing_that_its_image_lacks():
    """That has Debian's Python and psycopg, and this repository's `script`."""
    stage = DOCKERFILE[DOCKERFILE.index(" AS backup") : DOCKERFILE.index("# ---- what runs")]
    assert "python3-psycopg" in stage
    assert "COPY script script" in stage
    assert re.search(r'^ENTRYPOINT \["python3", "-m", "script.local.backup"\]', stage, re.MULTILINE)
    done = subprocess.run(
        [sys.executable, "-c", ONLY_PSYCOPG], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_its_programs_are_of_the_servers_version():
    assert f"FROM {SERVICES['db']['image']} AS backup" in DOCKERFILE


def test_the_worker_has_limits_of_memory_processes_and_time(settings):
    assert SERVICES["worker"]["mem_limit"]
    assert SERVICES["worker"]["pids_limit"]
    assert 0 < settings.CELERY_TASK_SOFT_TIME_LIMIT < settings.CELERY_TASK_TIME_LIMIT
    # a message is not offered again while its task may still run
    assert settings.CELERY_BROKER_TRANSPORT_OPTIONS["visibility_timeout"] > settings.CELERY_TASK_TIME_LIMIT


# Folders of whoever keeps the server: Docker makes them.
OPERATORS_FOLDERS = {"./backups", "./official-files"}


def test_files_that_are_mounted_exist():
    mounted = {volume.split(":")[0] for service in SERVICES.values() for volume in service.get("volumes", ())}
    ours = [path for path in mounted - OPERATORS_FOLDERS if path.startswith("./")]
    assert ours
    assert [path for path in ours if not (ROOT / path).is_file()] == []


def get_final_stage() -> str:
    return DOCKERFILE[DOCKERFILE.rindex("\nFROM ") :]


def test_the_image_installs_the_locked_packages_and_nothing_for_tests():
    assert "--require-hashes -r requirements/base.txt" in DOCKERFILE
    assert not re.search(r"requirements/(local|test|node)", DOCKERFILE)


def test_the_image_runs_as_nobody_in_particular():
    users = re.findall(r"^USER (\S+)", get_final_stage(), re.MULTILINE)
    assert users == ["pairs"]
    assert get_final_stage().index("USER pairs") > get_final_stage().rindex("RUN ")


def test_the_image_holds_every_package_and_the_built_style_sheet():
    copied = re.findall(r"^COPY (?:--from=\S+ )?(\S+)", get_final_stage(), re.MULTILINE)
    houses = {"config", "pairs", "referrals", "interventions", "outcomes", "reporting", "templates", "static"}
    assert houses <= set(copied)
    assert "/build/static/build" in copied


def test_the_image_holds_no_secret():
    assert not re.search(r"(SECRET|PASSWORD|DATABASE_URL|REDIS_URL)\s*=", DOCKERFILE)
