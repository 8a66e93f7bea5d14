"""The state folder of a running copy: secrets, logs, stamps, and the lock that allows only one copy."""

import fcntl
import hashlib
import json
import os
import secrets
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


class AlreadyRunning(Exception):
    """Another copy holds this state folder."""


def get_state_folder() -> Path:
    return Path(os.environ.get("PAIRS_STATE") or ROOT / ".local").expanduser().resolve()


class State:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.logs = folder / "logs"
        self.logs.mkdir(parents=True, exist_ok=True)
        self.emails = folder / "emails"

    def lock(self) -> None:
        """Hold the folder until this process ends, in whatever way; the descriptor is not inherited."""
        self._lock = open(self.folder / "lock", "a")  # noqa: SIM115
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            self._lock.close()
            raise AlreadyRunning(self.folder) from None

    def unlock(self) -> None:
        self._lock.close()

    def log(self, name: str) -> Path:
        return self.logs / f"{name}.log"

    def secret(self, name: str) -> str:
        """A random text made once and kept, readable by this account alone."""
        return self.get_or_create("secrets.json", name, secrets.token_urlsafe(48))

    def key_file(self, name: str) -> Path:
        """A file with a random text made once and kept, readable by this account alone."""
        path = self.folder / f"{name}.key"
        if not path.exists():
            write_private(path, secrets.token_hex(32))
        return path

    def get_or_create(self, file, name, default) -> str:
        path = self.folder / file
        known = json.loads(path.read_text()) if path.exists() else {}
        if name not in known:
            known[name] = default
            write_private(path, json.dumps(known, indent=1))
        return known[name]


def write_private(path: Path, text: str) -> None:
    """Whole or not at all, and never readable by others for a moment."""
    draft = path.with_suffix(".new")
    draft.unlink(missing_ok=True)
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
    draft.replace(path)


def compute_files_digest(paths: Iterable[Path], salt: str = "") -> str:
    """One text for the names and contents of these files: it changes when any of them does."""
    total = hashlib.sha256(salt.encode())
    for path in sorted(paths):
        total.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()
