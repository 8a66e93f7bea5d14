"""Who may deliver a group: its facilitators, of whom one with the competence is enough."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef

from interventions.competencies.models import Competence, build_unmet_q
from interventions.competencies.rules import Needs, Standing, assess_standing, describe_standing
from interventions.competencies.standings import load_needs, load_standings, to_held
from interventions.groups.models import Facilitator, FacilitatorQuerySet, GroupSignOff, Programme
from pairs.service.models import User


def query_unsigned_groups(on: date) -> Any:
    """Open groups of which no facilitator may deliver the intervention, and for which no supervisor has signed off.

    A sign-off is of the facilitators at that time: it ends when another joins.
    """
    facilitating = _query_ours(OuterRef("pk"))
    held = Competence.objects.live().filter(
        intervention=OuterRef("intervention"), person__in=_query_ours(OuterRef(OuterRef("pk"))).values("user")
    )
    newest = facilitating.order_by("-created_at").values("created_at")[:1]
    signed = GroupSignOff.objects.live().filter(programme=OuterRef("pk"))
    open_groups = Programme.objects.live().open().filter(build_unmet_q(held, on)).annotate(joined=newest)
    return open_groups.exclude(Exists(signed.filter(created_at__gte=OuterRef("joined"))))


def _query_ours(programme: Any) -> FacilitatorQuerySet:
    """The colleagues who facilitate it; partners of other services are not of ours to sign off."""
    return Facilitator.objects.live().current().filter(programme=programme, user__isnull=False)


def list_facilitator_ids(programme: Programme) -> set[UUID]:
    """The colleagues who facilitate the group today."""
    return set(_query_ours(programme.pk).values_list("user", flat=True))


def needs_group_sign_off(programme: Programme, on: date) -> bool:
    """Whether a supervisor has to sign off how the group is delivered."""
    return query_unsigned_groups(on).filter(pk=programme.pk).exists()


def describe_facilitators(programme: Programme, on: date) -> dict[UUID, str]:
    """{colleague who facilitates it: whether they may deliver it, in words}; empty where it asks for nothing."""
    needs = load_needs().get(programme.intervention_id, Needs.NOTHING)
    if needs == Needs.NOTHING:
        return {}
    people = list_facilitator_ids(programme)
    rows = Competence.objects.live().filter(person__in=people, intervention=programme.intervention_id)
    held = {row.person_id: to_held(row) for row in rows}
    return {person: assess_standing(needs, held.get(person), on).label for person in people}


def describe_group_choices(user: User, on: date) -> dict[int, str]:
    """{intervention: what its choice says of whoever plans the group, and facilitates it first}."""
    standings: dict[int, Standing] = load_standings(user.pk, on)
    return {pk: describe_standing(standing, str(user)) for pk, standing in standings.items()}
