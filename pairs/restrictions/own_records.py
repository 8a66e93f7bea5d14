"""Which families may be a colleague's own: a carer has their name or their e-mail address (pairs/service/hooks.py).

An account holds neither a telephone number nor an NHS number, so that these cannot be compared.
"""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Upper

from pairs.families.models import Caregiver
from pairs.families.models.people import FULL_NAME_KEY
from pairs.restrictions.models import OwnRecordAnswer
from pairs.restrictions.rules import OwnRecordKind
from pairs.service.models import User


def list_own_record_queries(user: Any) -> list[QuerySet[Caregiver]]:
    """Carers with this person's e-mail address, and with their name; each by an index.

    Without the families of which they have said that it is somebody else.
    """
    return [_query_alike(user, Upper("email"), "email"), _query_alike(user, FULL_NAME_KEY, "display_name")]


def _query_alike(user: Any, key: Any, field: str) -> QuerySet[Caregiver]:
    own = User.objects.filter(pk=user).exclude(**{field: ""}).annotate(key=Upper(field)).values("key")
    said = OwnRecordAnswer.objects.live().filter(
        family=OuterRef("family"), person=user, answer=OwnRecordKind.SOMEBODY_ELSE
    )
    return Caregiver.objects.live().alias(key=key).filter(~Exists(said), key=Subquery(own))
