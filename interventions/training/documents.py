"""The certificate of somebody who attended, as a document on paper."""

from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from interventions.training.models import RUNNERS, TrainingAttendee
from pairs.documents.document import Document
from pairs.village.rules import SENDER
from pairs.web.formats import format_day


class CertificateDocument(Document):
    name, noun = "training-certificate", "certificate"
    readers, makers = RUNNERS, RUNNERS
    paper_template, stylesheet = "training/_certificate.html", "training/certificate_pdf.css"

    def get_records(self) -> QuerySet[TrainingAttendee]:
        rows = TrainingAttendee.objects.live().exclude(certificate_on=None).with_sessions()
        return rows.select_related("certificate_by", "job").defer("job__file")

    def build_paper(self, record: TrainingAttendee, on: date) -> dict:
        return build_certificate(record)


def build_certificate(attendee: TrainingAttendee) -> dict:
    """The lines of the certificate; rows come from ``with_sessions``."""
    sessions = [row.session for row in attendee.attendances.all()]
    minutes = sum(session.minutes for session in sessions)
    programme = attendee.programme
    return {
        "sender": SENDER,
        "site": str(programme.site),
        "title": "Certificate of attendance",
        "stopped": "" if sessions else "They are no longer recorded as having attended a session.",
        "name": attendee.name,
        "programme": programme.name,
        "topics": [topic.name for topic in programme.topics.all()],
        "days": [format_day(timezone.localdate(session.starts_at)) for session in sessions],
        "length": format_length(minutes),
        "signed_by": str(attendee.certificate_by),
        "on": format_day(attendee.certificate_on),
    }


def format_length(minutes: int) -> str:
    """Such as "2 hours" or "1 hour 30 minutes"."""
    hours, rest = divmod(minutes, 60)
    parts = [(hours, "hour"), (rest, "minute")]
    return " ".join(f"{number} {word}{'' if number == 1 else 's'}" for number, word in parts if number)


CERTIFICATE = CertificateDocument()
DOCUMENTS = (CERTIFICATE,)
