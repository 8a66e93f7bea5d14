"""A sample family's village, letters, sharing agreements, disclosure limits and signposting destination"""

from django.utils import timezone

from pairs.jobs.models import Job, OutboxEmail
from pairs.village.models import DisclosureLimit, Letter, LetterPart, SharingAgreement, VillageMember
from referrals.models import Destination, ReferralStatus, Reply, SentEmail


def create_reply_and_destination(home):
    """The letter of acceptance with its PDF; and a signposting destination."""
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
        job=Job.objects.create(task="none", key=f"reply {home.name}", status="done", file=b"%PDF-1.7"),
    )
    made["sent_email_id"] = _create_failed_email(home)
    made["destination_id"] = Destination.objects.create(
        name=f"Hub {home.name}", offers="Company", phone="01632 960200", checked_on=timezone.localdate()
    )


def _create_failed_email(home):
    """The same by e-mail, which could not be delivered."""
    job = Job.objects.create(task="jobs.deliver_email", key=f"email {home.name}", status="failed")
    email = OutboxEmail.objects.create(
        to=["typo@pairs.example"], subject="An answer", body="Call us", from_email="a@pairs.example", job=job
    )
    return SentEmail.objects.create(
        referral=home.objects["accepted"],
        reply=home.objects["reply_id"],
        email=email,
        topic="reply",
        recipient=f"Mum{home.name}",
        address="typo@pairs.example",
        sent_by=home.worker,
    )


def create_village(home):
    """Somebody in the village, an agreement with them, a limit; a letter being written, and one that is signed."""
    made, on, now = home.objects, timezone.localdate(), timezone.now()
    whose = {"family": home.family}
    made["member_id"] = VillageMember.objects.create(
        **whose, infant=made["subject_id"], kind="professional", name=f"Helper {home.name}", closeness=2
    )
    made["agreement_id"] = SharingAgreement.objects.create(
        **whose, member=made["member_id"], what=["involved"], agreed_by=made["caregiver_id"], agreed_on=on,
        recorded_by=home.worker,
    )  # fmt: skip
    made["limit_id"] = DisclosureLimit.objects.create(
        **whose, caregiver=made["caregiver_id"], not_to_name="Nobody Here", reason="Requested", since=on,
        recorded_by=home.worker,
    )  # fmt: skip
    letter = {
        **whose,
        "to_caregiver": made["caregiver_id"],
        "text": f"Dear {home.name}",
        "written_by": home.worker,
    }
    made["letter_id"] = Letter.objects.create(**letter)
    job = Job.objects.create(task="none", key=f"letter {home.name}", status="done", file=b"%PDF-1.7")
    made["signed_letter"] = Letter.objects.create(**letter, signed_at=now, signed_by=home.worker, job=job)
    for each in (made["letter_id"], made["signed_letter"]):
        each.about.set([made["subject_id"]])
        LetterPart.objects.create(
            letter=each, what="plan", text=f"Plan {home.name}", signed_at=each.signed_at
        )
