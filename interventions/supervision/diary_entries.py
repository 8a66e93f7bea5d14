"""Sessions of supervision that are planned, for the diaries of both."""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, Exists, F, Func, OuterRef, Q, UUIDField, Value

from interventions.supervision.models import PlannedSupervision
from pairs.access.batch_query import Query, build_user_name
from pairs.access.diary_questions import DiaryQuestion, build_array, build_entry_query


def build_diary_queries(asked: DiaryQuestion) -> list[Query]:
    """Of everyone who comes; it takes no family's time. The rows of a group are one entry."""
    theirs = Q(supervisor__in=asked.staff) | Q(supervisee__in=asked.staff) | Q(site__in=asked.sites)
    rows = PlannedSupervision.objects.live().filter(
        theirs, cancelled_at=None, starts_at__gte=asked.start, starts_at__lt=asked.end
    )
    same = PlannedSupervision.objects.live().filter(
        cancelled_at=None, together=OuterRef("together"), starts_at=OuterRef("starts_at")
    )
    names = build_user_name("supervisor"), build_user_name("supervisee")
    rest = same.exclude(pk=OuterRef("pk")).order_by("pk")
    fields = {
        "staff": _join_arrays(
            build_array(F("supervisor"), F("supervisee"), of=UUIDField()),
            ArraySubquery(rest.values("supervisee")),
        ),
        "going": _join_arrays(
            build_array(*names, of=CharField()),
            ArraySubquery(rest.values_list(build_user_name("supervisee"))),
        ),
        "kind": Value("Supervision session"), "title": Value(""), "page": Value("supervision"),
        "page_of": Value(False),
    }  # fmt: skip
    first = rows.filter(~Exists(same.filter(theirs, pk__lt=OuterRef("pk"))))
    return [build_entry_query(asked.scope, first, **fields)]


def _join_arrays(*arrays: Any) -> Func:
    return Func(*arrays, function="ARRAY_CAT", output_field=arrays[0].output_field)
