"""Sessions of outreach, for the diary of whoever leads them."""

from django.db.models import CharField, F, Q, UUIDField, Value

from pairs.access.batch_query import Query, build_user_name
from pairs.access.diary_questions import DiaryQuestion, build_array, build_entry_query
from referrals.outreach.models import OutreachSession


def build_diary_queries(asked: DiaryQuestion) -> list[Query]:
    """Sessions that stand; who comes is not known by name."""
    rows = OutreachSession.objects.standing().filter(
        Q(lead__in=asked.staff) | Q(site__in=asked.sites), starts_at__gte=asked.start, starts_at__lt=asked.end
    )
    fields = {
        "staff": build_array(F("lead"), of=UUIDField()),
        "going": build_array(build_user_name("lead"), of=CharField()),
        "kind": Value("Outreach"), "title": "community", "page": Value("outreach-session"),
    }  # fmt: skip
    return [build_entry_query(asked.scope, rows, **fields)]
