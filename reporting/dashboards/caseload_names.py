"""Families by a name as it is typed: for the filter of the caseload."""

from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from pairs.access.scope import Scope
from pairs.families.models import Dyad, Family, Infant

MAX_WORDS, MAX_NAMED = 5, 1000


def list_families_named(scope: Scope, typed: str) -> list[UUID]:
    """Ids of families in scope in which each word is part of the name of a baby or of a carer who is there now."""
    families = Family.objects.visible_to(scope)
    for word in typed.split()[:MAX_WORDS]:
        infants = Infant.objects.live().filter(_build_part_q(word), family=OuterRef("pk"))
        carers = (
            Dyad.objects.live().current().filter(_build_part_q(word, "caregiver__"), family=OuterRef("pk"))
        )
        families = families.filter(Q(Exists(infants)) | Q(Exists(carers)))
    return list(families.values_list("pk", flat=True)[:MAX_NAMED])


def _build_part_q(word: str, there: str = "") -> Q:
    return Q(**{f"{there}given_name__icontains": word}) | Q(**{f"{there}family_name__icontains": word})
