"""What script/bench measured last: kept in a file, compared with the next run, held against the budgets."""

import json
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from script.local.budgets import is_over
from script.local.state import ROOT, state_folder
from script.local.table import table

STEADY = 0.005  # a smaller change than one in two hundred is none


@dataclass(frozen=True)
class Figure:
    """One number of a run. ``limit``: its budget; None when it has none and is shown for information."""

    name: str
    value: float
    limit: float | None = None

    @property
    def over(self) -> bool:
        return is_over(self.value, self.limit)


def record_file() -> Path:
    return state_folder() / "bench.json"


def read_last(kind: str, path: Path | None = None) -> dict[str, float]:
    """{figure: value} of the last run of this kind; empty when there was none."""
    return _read(path or record_file()).get(kind, {}).get("figures", {})


def _read(path: Path) -> dict:
    return json.loads(path.read_text()) if path.exists() else {}


def write_last(kind: str, figures: Iterable[Figure], path: Path | None = None) -> None:
    """Keep these in place of the last run's; what this run did not measure stays as it was."""
    path = path or record_file()
    runs = _read(path)
    kept = runs.get(kind, {}).get("figures", {}) | {each.name: round(each.value, 4) for each in figures}
    measured_at = f"{datetime.now(UTC):%Y-%m-%dT%H:%MZ}"
    runs[kind] = {"measured_at": measured_at, "commit": commit(), "figures": kept}
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".new")
    draft.write_text(json.dumps(runs, indent=1, ensure_ascii=False) + "\n")
    draft.replace(path)


def commit() -> str:
    """The short name of the checked-out commit; empty where there is no git."""
    command = ["git", "rev-parse", "--short", "HEAD"]
    try:
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False).stdout.strip()
    except OSError:
        return ""


def change(value: float, before: float | None) -> str:
    """How much more or less than the last run: "+12 %", "=" when it is the same, empty without a last run."""
    if before is None:
        return ""
    if before == 0:
        return "=" if value == 0 else "new"
    share = value / before - 1
    return "=" if abs(share) < STEADY else f"{share:+.0%}".replace("%", " %")


def shown(value: float) -> str:
    """Short enough for a table: 118,920 · 41.3 · 0.12."""
    if float(value).is_integer() or abs(value) >= 1000:
        return f"{value:,.0f}"
    return f"{value:.2f}" if abs(value) < 10 else f"{value:.1f}"


def verdict(figure: Figure) -> str:
    return "" if figure.limit is None else "OVER" if figure.over else "within"


def comparison(figures: Iterable[Figure], last: Mapping[str, float]) -> str:
    """A table: each figure, the change since the last run, its budget, and whether it is over."""
    heads = ["what", "measured", "last run", "change", "budget", ""]
    return table(heads, [_row(each, last.get(each.name)) for each in figures])


def _row(figure, before):
    last = "" if before is None else shown(before)
    limit = "" if figure.limit is None else shown(figure.limit)
    return (figure.name, shown(figure.value), last, change(figure.value, before), limit, verdict(figure))


def conclude(kind: str, figures: list[Figure]) -> None:
    """Print the figures beside the last run's, keep them, and end with status 1 when one is over its budget."""
    print(comparison(figures, read_last(kind)))
    write_last(kind, figures)
    print(f"\nKept in {record_file()}")
    over = [each.name for each in figures if each.over]
    if over:
        raise SystemExit("\n  ".join([f"Over budget: {len(over)} of {len(figures)} figures", *over]))
