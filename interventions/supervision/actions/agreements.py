"""Agreements of how often somebody has supervision; what either of the two wants to raise."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from interventions.supervision.models import AgendaItem, SupervisionAgreement
from interventions.supervision.rules import find_agreement_errors
from pairs.service.models import Site, User
from pairs.service.refusals import ActionRefused


@transaction.atomic
def agree_supervision(
    *, site: Site, supervisor: User, supervisee: User, kind: str, starts_on: date, by: User,
    every_days: int | None = None, minutes: int = 60, under_twos_since: date | None = None,
    working_percent: int = 100, ends_on: date | None = None,
) -> SupervisionAgreement:  # fmt: skip
    """Record how often somebody has supervision of one kind. Raises ActionRefused with every error at once."""
    User.objects.select_for_update(of=("self",)).get(pk=supervisee.pk)
    agreement = SupervisionAgreement(
        site=site,
        supervisor=supervisor,
        supervisee=supervisee,
        kind=kind,
        every_days=every_days,
        minutes=minutes,
        under_twos_since=under_twos_since,
        working_percent=working_percent,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    _validate(agreement)
    agreement.save(force_insert=True)
    return agreement


@transaction.atomic
def change_agreement(
    *, agreement: SupervisionAgreement, every_days: int | None, minutes: int,
    under_twos_since: date | None, working_percent: int, ends_on: date | None, by: User,
) -> SupervisionAgreement:  # fmt: skip
    """Another frequency, other hours, or the last day. Raises ActionRefused.

    With another supervisor it is another agreement: what the two said to each other is not handed on.
    """
    User.objects.select_for_update(of=("self",)).get(pk=agreement.supervisee_id)
    values = {
        "every_days": every_days,
        "minutes": minutes,
        "under_twos_since": under_twos_since,
        "working_percent": working_percent,
        "ends_on": ends_on,
    }
    for name, value in values.items():
        setattr(agreement, name, value)
    _validate(agreement)
    return agreement.change(**values)


def _validate(agreement: SupervisionAgreement) -> None:
    supervisor, supervisee, site = agreement.supervisor, agreement.supervisee, agreement.site
    same = SupervisionAgreement.objects.live().exclude(pk=agreement.pk)
    same = same.filter(supervisee=supervisee, kind=agreement.kind, site=site)
    on = timezone.localdate()
    errors = find_agreement_errors(
        is_same_person=supervisor == supervisee,
        may_supervise=_has_permission(supervisor, "supervise", site),
        may_write=_has_permission(supervisee, "write_records", site),
        exists=same.overlapping(agreement.starts_on, agreement.ends_on).exists(),
        starts_on=agreement.starts_on,
        ends_on=agreement.ends_on,
        under_twos_since=agreement.under_twos_since,
        on=on,
        supervisor=str(supervisor),
        supervisee=str(supervisee),
        site=str(site),
    )
    if errors:
        raise ActionRefused(errors)


def _has_permission(user: User, permission: str, site: Site) -> bool:
    return User.objects.with_permission(permission, at=[site.pk]).filter(pk=user.pk).exists()


def add_agenda_item(*, agreement: SupervisionAgreement, text: str, by: User) -> AgendaItem:
    """Put something on the agenda of the next session."""
    return AgendaItem.objects.create(agreement=agreement, raised_by=by, text=text)


@transaction.atomic
def close_agenda_item(*, item: AgendaItem, by: User) -> AgendaItem:
    """It was talked about, or is not to be. Idempotent."""
    item = AgendaItem.objects.select_for_update(of=("self",)).get(pk=item.pk)
    return item if item.closed_at else item.change(closed_at=timezone.now())
