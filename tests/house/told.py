"""What a home of the small world was told: a letter of ours, and a place to turn to."""

from django.utils import timezone

from pairs.jobs.models import Job
from referrals.models import Destination, ReferralStatus, Reply


def tell(home):
    """The letter that told of the acceptance, on paper; and a place to turn to."""
    made, now = home.objects, timezone.now()
    step = ReferralStatus.objects.create(referral=made["accepted"], status="accepted", at=now, by=home.worker)
    made["reply_id"] = Reply.objects.create(
        referral=made["accepted"],
        step=step,
        about="answer",
        to="family",
        recipient=f"Mum{home.name}",
        way="letter",
        text=f"Welcome {home.name}",
        address_lines=f"2 {home.name} Street",
        written_by=home.worker,
        sent_at=now,
        sent_by=home.worker,
        pdf=Job.objects.create(task="none", key=f"reply {home.name}", status="done", file=b"%PDF-1.7"),
    )
    made["destination_id"] = Destination.objects.create(
        name=f"Hub {home.name}", offers="Company", phone="01632 960200", checked_on=timezone.localdate()
    )
