"""How the tables of referrals enter a copy of what is held about one person."""

from pairs.service.bundle_sections import BundleSection

NAMED = ("infants__became", "caregivers__became")
OF_REFERRAL = tuple(f"referral__{path}" for path in NAMED)
OF_CONSULTATION = tuple(f"consultation__referral__{path}" for path in NAMED)
BUNDLE_SECTIONS = (
    BundleSection(
        "referrals.Referral",
        "Referrals",
        on="received_at",
        about=(*NAMED, "patient"),
        in_confidence=True,
    ),
    BundleSection(
        "referrals.ReferredInfant",
        "Babies as a referral named them",
        about=("became",),
        whole_family=False,
        without=("differs",),
    ),
    BundleSection(
        "referrals.ReferredCaregiver",
        "Carers as a referral named them",
        about=("became",),
        whole_family=False,
        without=("differs", "phone_keys"),
    ),
    BundleSection("referrals.ReferralStatus", "What was decided about referrals", on="at", about=OF_REFERRAL),
    BundleSection("referrals.Addition", "Added to referrals", on="at", about=OF_REFERRAL, in_confidence=True),
    BundleSection(
        "referrals.Reply",
        "Replies to referrers",
        on="sent_at",
        about=OF_REFERRAL,
        mentions=("carer__became",),
        in_confidence=True,
    ),
    BundleSection(
        "referrals.MatchAnswer",
        "Who was thought to be the same person",
        on="at",
        about=("infant", "caregiver"),
        whole_family=False,
        in_confidence=True,
    ),
    BundleSection(
        "referrals.Consultation",
        "Consultations with professionals",
        on="asked_at",
        about=tuple(f"referral__{path}" for path in NAMED),
        in_confidence=True,
    ),
    BundleSection(
        "referrals.ConsultationStep",
        "Steps of consultations",
        on="at",
        about=OF_CONSULTATION,
        in_confidence=True,
    ),
    BundleSection(
        "referrals.ConsultationProfessional",
        "Professionals at consultations",
        about=OF_CONSULTATION,
        in_confidence=True,
    ),
)
NOT_IN_BUNDLE = {
    "referrals.ConsultationFeedback": "what a professional thought of a consultation",
    "referrals.ReferrerLink": "the e-mail address of a professional who asked for a link",
    "referrals.SentEmail": "that a notice was sent to a colleague or referrer: a reference and a link",
}
