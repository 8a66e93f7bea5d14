"""Consultations that are arranged, for the diary of whoever thinks with them."""

from django.db.models import CharField, F, Q, UUIDField, Value
from django.db.models.functions import Coalesce

from pairs.access.batch_query import Query, build_user_name
from pairs.access.diary_questions import DiaryQuestion, build_array, build_entry_query
from referrals.models import Consultation
from referrals.rules.choices import ConsultationStatus

USUAL_MINUTES = 60  # our own number: how long it was is known once it was held


def build_diary_queries(asked: DiaryQuestion) -> list[Query]:
    """With a professional, so it takes no family's time."""
    rows = Consultation.objects.live().filter(
        Q(clinician__in=asked.staff) | Q(site__in=asked.sites, clinician__isnull=False),
        status__in=(ConsultationStatus.ARRANGED, ConsultationStatus.HELD),
        arranged_for__gte=asked.start,
        arranged_for__lt=asked.end,
    )
    fields = {
        "starts_at": "arranged_for", "minutes": Coalesce("minutes", USUAL_MINUTES),
        "staff": build_array(F("clinician"), of=UUIDField()),
        "going": build_array(build_user_name("clinician"), of=CharField()),
        "kind": Value("Consultation"), "title": "reference", "page": Value("consultation"),
    }  # fmt: skip
    return [build_entry_query(asked.scope, rows, **fields)]
