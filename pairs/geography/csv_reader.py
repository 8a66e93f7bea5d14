"""Streaming a large official CSV: its header, its rows one at a time, how far we are, and what was skipped."""

import csv
import hashlib
import io
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Self

from pairs.geography.rules import InvalidRow

ProgressCallback = Callable[[str], None]
MAX_SAMPLED_ROWS = 50
MAX_TITLE_ROWS = 10  # above the header, where the published sheet has some
PROGRESS_INTERVAL_SECONDS = 2.0


class ImportRefused(Exception):
    """The file was refused and nothing changed; the message says why, for the person who gave it."""


def compute_sha256(path: Path) -> str:
    """SHA-256 of the file, as hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def check_readable(path: Path) -> None:
    """Refuse what is plainly not a CSV. Raises ImportRefused."""
    if not path.is_file():
        raise ImportRefused(f"There is no file {path}.")
    if not path.stat().st_size:
        raise ImportRefused(f"{path.name} is empty.")
    with path.open("rb") as file:
        if file.read(4) == b"PK\x03\x04":
            raise ImportRefused(
                f"{path.name} is a zip archive or workbook: unpack it and give the CSV inside."
            )


def read_top_rows(path: Path) -> list[list[str]]:
    """The first rows of a CSV: its header, or titles and then the header; none where it cannot be read as one."""
    try:
        with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
            return list(islice(csv.reader(file), MAX_TITLE_ROWS + 1))
    except csv.Error:
        return []


@dataclass
class ReadTally:
    """What has been read so far; skipped rows are counted by reason and the first of them kept by line."""

    read: int = 0
    outside: int = 0
    reasons: Counter[str] = field(default_factory=Counter)
    sample: list[dict[str, int | str]] = field(default_factory=list)

    @property
    def skipped(self) -> int:
        return self.reasons.total()

    def skip(self, line: int, reason: str) -> None:
        self.reasons[reason] += 1
        if len(self.sample) < MAX_SAMPLED_ROWS:
            self.sample.append({"line": line, "reason": reason})

    def as_json(self) -> dict[str, object]:
        return {"reasons": dict(self.reasons.most_common()), "first": self.sample}


class OfficialFile:
    """An open CSV: `header`, then `rows()`. A byte-order mark and either line ending are tolerated."""

    def __init__(self, path: Path, say: ProgressCallback) -> None:
        self.path = path
        self.tally = ReadTally()
        self.unread: list[str] = []  # keys of rows that could not be read beyond their key
        self._say = say
        self._size = path.stat().st_size
        self._started = self._said = time.monotonic()

    def __enter__(self) -> Self:
        # Undecodable bytes become U+FFFD, so one bad row is named and skipped rather than ending the import.
        self._bytes = self.path.open("rb")
        self._text = io.TextIOWrapper(self._bytes, encoding="utf-8-sig", errors="replace", newline="")
        self._csv = csv.reader(self._text)
        self.header = self._read_header()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._text.close()

    def _read_header(self) -> list[str]:
        try:
            return next(self._csv, [])
        except csv.Error as error:
            raise ImportRefused(f"{self.path.name} is not a CSV: {error}.") from error

    def skip_titles(self, count: int) -> None:
        """The header is that many rows further down."""
        for _ in range(count):
            self.header = self._read_header()

    def rows(self) -> Iterator[tuple[int, Sequence[str]]]:
        """(line number, cells) of each row that is not blank; a row the CSV reader cannot read is skipped."""
        while True:
            try:
                cells = next(self._csv, None)
            except csv.Error:
                self.tally.read += 1
                self.skip("not readable as CSV")
                continue
            if cells is None:
                return
            if cells:
                self.tally.read += 1
                self._report_progress()
                yield self._csv.line_num, cells

    def skip(self, reason: str | InvalidRow) -> None:
        self.tally.skip(self._csv.line_num, str(reason))

    def _report_progress(self) -> None:
        if self.tally.read % 1000 == 0 and time.monotonic() - self._said >= PROGRESS_INTERVAL_SECONDS:
            self._said = time.monotonic()
            self._say(self.describe_pace())

    def describe_pace(self) -> str:
        """'1,200,000 rows, 210,000 rows/s, 43 %' (of the file's bytes)."""
        seconds = max(time.monotonic() - self._started, 0.001)
        done = 100 * self._bytes.tell() // self._size
        return f"{self.tally.read:,} rows, {self.tally.read / seconds:,.0f} rows/s, {done} %"
