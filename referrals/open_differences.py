"""Which referrals say something else than a record that was held, of which nobody has chosen yet: in SQL."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from referrals.models import ReferredCaregiver, ReferredInfant
from referrals.rules.differences import SAFETY_FIELDS


def build_open_differences_q() -> Q:
    """For referrals: anything about a baby or a carer waits to be chosen.

    By the few ids that are so: "a baby or a carer of it" would be asked of every referral there ever was.
    """
    babies, carers = (
        _query_differing(model).order_by().values("referral") for model in (ReferredInfant, ReferredCaregiver)
    )
    return Q(pk__in=babies.union(carers))


def build_unsafe_difference_exists() -> Exists:
    """For referrals: how it is safe to make contact is among it."""
    named = Q()
    for field in SAFETY_FIELDS:
        named |= Q(differs__contains=[{"field": field}])
    return Exists(_query_differing(ReferredCaregiver).filter(named, referral=OuterRef("pk")))


def _query_differing(model: type[ReferredInfant] | type[ReferredCaregiver]) -> QuerySet:
    return model.objects.live().filter(settled_at=None).exclude(differs=[])
