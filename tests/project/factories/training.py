"""The sample sites' training and outreach, at another time of day than their visits."""

from datetime import timedelta

from django.utils import timezone

from interventions.training.models import (
    TrainingAttendance,
    TrainingAttendee,
    TrainingProgramme,
    TrainingSession,
    TrainingTopic,
    WorkforceFigure,
)
from pairs.jobs.models import Job
from pairs.service.models import Place
from referrals.outreach.models import OutreachSession


def get_night():
    """Today at three: the samples' visits are by day."""
    return timezone.localtime().replace(hour=3, minute=0, second=0, microsecond=0)


def create_training(home):
    """A programme with a session held yesterday, somebody who came and somebody with a certificate; a headcount."""
    made, now = home.objects, get_night()
    place = home.site.places.first() or Place.objects.first()
    programme = TrainingProgramme.objects.create(
        site=home.site, name=f"Training {home.name}", places=12, planned_by=home.worker
    )
    programme.topics.set(TrainingTopic.objects.all()[:1])
    session = TrainingSession.objects.create(
        programme=programme,
        place=place,
        starts_at=now - timedelta(days=1),
        minutes=90,
        trainer=home.worker,
    )
    shared = {"programme": programme, "group": "midwife", "workforce_group": "universal"}
    job = Job.objects.create(task="none", key=f"certificate {home.name}", status="done", file=b"%PDF-1.7")
    certified = {"certificate_on": now.date(), "certificate_by": home.worker, "job": job}
    with_certificate = TrainingAttendee.objects.create(name=f"Wanda {home.name}", **certified, **shared)
    attendee = TrainingAttendee.objects.create(name=f"Will {home.name}", confidence_before=4, **shared)
    earlier, coming = (
        TrainingSession.objects.create(
            programme=programme, place=place, starts_at=at, minutes=60, trainer=home.worker
        )
        for at in (now - timedelta(days=8), now + timedelta(days=60))
    )
    TrainingAttendance.objects.create(session=session, attendee=with_certificate)
    TrainingAttendance.objects.create(session=earlier, attendee=attendee)
    made |= {"training_id": programme, "training_session_id": session, "attendee_id": attendee}
    made |= {"certificate_id": with_certificate, "coming_training": coming}
    made["new_attendee"] = TrainingAttendee.objects.create(name=f"Zoe {home.name}", **shared)
    WorkforceFigure.objects.get_or_create(
        place=place,
        workforce_group="universal",
        as_of=now.date() - timedelta(days=30),
        defaults={"headcount": 40, "source": "A return", "recorded_by": home.colleague},
    )


def create_outreach(home):
    """A session of last month that nobody has recorded yet."""
    home.objects["outreach_id"] = OutreachSession.objects.create(
        site=home.site,
        place=home.site.places.first() or Place.objects.first(),
        community=f"Young parents {home.name}",
        starts_at=get_night() - timedelta(days=30),
        minutes=120,
        lead=home.worker,
    )
