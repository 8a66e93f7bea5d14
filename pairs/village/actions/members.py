"""Who is around the child: added, changed, no longer there."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from pairs.families.models import Family, Infant
from pairs.service.models import User
from pairs.service.refusals import ActionRefused, refuse_all
from pairs.village.models import VillageMember
from pairs.village.rules import find_end_date_error


@transaction.atomic
def add_member(
    *, family: Family, infant: Infant | None, name: str, kind: str, closeness: int, by: User, **details: Any
) -> VillageMember:
    """Somebody more in the village. ``details``: role, organisation, how to reach them, account, since."""
    _validate_member(family, infant, details.get("since"), None)
    return VillageMember.objects.create(
        family=family, infant=infant, name=name, kind=kind, closeness=closeness, **details
    )


@transaction.atomic
def update_member(*, member: VillageMember, by: User, **details: Any) -> VillageMember:
    """What is known of them now; history keeps what was known before."""
    _validate_member(member.family, details.get("infant", member.infant), details.get("since"), member.until)
    return member.change(**details)


@transaction.atomic
def end_member(*, member: VillageMember, until: date, by: User) -> VillageMember:
    """They are no longer in the village. Agreements with them are not withdrawn by it: that is asked apart."""
    if until > timezone.localdate():
        raise ActionRefused({"until": "The date is in the future."})
    _validate_member(member.family, member.infant, member.since, until, field="until")
    member.until = until
    member.save(update_fields=["until"])
    return member


def _validate_member(
    family: Family, infant: Infant | None, since: date | None, until: date | None, field: str = "since"
) -> None:
    strange = infant and infant.family_id != family.pk
    is_future = since and since > timezone.localdate()
    errors = {
        field: find_end_date_error(start=since, until=until),
        "infant": "Choose from this family." if strange else "",
    }
    refuse_all(errors | ({"since": "The date is in the future."} if is_future else {}))
