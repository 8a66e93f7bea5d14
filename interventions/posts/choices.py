"""Role groups and bands of posts."""

from django.db.models import TextChoices


class StaffGroup(TextChoices):
    """As the strategy's staffing table names them (staffing_model.py), and any other."""

    CONSULTANT_PSYCHOLOGIST = "consultant_psychologist", "Consultant clinical psychologist"
    PSYCHOLOGIST = "psychologist", "Clinical psychologist"
    SERVICE_MANAGER = "service_manager", "Specialist health visitor and service manager"
    THERAPIST = "therapist", "Parent-infant therapist"
    PRACTITIONER = "practitioner", "Mental health practitioner"
    ASSISTANT = "assistant", "Assistant psychologist"
    PEER_SUPPORT = "peer_support", "Peer support worker"
    ADMINISTRATION = "administration", "Administrator"
    OTHER = "other", "Other"


class Band(TextChoices):
    """Pay bands of Agenda for Change; staff of other employers have none."""

    BAND_2 = "2", "Band 2"
    BAND_3 = "3", "Band 3"
    BAND_4 = "4", "Band 4"
    BAND_5 = "5", "Band 5"
    BAND_6 = "6", "Band 6"
    BAND_7 = "7", "Band 7"
    BAND_8A = "8a", "Band 8a"
    BAND_8B = "8b", "Band 8b"
    BAND_8C = "8c", "Band 8c"
    BAND_8D = "8d", "Band 8d"
    BAND_9 = "9", "Band 9"
    NONE = "none", "Not on Agenda for Change"
