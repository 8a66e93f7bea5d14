"""Databases from templates: migrated once, seeded once, cloned in a blink, kept for the next run."""

import contextlib
import fcntl
import os
import subprocess
import sys
import uuid
from pathlib import Path

import psycopg

from script.local.servers import replace_database
from script.local.state_folder import ROOT, compute_files_digest

ADD_CAST = (
    "from tests.cheap_passwords import use_cheap_passwords; use_cheap_passwords();"
    "from tests.cast import make_cast; make_cast()"
)
SEED_COMMAND = ["seed_demo", "--families", "60", "--months", "6", "--seed", "1"]
TOP_PACKAGES = ["config", "pairs", "referrals", "interventions", "outcomes", "reporting"]
# Nothing in these reaches a table, so that a change of wording does not migrate everything again.
NOT_AFFECTING_TABLES = {"views.py", "api.py", "urls.py", "forms.py"}
TEMPLATES_KEPT = 4
# Clones that nobody uses any more are dropped together. After thousands of files were deleted, ext4 looks at each of
# them for minutes whenever a file is made (`recently_deleted`): a clone has 3,400 files, and took ten times as long.
CLONES_LEFT_AT_MOST = 40
LEFT_CLONES: list[str] = []


def list_code_files() -> list[Path]:
    kinds = {".py", ".yaml", ".json", ".csv"}
    files = [path for package in TOP_PACKAGES for path in (ROOT / package).rglob("*")]
    return [path for path in files if path.suffix in kinds and path.name not in NOT_AFFECTING_TABLES]


def get_owner_url(database=None) -> str:
    return replace_database(os.environ["DATABASE_URL"], database) if database else os.environ["DATABASE_URL"]


def get_application_url(database) -> str:
    return replace_database(os.environ["TEST_APPLICATION_URL"], database)


def connect(database=None):
    return psycopg.connect(get_owner_url(database), autocommit=True)


@contextlib.contextmanager
def hold_template_lock():
    with open(Path(os.environ["TEST_STATE"]) / "templates.lock", "w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        yield


def get_prepared_template() -> str:
    """A database with every table, grant and code list, and nobody in it."""
    return get_template("prepared", ["prepare_database"], list_code_files())


def make_template_with_cast() -> str:
    """The same with the standing cast, whom nearly every test asks for."""
    return get_template("cast", ["shell", "--command", ADD_CAST], list_code_files(), get_prepared_template)


def get_migrated_template() -> str:
    """The same by way of every migration."""
    return get_template("migrated", ["prepare_database", "--by-migrations"], list_code_files())


def get_seeded_template() -> str:
    """The same with the demo's made-up families, few of them."""
    return get_template("seeded", SEED_COMMAND, list_code_files(), get_prepared_template)


def get_template(kind, command, made_from, find_source=None) -> str:
    """The database this command makes out of another, made again when any of these files has changed."""
    name = f"{kind}_{compute_files_digest(made_from, str(command))[:12]}"
    if not database_exists(name):
        source = find_source() if find_source else None
        with hold_template_lock(), connect() as db:
            create_template(db, kind, name, command, source)
    return name


def database_exists(name) -> bool:
    with connect() as db:
        return bool(db.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone())


def create_template(db, kind, name, command, source):
    """Under a draft's name until it is whole; whoever waited for their turn finds it made."""
    if database_exists(name):
        return
    known = [row[0] for row in db.execute("SELECT datname FROM pg_database ORDER BY oid")]
    drop_old_templates(db, [each for each in known if each.startswith(kind + "_")])
    draft = f"making_{name}"
    drop_database(db, draft)
    create_database(db, draft, source)
    run_manage_as_owner(*command, database=draft)
    with connect(draft) as inside:
        inside.execute("VACUUM ANALYZE")
    db.execute(f'ALTER DATABASE "{draft}" RENAME TO "{name}"')


def drop_old_templates(db, names):
    for name in names[: max(0, len(names) - TEMPLATES_KEPT + 1)]:
        with contextlib.suppress(psycopg.errors.ObjectInUse):
            db.execute(f'DROP DATABASE "{name}"')


def create_database(db, name, source=None):
    db.execute(f'CREATE DATABASE "{name}"' + (f' TEMPLATE "{source}" STRATEGY FILE_COPY' if source else ""))


def drop_database(db, name):
    db.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def clone_database(source, prefix="live") -> str:
    """A database of one's own. Whoever asks leaves it (`leave_clone`)."""
    name = f"{prefix}_{uuid.uuid4().hex[:12]}"
    with hold_template_lock(), connect() as db:
        create_database(db, name, source)
    return name


@contextlib.contextmanager
def use_clone(source, prefix="live"):
    name = clone_database(source, prefix)
    try:
        yield name
    finally:
        leave_clone(name)


def leave_clone(name):
    """Nobody is connected to it any more; it goes with the others (`drop_left_clones`)."""
    with connect() as db:
        db.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])
    LEFT_CLONES.append(name)
    if len(LEFT_CLONES) >= CLONES_LEFT_AT_MOST:
        drop_left_clones()


def drop_left_clones():
    with connect() as db:
        while LEFT_CLONES:
            drop_database(db, LEFT_CLONES.pop())


def run_manage_as_owner(*arguments, database) -> str:
    """A management command as the owner, in a process of its own."""
    return run_manage(arguments, os.environ | {"DATABASE_URL": get_owner_url(database)})


def run_manage(arguments, env) -> str:
    return run_command([sys.executable, "manage.py", *arguments], env=env)


def run_command(command, **options) -> str:
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, **options)
    if done.returncode:
        raise RuntimeError(f"{' '.join(map(str, command))}:\n{done.stdout}{done.stderr}")
    return done.stdout


def copy_database(source, target_url, bin_folder):
    """A whole database from our server to another, rights included."""
    dump = Path(os.environ["TEST_STATE"]) / f"{uuid.uuid4().hex}.dump"
    try:
        run_command(
            [
                bin_folder / "pg_dump",
                "--format=custom",
                "--compress=0",
                f"--file={dump}",
                get_owner_url(source),
            ]
        )
        run_command(
            [
                bin_folder / "pg_restore",
                "--exit-on-error",
                "--single-transaction",
                f"--dbname={target_url}",
                dump,
            ]
        )
    finally:
        dump.unlink(missing_ok=True)


@contextlib.contextmanager
def triggers_off(model):
    """A table without its triggers, as only its owner can have it, and until the test's transaction ends at most."""
    from django.db import connection

    def switch(how):
        with connection.cursor() as cursor:
            cursor.execute(
                f'SET CONSTRAINTS ALL IMMEDIATE; ALTER TABLE "{model._meta.db_table}" {how} TRIGGER USER'
            )

    switch("DISABLE")
    try:
        yield
    finally:
        switch("ENABLE")
