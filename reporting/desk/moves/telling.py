"""Who hears of a move: by e-mail, with a link and nothing else."""

from collections.abc import Iterable

from django.core.mail import send_mail
from django.db.models import QuerySet

from pairs.families.models import Family, FamilyGrant, FamilyMove
from pairs.service.links import full_address
from pairs.service.models import User
from reporting.desk.moves.rules import MAY_ANSWER


def answerers(family: Family, site_id: object) -> QuerySet[User]:
    """Whoever may answer for the site; of a restricted family only those whom a grant lets in."""
    people = User.objects.who_may(*MAY_ANSWER, at=[site_id])
    if family.restricted:
        granted = FamilyGrant.objects.live().filter(family=family, purpose=FamilyGrant.CARE)
        people = people.filter(pk__in=granted.values("user"))
    return people.order_by("username")


def tell(people: Iterable[User | None], subject: str, move: FamilyMove, *, by: User) -> None:
    """One e-mail a person, not to the one whose act it is, nor twice."""
    link = full_address("move", move.pk)
    known = {person.pk: person for person in people if person is not None and person.is_active}
    for person in sorted(known.values(), key=lambda each: each.username):
        if person.email and person.pk != by.pk:
            send_mail(subject, f"Sign in to PaIRS to read it:\n\n{link}\n", None, [person.email])
