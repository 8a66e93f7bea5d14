"""What of this app a colleague or a site holds (pairs/service/hooks.py): new referrals to read, consultations, and
accepted referrals that wait for their episode.
"""

from pairs.service.models import Site, User
from pairs.service.work_to_hand_over import NO_FAMILY, HandOverRule, HeldWork, mark_held, pass_field
from pairs.web.formats import format_day, format_day_and_time
from referrals.models import Consultation, FirstReader, Referral
from referrals.rules.choices import ConsultationStatus, ReferralState


def list_held_work(user: User) -> list[HeldWork]:
    """Sites where this person reads new referrals first, or is the deputy; consultations booked; referrals to begin."""
    readers = FirstReader.objects.select_related("site")
    read = mark_held(readers.filter(reader=user), family=NO_FAMILY, barred=["deputy_id"])
    deputised = mark_held(readers.filter(deputy=user), family=NO_FAMILY, barred=["reader_id"])
    booked = Consultation.objects.live().filter(clinician=user, status=ConsultationStatus.ARRANGED)
    accepted = Referral.objects.live().filter(lead=user, status=ReferralState.ACCEPTED, episode=None)
    return [
        HeldWork(
            read,
            "site where they read new referrals",
            "sites where they read new referrals",
            "first-readers",
            "triage_referrals",
            READER,
        ),
        HeldWork(
            deputised,
            "site where they are the deputy reader",
            "sites where they are the deputy reader",
            "first-readers",
            "triage_referrals",
            DEPUTY,
        ),
        HeldWork(
            mark_held(booked),
            "booked consultation",
            "booked consultations",
            "triage",
            "triage_referrals",
            CONSULTATION,
        ),
        HeldWork(
            mark_held(accepted),
            "accepted referral to begin",
            "accepted referrals to begin",
            "waits",
            "read_families",
            ACCEPTED,
        ),
    ]


def list_site_work(site: Site) -> list[HeldWork]:
    """Referrals of the site that wait for a decision."""
    rows = Referral.objects.live().undecided().filter(site=site)
    return [HeldWork(rows, "undecided referral", "undecided referrals", "triage", "triage_referrals")]


READER = HandOverRule(
    "reader", pass_field("reader"), lambda row: f"First reader at {row.site}", needs=("triage_referrals",)
)
DEPUTY = HandOverRule(
    "deputy", pass_field("deputy"), lambda row: f"Deputy reader at {row.site}", needs=("triage_referrals",)
)
CONSULTATION = HandOverRule(
    "consultation",
    pass_field("clinician"),
    lambda row: f"Consultation {row.reference} of {format_day_and_time(row.arranged_for)}",
    needs=("write_records", "triage_referrals"),
)
ACCEPTED = HandOverRule(
    "referral",
    pass_field("lead"),
    lambda row: f"Referral {row.reference} of {format_day(row.received_at)}",
)
