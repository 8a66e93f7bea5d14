"""A referral that was begun and not sent: its author is told, once, and nobody else."""

from datetime import datetime
from uuid import UUID

from django.core.mail import send_mail
from django.db import transaction

from pairs.submissions.models import Submission
from pairs.web.absolute_urls import build_absolute_url


@transaction.atomic
def remind_of_unsent(*, draft_id: UUID, at: datetime) -> bool:
    """Tell its author that it has not reached us. The mail says nothing of whom it is about, and holds no id.

    Of two concurrent calls only one sends, by a conditional update.
    """
    waiting = Submission.objects.begun().filter(pk=draft_id, reminded_at=None)
    if not waiting.update(reminded_at=at):
        return False
    author = Submission.objects.select_related("user").get(pk=draft_id).user
    if author is None or not author.email:
        return False
    send_mail(
        "A referral you started has not been sent",
        "No one has read it yet: it reaches us when you send it. You can find it on your home page in "
        f"PaIRS.\n\n{build_absolute_url('home')}\n",
        None,
        [author.email],
    )
    return True
