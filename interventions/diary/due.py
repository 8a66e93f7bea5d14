"""What is due in the diary: a visit to write up, a cancelled one to record; and, where wished, nothing booked."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone

from interventions.diary.models import Appointment, Expected
from interventions.diary.rules import BY_FAMILY, KEPT
from interventions.episodes.models import Episode
from pairs.access.asking import Question, moment, some_id
from pairs.access.records import valid_q
from pairs.access.scope import Scope
from pairs.families.due import CLINICAL, DATA_QUALITY, DueItem, of_families
from pairs.families.models import Infant

LOOKED_BACK = timedelta(days=60)


def family_questions(scope: Scope, on: date, families: Iterable[UUID] | None = None) -> list[Question]:
    """Visits of days gone by; open episodes without a next visit only where NOTHING_BOOKED_IS_DUE says so."""
    asked = [_to_write_up(scope, on, families), _written_in_error(scope, on, families)]
    asked.append(_cancelled(scope, on, families))
    return asked + ([_nothing_booked(scope, on, families)] if settings.NOTHING_BOOKED_IS_DUE else [])


def _start_of(day):
    return timezone.make_aware(datetime.combine(day, time.min))


def _name():
    """Of a living baby: nobody is reminded by the name of one who has died."""
    names = Infant.objects.active().filter(family=OuterRef("family")).order_by("birth_date", "twin_order")
    return Subquery(names.values("given_name")[:1])


def _facts():
    return {
        "id": "id",
        "family": "family_id",
        "site": "site_id",
        "owner": "practitioner_id",
        "at": "starts_at",
        "baby": _name(),
    }


def _to_write_up(scope, on, families):
    rows = Appointment.objects.visible_to(scope).going_on().filter(of_families(families))
    return _write_up(rows, on)


def _written_in_error(scope, on, families):
    """Its contact was entered in error, so that nothing says what became of the visit; not of months ago."""
    rows = Appointment.objects.visible_to(scope).filter(of_families(families), status=KEPT)
    rows = rows.filter(starts_at__gte=_start_of(on - LOOKED_BACK))
    return _write_up(rows.filter(_living(), ~valid_q("care_contact__")), on)


def _living():
    """A living baby was expected."""
    babies = Expected.objects.live().filter(appointment=OuterRef("pk"), infant__isnull=False)
    return Exists(babies.filter(infant__lost_on=None))


def _write_up(rows, on):
    return Question(
        rows.filter(starts_at__lt=_start_of(on)),
        _facts(),
        lambda row: [
            _item(
                row, "visit_to_write_up", "Write up this visit, or say that it was cancelled", "appointment"
            )
        ],
    )


def _cancelled(scope, on, families):
    """What the family cancelled counts when missed contacts are thought about: so it has to be in the record."""
    rows = Appointment.objects.visible_to(scope).filter(
        of_families(families), status=BY_FAMILY, care_contact=None
    )
    open_work = Q(episode__ended_on=None, episode__isnull=False) | Q(
        referral__episode__ended_on=None, referral__episode__isnull=False
    )
    return Question(
        rows.filter(_living(), open_work, starts_at__lt=_start_of(on)),
        _facts(),
        lambda row: [_item(row, "cancelled_visit", "Record the visit that the family cancelled", "write-up")],
    )


def _item(row, code, title, address):
    return DueItem(
        code=code,
        kind=DATA_QUALITY,
        title=title,
        subject_id=UUID(row["id"]),
        href=reverse(address, args=[row["id"]]),
        due_on=timezone.localdate(moment(row["at"])),
        family_id=UUID(row["family"]),
        site_id=UUID(row["site"]),
        owner_id=some_id(row["owner"]),
        who=row["baby"] or "",
    )


def _nothing_booked(scope, on, families):
    """Open work with a living baby in focus, and nothing in the diary."""
    coming = Appointment.objects.going_on().of_episode(OuterRef("pk"), OuterRef("family"))
    coming = coming.filter(starts_at__gte=_start_of(on))
    living = Exists(Infant.objects.active().filter(dyads__episodes=OuterRef("pk")))
    rows = (
        Episode.objects.visible_to(scope).open().filter(of_families(families)).filter(living, ~Exists(coming))
    )
    fields = {
        "id": "id",
        "family": "family_id",
        "site": "site_id",
        "owner": "lead_id",
        "baby": _name(),
    }

    def says(row):
        yield DueItem(
            code="nothing_booked",
            kind=CLINICAL,
            title="Book the next visit",
            subject_id=UUID(row["id"]),
            href=reverse("new-appointment", args=[row["id"]]),
            due_on=on,
            family_id=UUID(row["family"]),
            site_id=UUID(row["site"]),
            owner_id=some_id(row["owner"]),
            who=row["baby"] or "",
        )

    return Question(rows, fields, says)
