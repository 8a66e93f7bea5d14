"""Sessions of training, for the diary of those who train."""

from django.db.models import CharField, F, Q, UUIDField, Value

from interventions.training.models import TrainingSession
from pairs.access.batch_query import Query, build_user_name
from pairs.access.diary_questions import DiaryQuestion, build_array, build_entry_query


def build_diary_queries(asked: DiaryQuestion) -> list[Query]:
    """Sessions that stand, with one trainer or both; no family comes to them."""
    theirs = Q(trainer__in=asked.staff) | Q(second_trainer__in=asked.staff)
    rows = TrainingSession.objects.standing().filter(
        theirs | Q(programme__site__in=asked.sites), starts_at__gte=asked.start, starts_at__lt=asked.end
    )
    fields = {
        "site": "programme__site_id",
        "staff": build_array(F("trainer"), F("second_trainer"), of=UUIDField(), drops_null=True),
        "going": build_array(
            build_user_name("trainer"), build_user_name("second_trainer"), of=CharField(), drops_null=True
        ),
        "kind": Value("Training"), "title": "programme__name", "page": Value("training-register"),
    }  # fmt: skip
    return [build_entry_query(asked.scope, rows, **fields)]
