"""A process of its own for what may take much memory: it cannot take it from all others, and leaves none behind."""

import contextlib
import ctypes
import os
import pickle
import resource
import signal
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

from pairs.jobs.actions import WorkRefused

MEGABYTE = 1024 * 1024
PROCESS_SIZE = Path("/proc/self/statm")  # its first number: pages of address space (man 5 proc)
DONE, FAILED, NO_MEMORY = 0, 1, 2
# How a C library ends its process when it is refused memory.
ENDED_BY_LIBRARY = {signal.SIGSEGV, signal.SIGABRT, signal.SIGTRAP, signal.SIGBUS}
END_WITH_PARENT = 1  # PR_SET_PDEATHSIG (man 2 prctl)


class ProcessEnded(Exception):
    """Somebody ended the process: it may be tried again."""


def run_in_process(work: Callable[[], bytes], *, megabytes: int, refusal: str) -> bytes:
    """What ``work`` makes, in a process that may take so much memory beside what this one has (0: no limit).

    Raises WorkRefused, with the words of ``refusal``, if it takes more; what ``work`` raises; ProcessEnded. It must not
    ask the database: the connection is this process's.
    """
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        _work_and_exit(work, writer, megabytes)
    os.close(writer)
    try:
        with open(reader, "rb") as answer:
            made = answer.read()
    except BaseException:
        os.kill(child, signal.SIGKILL)
        raise
    finally:
        _, status = os.waitpid(child, 0)
    return _read_answer(made, os.waitstatus_to_exitcode(status), refusal)


def _read_answer(made: bytes, code: int, refusal: str) -> bytes:
    if code == DONE:
        return made
    if code == FAILED:
        raise pickle.loads(made)
    if code == NO_MEMORY or -code in ENDED_BY_LIBRARY:
        raise WorkRefused(refusal)
    raise ProcessEnded(f"ended with {code}")


# ---------------------------------------------------------------- in the process
def _work_and_exit(work: Callable[[], bytes], writer: int, megabytes: int) -> NoReturn:
    """Nothing of the parent's is closed or flushed here: it would do it twice."""
    code, made = DONE, b""
    try:
        _end_with_parent()
        _limit_memory(megabytes)
        made = work()
    except MemoryError:
        code = NO_MEMORY
    except BaseException as error:
        code, made = FAILED, _pickle_error(error)
    with contextlib.suppress(BaseException), open(writer, "wb") as answer:
        answer.write(made)
    os._exit(code)


def _end_with_parent() -> None:
    """A worker that is killed takes it along, where the system can do that."""
    with contextlib.suppress(AttributeError, OSError):
        ctypes.CDLL(None).prctl(END_WITH_PARENT, signal.SIGKILL)


def _limit_memory(megabytes: int) -> None:
    """None where the system does not say how much a process has (it is not Linux)."""
    if megabytes and PROCESS_SIZE.exists():
        pages = int(PROCESS_SIZE.read_text().split()[0])
        limit = pages * resource.getpagesize() + megabytes * MEGABYTE
        _, most = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(
            resource.RLIMIT_AS, (limit if most == resource.RLIM_INFINITY else min(limit, most), most)
        )


def _pickle_error(error: BaseException) -> bytes:
    """As it is, where it can travel; else what kind it was."""
    try:
        pickled = pickle.dumps(error)
        pickle.loads(pickled)
    except Exception:
        return pickle.dumps(RuntimeError(type(error).__name__))
    return pickled
