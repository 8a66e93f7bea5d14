"""Addresses kept in pieces are those that Django builds."""

import uuid

import pytest
from django.urls import NoReverseMatch, reverse, set_script_prefix

from pairs.web.url_cache import reverse_cached

FIRST, SECOND = uuid.uuid4(), uuid.uuid4()
ADDRESSES = [
    ("home", ()),
    ("family", (FIRST,)),
    ("family", (SECOND,)),
    ("family", (str(SECOND),)),
    ("due-decision", (FIRST, "day_21")),
    ("due-decision", (SECOND, "day_21")),
    ("due-decision", (SECOND, "awaiting_triage")),
]


@pytest.mark.parametrize(("name", "args"), ADDRESSES)
def test_it_answers_as_reverse_does(name, args):
    for _ in range(2):  # the second time from the cache
        assert reverse_cached(name, *args) == reverse(name, args=args)


def test_it_follows_the_prefix_that_the_service_stands_under():
    try:
        set_script_prefix("/pairs/")
        assert reverse_cached("family", FIRST) == f"/pairs/families/{FIRST}/"
    finally:
        set_script_prefix("/")
    assert reverse_cached("family", FIRST) == f"/families/{FIRST}/"


def test_a_name_that_is_none_is_refused():
    with pytest.raises(NoReverseMatch):
        reverse_cached("no-such-page", FIRST)
