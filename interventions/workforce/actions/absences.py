"""Absences of colleagues: recorded with who covers, changed, and cancelled."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from interventions.episodes.models import query_possible_leads
from interventions.workforce.models import Absence
from interventions.workforce.rules import find_absence_errors
from pairs.service.models import Site, User
from pairs.service.refusals import ActionRefused


@transaction.atomic
def record_absence(
    *, person: User, site: Site, starts_on: date, ends_on: date, cover: User | None, by: User
) -> Absence:
    """From the first to the last day, what is due for this person is due for the cover. Raises ActionRefused."""
    User.objects.select_for_update(of=("self",)).get(pk=person.pk)
    if not query_possible_leads(site.pk).filter(pk=person.pk).exists():
        raise ActionRefused({"person": f"{person} does not write records at {site}."})
    _validate(Absence(person=person, site=site), starts_on, ends_on, cover)
    return Absence.objects.create(person=person, site=site, starts_on=starts_on, ends_on=ends_on, cover=cover)


@transaction.atomic
def change_absence(*, absence: Absence, starts_on: date, ends_on: date, cover: User | None) -> Absence:
    """Other days or another cover, as long as it is not over. Raises ActionRefused."""
    User.objects.select_for_update(of=("self",)).get(pk=absence.person_id)
    absence = Absence.objects.standing().select_related("site", "person").get(pk=absence.pk)
    if absence.ends_on < timezone.localdate():
        raise ActionRefused("This absence is over.")
    _validate(absence, starts_on, ends_on, cover)
    return absence.change(starts_on=starts_on, ends_on=ends_on, cover=cover)


@transaction.atomic
def cancel_absence(*, absence: Absence, by: User) -> Absence:
    """It will not be, or ends now: their work is theirs again at once. Raises ActionRefused if it was cancelled."""
    absence = Absence.objects.select_for_update(of=("self",)).get(pk=absence.pk)
    if absence.cancelled_at:
        raise ActionRefused("This absence has already been cancelled.")
    return absence.change(cancelled_at=timezone.now())


def _validate(absence: Absence, starts_on: date, ends_on: date, cover: User | None) -> None:
    others = Absence.objects.standing().exclude(pk=absence.pk).overlapping(starts_on, ends_on)
    person, site = absence.person, absence.site
    errors = find_absence_errors(
        starts_on=starts_on,
        ends_on=ends_on,
        on=timezone.localdate(),
        is_away_then=others.filter(person=person, site=site).exists(),
        cover=str(cover or ""),
        cover_is_away=cover is not None and others.filter(person=cover).exists(),
        cover_may_write=cover is not None and query_possible_leads(site.pk).filter(pk=cover.pk).exists(),
        covers_themselves=cover is not None and cover.pk == person.pk,
        site=str(site),
    )
    if errors:
        raise ActionRefused(errors)
