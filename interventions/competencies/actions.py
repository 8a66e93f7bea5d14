"""Competences recorded and changed; what interventions ask for; sign-offs."""

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from interventions.competencies.models import Competence, DeliveryRequirement, DeliverySignOff
from interventions.competencies.rules import SignOffFacts, find_competence_errors, find_sign_off_errors
from interventions.episodes.models import Intervention, InterventionUse, query_possible_leads
from pairs.service.models import Site, User
from pairs.service.refusals import ActionRefused, refuse_all


@transaction.atomic
def record_competence(
    *, person: User, site: Site, intervention: Intervention | None, by: User, **facts: Any
) -> Competence:
    """What somebody is trained in; ``facts``: the fields of CompetenceForm. Raises ActionRefused by field."""
    User.objects.select_for_update(of=("self",)).get(pk=person.pk)
    competence = Competence(person=person, site=site, intervention=intervention, **facts)
    works_here = query_possible_leads(site.pk).filter(pk=person.pk).exists()
    _validate(competence, works_here=works_here)
    competence.save(force_insert=True)
    return competence


@transaction.atomic
def change_competence(*, competence: Competence, by: User, **facts: Any) -> Competence:
    """Another level, or a renewed accreditation: what it was stays in the history. Raises ActionRefused by field."""
    for name, value in facts.items():
        setattr(competence, name, value)
    _validate(competence, works_here=True)
    return competence.change(**facts)


def _validate(competence: Competence, *, works_here: bool) -> None:
    same = Competence.objects.live().exclude(pk=competence.pk).exclude(intervention=None)
    same = same.filter(person=competence.person_id, intervention=competence.intervention_id)
    errors = find_competence_errors(
        trained_on=competence.trained_on,
        accredited_by=competence.accredited_by,
        accredited_until=competence.accredited_until,
        exists=same.exists(),
        works_here=works_here,
        on=timezone.localdate(),
        person=str(competence.person),
        site=str(competence.site),
    )
    refuse_all(errors)


def remove_competence(*, competence: Competence, reason: str, by: User) -> Competence:
    """They never had it: entered in error."""
    return competence.enter_in_error(reason=reason, by=by)


@transaction.atomic
def set_requirement(*, intervention: Intervention, needs: str, by: User) -> Intervention:
    """What the intervention asks of whoever delivers it, from now on."""
    DeliveryRequirement.objects.update_or_create(intervention=intervention, defaults={"needs": needs})
    return intervention


@transaction.atomic
def sign_off_delivery(
    *, use: InterventionUse, arrangement: str, by_colleague: User | None, by_outside: str, note: str, by: User
) -> DeliverySignOff:
    """A supervisor says how the episode's lead delivers it for now. Raises ActionRefused with every error at once."""
    use = InterventionUse.objects.select_for_update(of=("self",)).select_related("episode").get(pk=use.pk)
    lead = use.episode.lead_id
    validate_sign_off(
        {lead},
        use.intervention_id,
        arrangement=arrangement,
        by_colleague=by_colleague,
        by_outside=by_outside,
        by=by,
        has_ended=bool(use.ended_on or use.episode.ended_on),
    )
    return DeliverySignOff.objects.create(
        use=use, person_id=lead, arrangement=arrangement, by_colleague=by_colleague, by_outside=by_outside,
        note=note, signed_by=by,
    )  # fmt: skip


def validate_sign_off(
    delivering: Collection[UUID],
    intervention: int,
    *,
    arrangement: str,
    by_colleague: User | None,
    by_outside: str,
    by: User,
    has_ended: bool,
    is_group: bool = False,
) -> None:
    """``delivering``: ids of the lead, or of a group's facilitators. Raises ActionRefused with every error at once."""
    errors = find_sign_off_errors(
        SignOffFacts(
            arrangement=arrangement,
            is_own=by.pk in delivering,
            has_ended=has_ended,
            colleague=str(by_colleague or ""),
            colleague_delivers=by_colleague is not None and by_colleague.pk in delivering,
            level=_get_level(by_colleague, intervention, timezone.localdate()),
            outside=by_outside,
            is_group=is_group,
        )
    )
    if errors:
        raise ActionRefused(errors.pop("") if "" in errors else errors)


def _get_level(person: User | None, intervention: int, on: date) -> int:
    """Of the person's competence in the intervention, as far as it is enough for it; 0 for none."""
    if person is None:
        return 0
    held = Competence.objects.live().filter(person=person, intervention=intervention)
    requirement = DeliveryRequirement.objects.filter(intervention=intervention).first()
    enough = held.enough_for(requirement.needs if requirement else "", on)
    return enough.values_list("level", flat=True).first() or 0
