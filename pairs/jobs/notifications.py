"""E-mails to colleagues that say only that there is something to read, and where.

Whoever caused one is asked when it fails: an app that keeps senders does so by the hook ``sent_notices``.
"""

from collections.abc import Iterable
from uuid import UUID

from django.core.mail import send_mail
from django.db import transaction
from django.db.models import TextChoices

from pairs.jobs.outbox import collect_emails
from pairs.service.hooks import list_hooks
from pairs.service.models import User


class EmailTopic(TextChoices):
    """What an e-mail tells of that somebody here sent: one about a referral, or a notice of other work."""

    REPLY = "reply", "Reply"
    FIRST_VISIT = "first_visit", "Invitation to the first visit"
    REOPENED = "reopened", "Notice that the referral is open again"
    CONSULTATION = "consult", "Notice about a consultation"
    FEEDBACK = "feedback", "Link for feedback on a consultation"
    MATCH_CHECK = "match_check", "Notice about a possible match"
    MOVE = "move", "Notice of a family’s move"
    LEAD = "lead", "Notice of a new lead"
    HAND_OVER = "hand_over", "Notice of work that was handed over"
    HUB_REQUEST = "hub_request", "Notice about a request to the hub"
    CONCERN = "concern", "Notice of a safeguarding concern"
    RESTRICTION = "restriction", "Notice of a restricted record"
    SUBJECT_ACCESS = "subject_acc", "Notice of a request for a copy of a record"


@transaction.atomic
def send_notice(
    *, topic: str, subject: str, text: str, address: str, recipient: str, site_id: UUID | None, by: User
) -> None:
    """Send one e-mail, and keep by whom and to whom: they hear of it if it cannot be delivered.

    ``site_id``: where its sender acted.
    """
    with collect_emails() as stored:
        send_mail(subject, text, None, [address])
    for keep in list_hooks("sent_notices", "keep_notice"):
        for email in stored:
            keep(email=email, topic=topic, address=address, recipient=recipient, site_id=site_id, by=by)


def notify_colleagues(
    people: Iterable[User | None], subject: str, link: str, *, topic: str, site_id: UUID | None, by: User
) -> None:
    """E-mail each active person but whoever acted a link and nothing else, once; kept for whoever acted."""
    for person in _list_others_with_email(people, by):
        send_notice(
            topic=topic,
            subject=subject,
            text=_build_text(link),
            address=person.email,
            recipient=str(person),
            site_id=site_id,
            by=by,
        )


def send_link(people: Iterable[User | None], subject: str, link: str) -> None:
    """E-mail each active person a link and nothing else, once: by the clock, for nobody sends it."""
    for person in _list_others_with_email(people, None):
        send_mail(subject, _build_text(link), None, [person.email])


def _build_text(link: str) -> str:
    return f"Sign in to PaIRS to read it:\n\n{link}\n"


def _list_others_with_email(people: Iterable[User | None], by: User | None) -> list[User]:
    """Those of them, by username, who are active, have an e-mail address and did not act themselves; each once."""
    known = {person.pk: person for person in people if person is not None and person.is_active}
    others = [person for person in known.values() if person.email and (by is None or person.pk != by.pk)]
    return sorted(others, key=lambda each: each.username)
