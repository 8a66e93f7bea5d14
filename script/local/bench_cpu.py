"""Processor time as /proc tells of it, for the benches: it means the same on a busy machine."""

import os
import statistics
import time
from collections.abc import Callable, Iterable
from pathlib import Path

TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")


def measure_cpu_seconds(parents) -> float:
    """User and system time of these processes and everything below them, the reaped included."""
    stats = {pid: read_process_stat(Path(f"/proc/{pid}")) for pid in find_descendants(parents)}
    return sum(sum(map(int, stat[11:15])) for stat in stats.values() if stat) / TICKS_PER_SECOND


def find_descendants(parents) -> set[int]:
    """These processes and everything below them."""
    stats = {
        int(folder.name): read_process_stat(folder)
        for folder in Path("/proc").iterdir()
        if folder.name.isdigit()
    }
    found = set(parents)
    while more := {pid for pid, stat in stats.items() if stat and int(stat[1]) in found} - found:
        found |= more
    return found


def read_process_stat(folder) -> list[str]:
    try:
        return (folder / "stat").read_text(errors="replace").rpartition(")")[2].split()
    except OSError:
        return []


def measure_own_cpu(pid: int) -> float:
    """Seconds that one process has run: to the nanosecond where the kernel counts so, else to the tick."""
    try:
        return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1e9
    except (OSError, IndexError):
        stat = read_process_stat(Path(f"/proc/{pid}"))
        return sum(map(int, stat[11:13])) / TICKS_PER_SECOND if stat else 0


def measure_cpu(action: Callable[[], object], backends: Iterable[int]) -> float:
    """Seconds of this process and of these of PostgreSQL, its backends for our connections, that an action takes."""
    backends = list(backends)
    before = time.process_time() + sum(map(measure_own_cpu, backends))
    action()
    return time.process_time() + sum(map(measure_own_cpu, backends)) - before


def measure_median_cpu(action: Callable[[], object], backends: Iterable[int], *, times: int) -> float:
    """The middle one of so many measurements."""
    backends = list(backends)
    return statistics.median(measure_cpu(action, backends) for _ in range(times))


def measure_memory_mb(pid: int) -> float:
    """Proportional share of memory (PSS) of one process, in MB (of 1,024 kB); 0 when it is gone."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
