"""What the choice of an intervention says of whoever would deliver it, as apps above know (pairs/service/hooks.py)."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from pairs.access.batch_query import Query, run_queries
from pairs.service.hooks import list_hooks

TO_SIGN_OFF = "A supervisor is asked to sign off how it is delivered."


@dataclass(frozen=True)
class Delivery:
    """One intervention in one person's hands. ``said``: words for after its name; "" where there is nothing to say."""

    code: str
    said: str
    to_sign_off: bool  # by a supervisor, once it is under way


def build_delivery_queries(people: Any) -> list[Query]:
    """Deliveries of interventions that ask for a competence. ``people``: ids, or a QuerySet of one."""
    return [build(people) for build in list_hooks("standings", "build_delivery_query")]


def load_deliveries(person: UUID) -> list[Delivery]:
    """The same, read now."""
    return run_queries(build_delivery_queries([person]))


def describe_deliveries(deliveries: Iterable[Delivery], under_way: Collection[str] = ()) -> Mapping[str, str]:
    """{intervention's code: what its choice says of that person}, of those not ``under_way``."""
    return {each.code: each.said for each in deliveries if each.said and each.code not in under_way}


def describe_begun(deliveries: Iterable[Delivery], begun: Collection[str]) -> str:
    """That a supervisor is asked, where one of the interventions begun is to be signed off; else ""."""
    return TO_SIGN_OFF if any(each.to_sign_off and each.code in begun for each in deliveries) else ""
