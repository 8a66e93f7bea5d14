"""Databases from templates: migrated once, seeded once, cloned in a blink, kept for the next run."""

import contextlib
import fcntl
import os
import subprocess
import sys
import uuid
from pathlib import Path

import psycopg

from script.local.servers import with_database
from script.local.state import ROOT, digest_of

ADD_CAST = "from tests.cast import make_cast; make_cast()"
SEED = ["seed_demo", "--families", "60", "--months", "6", "--seed", "1"]
HOUSES = ["config", "pairs", "referrals", "interventions", "outcomes", "reporting"]
# Nothing in these reaches a table, so that a change of wording does not migrate everything again.
PAGES_ONLY = {"views.py", "api.py", "urls.py", "forms.py"}
KEPT = 4


def code() -> list[Path]:
    kinds = {".py", ".yaml", ".json", ".csv"}
    files = [path for house in HOUSES for path in (ROOT / house).rglob("*")]
    return [path for path in files if path.suffix in kinds and path.name not in PAGES_ONLY]


def owner_url(database=None) -> str:
    return with_database(os.environ["DATABASE_URL"], database) if database else os.environ["DATABASE_URL"]


def application_url(database) -> str:
    return with_database(os.environ["TEST_APPLICATION_URL"], database)


def connect(database=None):
    return psycopg.connect(owner_url(database), autocommit=True)


@contextlib.contextmanager
def one_at_a_time():
    with open(Path(os.environ["TEST_STATE"]) / "templates.lock", "w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        yield


def prepared_template() -> str:
    """A database with every table, grant and code list, and nobody in it."""
    return template("prepared", ["prepare_database"], code())


def template_with_cast() -> str:
    """The same with the standing cast, whom nearly every test asks for."""
    return template("cast", ["shell", "--command", ADD_CAST], code(), prepared_template)


def migrated_template() -> str:
    """The same by way of every migration."""
    return template("migrated", ["prepare_database", "--by-migrations"], code())


def seeded_template() -> str:
    """The same with the demo's made-up families, few of them."""
    return template("seeded", SEED, code(), prepared_template)


def template(kind, command, made_from, find_source=None) -> str:
    """The database this command makes out of another, made again when any of these files has changed."""
    name = f"{kind}_{digest_of(made_from, str(command))[:12]}"
    if not exists(name):
        source = find_source() if find_source else None
        with one_at_a_time(), connect() as db:
            make_template(db, kind, name, command, source)
    return name


def exists(name) -> bool:
    with connect() as db:
        return bool(db.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone())


def make_template(db, kind, name, command, source):
    """Under a draft's name until it is whole; whoever waited for their turn finds it made."""
    if exists(name):
        return
    known = [row[0] for row in db.execute("SELECT datname FROM pg_database ORDER BY oid")]
    drop_old(db, [each for each in known if each.startswith(kind + "_")])
    draft = f"making_{name}"
    drop(db, draft)
    create(db, draft, source)
    manage(*command, database=draft)
    with connect(draft) as inside:
        inside.execute("VACUUM ANALYZE")
    db.execute(f'ALTER DATABASE "{draft}" RENAME TO "{name}"')


def drop_old(db, names):
    for name in names[: max(0, len(names) - KEPT + 1)]:
        with contextlib.suppress(psycopg.errors.ObjectInUse):
            db.execute(f'DROP DATABASE "{name}"')


def create(db, name, source=None):
    db.execute(f'CREATE DATABASE "{name}"' + (f' TEMPLATE "{source}" STRATEGY FILE_COPY' if source else ""))


def drop(db, name):
    db.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def clone(source, prefix="live") -> str:
    """A database of one's own. Whoever asks drops it."""
    name = f"{prefix}_{uuid.uuid4().hex[:12]}"
    with one_at_a_time(), connect() as db:
        create(db, name, source)
    return name


@contextlib.contextmanager
def clone_of(source, prefix="live"):
    name = clone(source, prefix)
    try:
        yield name
    finally:
        with connect() as db:
            drop(db, name)


def manage(*arguments, database) -> str:
    """A management command as the owner, in a process of its own."""
    return run_manage(arguments, os.environ | {"DATABASE_URL": owner_url(database)})


def run_manage(arguments, env) -> str:
    return run([sys.executable, "manage.py", *arguments], env=env)


def run(command, **options) -> str:
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, **options)
    if done.returncode:
        raise RuntimeError(f"{' '.join(map(str, command))}:\n{done.stdout}{done.stderr}")
    return done.stdout


def copy_over(source, target_url, bin_folder):
    """A whole database from our server to another, rights included."""
    dump = Path(os.environ["TEST_STATE"]) / f"{uuid.uuid4().hex}.dump"
    try:
        run([bin_folder / "pg_dump", "--format=custom", "--compress=0", f"--file={dump}", owner_url(source)])
        run(
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
