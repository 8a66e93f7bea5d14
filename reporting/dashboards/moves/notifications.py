"""E-mail notifications about moves, with a link and nothing else."""

from collections.abc import Iterable

from django.db.models import QuerySet

from pairs.families.models import Family, FamilyGrant, FamilyMove
from pairs.jobs.notifications import EmailTopic, notify_colleagues
from pairs.service.models import User
from pairs.service.roles import GrantPurpose
from pairs.web.absolute_urls import build_absolute_url
from reporting.dashboards.moves.rules import MAY_ANSWER


def list_move_answerers(family: Family, site_id: object) -> QuerySet[User]:
    """Whoever may answer for the site; of a restricted family only those whom a grant lets in."""
    people = User.objects.with_permission(*MAY_ANSWER, at=[site_id])
    if family.restricted:
        granted = FamilyGrant.objects.live().filter(family=family, purpose=GrantPurpose.CARE)
        people = people.filter(pk__in=granted.values("user"))
    return people.order_by("username")


def notify_about_move(people: Iterable[User | None], subject: str, move: FamilyMove, *, by: User) -> None:
    """Send one e-mail to each person except whoever acted."""
    notify_colleagues(
        people,
        subject,
        build_absolute_url("move", move.pk),
        topic=EmailTopic.MOVE,
        site_id=move.from_site_id,
        by=by,
    )
