"""Addresses kept in pieces are those that Django builds."""

import uuid

import pytest
from django.urls import NoReverseMatch, reverse, set_script_prefix

from pairs.web.url_cache import AddressBaseMiddleware, _split_url, reverse_cached

FIRST, SECOND = uuid.uuid4(), uuid.uuid4()
ADDRESSES = [
    ("home", ()),
    ("search", ()),
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


def test_within_a_request_it_is_built_on_what_the_request_came_by(rf):
    """And outside one, and after it, on what Django has then."""
    answers = []

    def answer(request):
        middleware.process_view(request, None, (), {})
        set_script_prefix("/elsewhere/")  # a view does not do so: the base is looked up once
        answers.append(reverse_cached("family", FIRST))

    middleware = AddressBaseMiddleware(answer)
    try:
        middleware(rf.get("/"))
        answers.append(reverse_cached("family", FIRST))
    finally:
        set_script_prefix("/")
    assert answers == [f"/families/{FIRST}/", f"/elsewhere/families/{FIRST}/"]


def test_ids_that_came_as_text_share_one_entry_of_the_cache():
    for number in range(5):
        reverse_cached("family", str(uuid.UUID(int=number)))
    before = _split_url.cache_info().currsize
    for number in range(5, 10):
        assert reverse_cached("family", str(uuid.UUID(int=number))).endswith(f"{number:012x}/")
    assert _split_url.cache_info().currsize == before


def test_a_name_that_is_none_is_refused():
    with pytest.raises(NoReverseMatch):
        reverse_cached("no-such-page", FIRST)
