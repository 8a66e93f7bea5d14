"""A pytest plugin that runs one share of the tests: a long proof in parts, each with a table of its own."""

import re
import zlib

import pytest

SHARE_OPTION = "--share"


class Share:
    """The ``number``th of ``count`` shares. Which tests are in it goes by their names: the same in every run."""

    def __init__(self, number: int, count: int) -> None:
        self.number, self.count = number, count

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection_modifyitems(self, config, items):
        others = [each for each in items if not self.includes(each.nodeid)]
        items[:] = [each for each in items if self.includes(each.nodeid)]
        config.hook.pytest_deselected(items=others)

    def includes(self, name: str) -> bool:
        return zlib.crc32(name.encode()) % self.count == self.number - 1


def take_share(words: list[str]) -> tuple[list[str], list[Share]]:
    """(the words without ``--share 1/4``, the share it names). Raises SystemExit where it names none."""
    if SHARE_OPTION not in words:
        return words, []
    at = words.index(SHARE_OPTION)
    named = re.fullmatch(r"(\d+)/(\d+)", "".join(words[at + 1 : at + 2]))
    if not named or not 1 <= int(named[1]) <= int(named[2]):
        raise SystemExit(f"{SHARE_OPTION} takes a part of a whole, such as 1/4")
    return words[:at] + words[at + 2 :], [Share(int(named[1]), int(named[2]))]
