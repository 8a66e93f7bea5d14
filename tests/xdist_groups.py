"""Which tests run in one process, so that what is costly is made once, and what is long begins first."""

import contextlib

import pytest

__all__ = ["pytest_collection_modifyitems"]
# What costs seconds to make, and the group of whoever asks for it: its tests run in one process, one after another.
COSTLY_FIXTURES = {
    "sample_database": "the sample families",
    "running_service": "the running service",
    "configured_service": "the configured service",
}
# These two fill a process each from the start; whatever else there is follows file by file.
FIRST_GROUPS = list(COSTLY_FIXTURES.values())[:2]


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(items):
    """xdist reads the groups in this hook; pytest-django has its own order in it, which stays within each group."""
    for item in items:
        item.add_marker(pytest.mark.xdist_group(get_group(item)))
    yield
    for item in items:
        name_group(item)
    items.sort(key=lambda item: get_group_position(get_group(item)))


def name_group(item):
    """xdist tells the groups apart by the end of a test's id, which it cannot write any more since pytest 9.2.

    findings/pytest_xdist_groups.sh fails when it can again: then this goes.
    """
    ending = f"@{get_group(item)}"
    if item.config.getoption("loadgroup", default=False) and not item.nodeid.endswith(ending):
        with contextlib.suppress(AttributeError):  # an older pytest has no such attribute, and needs none
            item._id = type(item._id).parse(item.nodeid + ending)


def get_group(item) -> str:
    """The first costly fixture that the test asks for, else its file."""
    shared = (COSTLY_FIXTURES[name] for name in COSTLY_FIXTURES if name in item.fixturenames)
    return next(shared, item.location[0])


def get_group_position(group) -> int:
    return FIRST_GROUPS.index(group) if group in FIRST_GROUPS else len(FIRST_GROUPS)
