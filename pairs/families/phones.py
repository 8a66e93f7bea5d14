"""What a telephone number is compared by, however it was typed and whatever stands beside it. Pure.

A key is the number in digits with its country (E.164 without the +): 01254 55555, with nine digits of its own, is
44125455555.
"""

from functools import lru_cache


@lru_cache(maxsize=20_000)
def read_phone_keys(text: str) -> frozenset[str]:
    """Keys of all the numbers in what was typed; none for what is too short to tell people apart."""
    from pairs.web.typed_phones import (
        list_phone_numbers,  # with Google's library: whoever saves no phone needs neither
    )

    return frozenset(each.number.removeprefix("+") for each in list_phone_numbers(text))


def list_phone_keys(text: str) -> list[str]:
    """The same, as they are kept beside the phone: sorted."""
    return sorted(read_phone_keys(text))
