"""Requests for help: what was said and by whom, what was answered, and where else a family can turn."""

from referrals.models.concerns import Concern
from referrals.models.consultations import (
    Consultation,
    ConsultationFeedback,
    ConsultationProfessional,
    ConsultationStep,
)
from referrals.models.destinations import DIRECTORY_KEEPERS, DIRECTORY_READERS, Destination, DestinationPlace
from referrals.models.first_reader import FirstReader, ReadingNotice
from referrals.models.matches import MatchAnswer
from referrals.models.referral import Addition, Referral, ReferralConcern, ReferralStatus, StatusDestination
from referrals.models.referred_people import ReferredCaregiver, ReferredInfant, ReferredPerson
from referrals.models.referrer_links import ReferrerLink
from referrals.models.replies import Reply
from referrals.models.sent_emails import SentEmail

__all__ = [
    "DIRECTORY_KEEPERS",
    "DIRECTORY_READERS",
    "Addition",
    "Concern",
    "Consultation",
    "ConsultationFeedback",
    "ConsultationProfessional",
    "ConsultationStep",
    "Destination",
    "DestinationPlace",
    "FirstReader",
    "MatchAnswer",
    "ReadingNotice",
    "Referral",
    "ReferralConcern",
    "ReferralStatus",
    "ReferredCaregiver",
    "ReferredInfant",
    "ReferredPerson",
    "ReferrerLink",
    "Reply",
    "SentEmail",
    "StatusDestination",
]
