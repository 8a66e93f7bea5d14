"""Due items of endings: transitions, six months ahead; ending drafts whose planned day has passed."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject

from interventions.endings.models import Ending, TransitionPlan
from interventions.endings.rules.transitions import Transition, find_due_transition
from interventions.episodes.models import Episode
from pairs.access.batch_query import Query, build_person_name, parse_date
from pairs.access.scope import Scope
from pairs.families.due import CLINICAL, DueItem, in_families
from pairs.families.models import Dyad, Infant
from pairs.web.url_cache import reverse_cached


def build_family_due_queries(scope: Scope, on: date, families: Iterable[UUID] | None = None) -> list[Query]:
    """Transitions to plan, and ending drafts whose planned day has passed."""
    families = None if families is None else list(families)
    return [_query_due_transitions(scope, on, families), _query_overdue_endings(scope, on, families)]


def _query_due_transitions(scope: Scope, on: date, families: list[UUID] | None) -> Query:
    """One row for each open episode, with its living children."""
    rows = Episode.objects.visible_to(scope).open().filter(in_families(families))
    fields = {"id": "id", "opened": "opened_on", "family": "family_id", "site": "site_id", "lead": "lead_id"}
    fields |= {
        name: ArraySubquery(rows.values(row=JSONObject(**INFANT_FIELDS)))
        for name, rows in _build_infant_queries().items()
    }
    # A carer's own episode is about the carer: transitions appear in the children's episodes only.
    rows = rows.filter(referral__patient=None)
    return Query(rows, fields, lambda row: _build_transition_items(row, on))


def _query_overdue_endings(scope: Scope, on: date, families: list[UUID] | None) -> Query:
    """Ending drafts whose last day has passed, for the lead: no episode ends by itself."""
    rows = Ending.objects.visible_to(scope).filter(in_families(families, "episode__family"))
    rows = rows.filter(completed_at=None, ended_on__lt=on, episode__ended_on=None)
    fields = {"episode": "episode_id", "day": "ended_on", "family": "episode__family_id"}
    fields |= {"site": "episode__site_id", "lead": "episode__lead_id"}

    def to_due_item(row: dict[str, str]) -> Iterator[DueItem]:
        yield DueItem(
            code="ending_meant",
            kind=CLINICAL,
            title=f"The ending was meant for {parse_date(row['day']):%-d %b %Y}: complete it, or choose another day",
            subject_id=UUID(row["episode"]),
            href=reverse_cached("end-episode", row["episode"]),
            due_on=parse_date(row["day"]),
            family_id=UUID(row["family"]),
            site_id=UUID(row["site"]),
            owner_id=UUID(row["lead"]),
        )

    return Query(rows, fields, to_due_item)


def _build_infant_queries() -> Any:
    """Born and living infants: of the episode's own family, and of others linked to it by a dyad.

    Two queries: an OR would use no index and scan every infant for each episode.
    """
    born = {"birth_date__isnull": False}
    ties = Dyad.objects.live().current().filter(family=OuterRef(OuterRef("family"))).values("infant")
    return {
        "held": Infant.objects.active().filter(family=OuterRef("family"), **born),
        "here": Infant.objects.active().filter(pk__in=ties, **born).exclude(family=OuterRef("family")),
    }


def _build_planned_turnings() -> ArraySubquery:
    plans = TransitionPlan.objects.live().filter(infant=OuterRef("pk"), family=OuterRef(OuterRef("family")))
    return ArraySubquery(plans.values("turning"))


INFANT_FIELDS = {
    "id": "id",
    "born": "birth_date",
    "name": build_person_name(),
    "reference": "reference",
    "planned": _build_planned_turnings(),
}


def _build_transition_items(row: dict[str, Any], on: date) -> Iterator[DueItem]:
    for baby in (*row["held"], *row["here"]):
        found = find_due_transition(
            born=parse_date(baby["born"]),
            lost=False,
            opened_on=parse_date(row["opened"]),
            planned=baby["planned"],
            on=on,
        )
        if found:
            yield _build_transition_item(row, baby, found)


def _build_transition_item(row: dict[str, Any], baby: dict[str, Any], found: Transition) -> DueItem:
    return DueItem(
        code=f"turning_{found.turning}",
        kind=CLINICAL,
        title=f"{found.words} on {found.birthday:%-d %b %Y}: plan who will support them next",
        subject_id=UUID(baby["id"]),
        href=reverse_cached("transitions", row["family"]),
        due_on=found.last_day,
        family_id=UUID(row["family"]),
        site_id=UUID(row["site"]),
        owner_id=UUID(row["lead"]),
        who=baby["name"] or baby["reference"],
    )
