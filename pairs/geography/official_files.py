"""Official files from the service's folder: found, checked, and taken once somebody has seen what would change.

A run is a background job. The commands `import_deprivation` and `import_postcodes` call the same importer.
"""

import functools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from pairs.geography.csv_reader import ImportRefused, ProgressCallback, compute_sha256, read_top_rows
from pairs.geography.importer import NEARBY_AREAS, import_deprivation, import_postcodes
from pairs.geography.models import ImportKind, ImportRun
from pairs.geography.population_import import import_boards, import_ethnicity, import_population
from pairs.geography.population_layouts import recognise_boards, recognise_ethnicity, recognise_population
from pairs.geography.replacing import ImportOutcome
from pairs.geography.rules import LayoutNotRecognised, recognise_directory, recognise_file_7
from pairs.jobs.actions import enqueue, finish_job, report_progress
from pairs.jobs.models import Job
from pairs.service.models import User
from pairs.service.refusals import ActionRefused

TASK = "geography.run_import"
NOT_RECOGNISED = "Not an official file that PaIRS knows, or still packed: unpack it and put the CSV here."
PERCENT = re.compile(r"(\d+) %$")
IMPORTERS: dict[ImportKind, Callable[..., ImportOutcome]] = {
    ImportKind.DEPRIVATION: functools.partial(import_deprivation, release=None),
    ImportKind.POSTCODES: functools.partial(import_postcodes, areas=NEARBY_AREAS),
    ImportKind.POPULATION: import_population,
    ImportKind.ETHNICITY: import_ethnicity,
    ImportKind.BOARDS: import_boards,
}


@dataclass(frozen=True)
class FoundFile:
    """A file of the folder; ``kind`` is "" where it is no official file that we know."""

    name: str
    size: int
    changed_at: datetime
    kind: str

    @property
    def kind_name(self) -> str:
        return ImportKind(self.kind).label if self.kind else NOT_RECOGNISED


def list_official_files() -> list[FoundFile]:
    """The CSV files of the folder OFFICIAL_FILES, by name; none without a folder."""
    folder = Path(settings.OFFICIAL_FILES) if settings.OFFICIAL_FILES else None
    if folder is None or not folder.is_dir():
        return []
    return [_describe_file(path) for path in sorted(folder.iterdir()) if _is_offered(path)]


def _is_offered(path: Path) -> bool:
    return path.is_file() and not path.is_symlink() and path.suffix.lower() in (".csv", ".zip")


def _describe_file(path: Path) -> FoundFile:
    facts = path.stat()
    changed_at = datetime.fromtimestamp(facts.st_mtime, tz=UTC)
    return FoundFile(path.name, facts.st_size, changed_at, _recognise_kind(path))


def _recognise_kind(path: Path) -> str:
    top = read_top_rows(path)
    header = top[0] if top else []
    for kind, recognise, given in (
        (ImportKind.DEPRIVATION, recognise_file_7, (header,)),
        (ImportKind.POSTCODES, recognise_directory, (header,)),
        (ImportKind.POPULATION, recognise_population, (top, path.name)),
        (ImportKind.ETHNICITY, recognise_ethnicity, (header,)),
        (ImportKind.BOARDS, recognise_boards, (header,)),
    ):
        try:
            recognise(*given)
        except LayoutNotRecognised:
            continue
        return kind
    return ""


@transaction.atomic
def ask_for_check(*, file_name: str, partial: bool, by: User) -> ImportRun:
    """Have a file of the folder read, to see what would change. Raises ActionRefused by field."""
    found = {each.name: each for each in list_official_files()}.get(file_name)
    if found is None or not found.kind:
        raise ActionRefused({"file_name": "This file is no longer in the folder, or cannot be read."})
    return _start_run(kind=found.kind, file_name=file_name, takes=False, partial=partial, asked_by=by)


@transaction.atomic
def ask_to_take(*, check: ImportRun, by: User) -> ImportRun:
    """Load the file of a check that has found what would change. Raises ActionRefused."""
    ImportRun.objects.select_for_update().get(pk=check.pk)
    check = ImportRun.objects.get(pk=check.pk)
    if not check.may_be_taken:
        raise ActionRefused("There is nothing to take: check the file first.")
    return _start_run(
        kind=check.kind,
        file_name=check.file_name,
        takes=True,
        partial=check.partial,
        checked=check,
        asked_by=by,
    )


def _start_run(**values: Any) -> ImportRun:
    run = ImportRun(**values)
    run.job, _ = enqueue(task=TASK, key=f"official-file:{run.pk}", run=str(run.pk))
    run.save()
    return run


def perform_run(job: Job) -> None:
    """Read the file and keep what came of it; a refused file is an answer, and is not tried again."""
    run = ImportRun.objects.select_related("checked").get(pk=job.arguments["run"])
    try:
        outcome = _import_file(run, job)
    except ImportRefused as refusal:
        _finish_run(run, job, refusal=str(refusal)[:500])
    else:
        _finish_run(run, job, result=_describe_outcome(outcome))


def _import_file(run: ImportRun, job: Job) -> ImportOutcome:
    def say(text: str) -> None:
        percent = PERCENT.search(text)
        report_progress(job=job, per_cent=min(int(percent[1]), 99) if percent else 99, stage=text[:120])

    if run.checked:
        _refuse_other_file(get_path(run.file_name), run.checked)
    return import_file(
        kind=run.kind, file_name=run.file_name, partial=run.partial, check=not run.takes, say=say
    )


def get_path(file_name: str) -> Path:
    """Where a file of the folder lies; its name is one of ``list_official_files``."""
    return Path(settings.OFFICIAL_FILES) / file_name


def import_file(
    *, kind: str, file_name: str, partial: bool, check: bool, say: ProgressCallback
) -> ImportOutcome:
    """Load a file of the folder, or (``check``) find out what would change. Raises ImportRefused."""
    load = IMPORTERS[ImportKind(kind)]
    return load(path=get_path(file_name), partial=partial, again=False, say=say, check=check)


def _refuse_other_file(path: Path, checked: ImportRun) -> None:
    if not path.is_file() or compute_sha256(path) != checked.result["sha256"]:
        raise ImportRefused(f"{path.name} is not the file that was checked. Check it again.")


@transaction.atomic
def _finish_run(run: ImportRun, job: Job, *, refusal: str = "", result: dict[str, Any] | None = None) -> None:
    run.refusal, run.result = refusal, result or {}
    run.save(update_fields=["refusal", "result"])
    finish_job(job=job)


def _describe_outcome(outcome: ImportOutcome) -> dict[str, Any]:
    done = outcome.record
    return {
        "unchanged": outcome.unchanged,
        "added": outcome.added,
        "changed": outcome.changed,
        "removed": outcome.removed,
        "kept": outcome.kept,
        "rows": done.rows_written,
        "outside": done.rows_outside,
        "skipped": done.skipped,
        "layout": done.layout,
        "sha256": done.sha256,
    }


def list_outcome_lines(run: ImportRun) -> Iterator[str]:
    """What a finished run came to, in sentences."""
    if run.refusal:
        yield run.refusal
        return
    if not run.result:
        return
    if run.result["unchanged"]:
        yield "This very file is loaded already. Nothing would change."
        return
    verb = "were" if run.takes else "will be"
    yield f"Recognised as {run.result['layout']}, with {run.result['rows']:,} rows."
    for name in ("added", "changed", "removed"):
        yield f"{run.result[name]:,} rows {verb} {name}."
    if run.result["kept"]:
        yield f"{run.result['kept']:,} rows stay as they are: the file’s own could not be read."
    if run.result["outside"]:
        yield f"{run.result['outside']:,} rows are of areas that are not kept."
    for reason, count in run.result["skipped"]["reasons"].items():
        yield f"{count:,} rows {'were' if run.takes else 'will be'} skipped: {reason}."
