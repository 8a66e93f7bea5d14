"""Everything due, worked out from the rules of every app, less what a person decided about it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from uuid import UUID

from interventions.alongside import due as alongside_due
from interventions.diary import due as diary_due
from interventions.endings import due as endings_due
from interventions.episodes import due as episodes_due
from interventions.filming import due as filming_due
from interventions.groups import due as groups_due
from interventions.plans import due as plans_due
from interventions.supervision import due as supervision_due
from outcomes import due as outcomes_due
from pairs.access.asking import PreparedBatch, Question
from pairs.access.scope import NOBODY, FamiliesScope, Scope
from pairs.families import due as families_due
from pairs.families.due import MOST_FAMILIES, SAFETY, DueItem
from pairs.families.models import Family
from pairs.safeguarding import due as safeguarding_due
from pairs.village import due as village_due
from referrals import due as referrals_due
from reporting.desk import waits
from reporting.desk.models import DueDecision
from reporting.desk.moves import due as moves_due

# Where the reader's sites and roles decide who sees an item.
BY_SCOPE = (families_due, referrals_due, groups_due, alongside_due, moves_due, waits)
# Where whoever may read the family sees it, and nothing else decides.
BY_FAMILY = (
    families_due,
    village_due,
    safeguarding_due,
    episodes_due,
    plans_due,
    diary_due,
    filming_due,
    alongside_due,
    endings_due,
    supervision_due,
    outcomes_due,
    waits,
)


def everything_due(scope: Scope, on: date, families: Iterable[UUID] | None = None) -> list[DueItem]:
    """Every app's due items in scope on that day, worked out afresh; of the given families, at most 1,000."""
    families = None if families is None else list(families)
    ids = visible_families(scope) if families is None else visible_among(scope, families)
    found = due_by_scope(scope, on, families)
    for start in range(0, len(ids), MOST_FAMILIES):
        found += due_by_family(ids[start : start + MOST_FAMILIES], on)
    return in_order(as_decided(found, on))


def due_by_scope(scope: Scope, on: date, families: Iterable[UUID] | None = None) -> list[DueItem]:
    """What the reader's sites and roles decide about; before anybody's decision."""
    if families is None:
        return _BY_SCOPE.answers(scope, on)
    return _BY_SCOPE.answers(scope, on, families=list(families)[:MOST_FAMILIES])


def due_by_family(families: list[UUID], on: date) -> list[DueItem]:
    """What is due for these families, whom the reader is known to see; before anybody's decision."""
    return _BY_FAMILY.answers(NOBODY, on, families=families) if families else []


def in_order(items: Iterable[DueItem]) -> list[DueItem]:
    """Longest due first."""
    return sorted(items, key=lambda item: (item.due_on, item.title))


def as_decided(items: list[DueItem], on: date) -> list[DueItem]:
    """Without what somebody put off beyond that day, and handed to whom it was handed. Safety is never put off."""
    newest = DueDecision.objects.filter(subject_id__in={item.subject_id for item in items}).order_by(
        "decided_at"
    )
    decided = {(decision.code, decision.subject_id): decision for decision in newest} if items else {}
    found = ((item, decided.get((item.code, item.subject_id))) for item in items)
    return [_handed(item, decision) for item, decision in found if not _is_put_off(item, decision, on)]


def _is_put_off(item, decision, on):
    until = decision and decision.snoozed_until
    return bool(until) and until > on and item.kind != SAFETY


def _handed(item, decision):
    return replace(item, owner_id=decision.handed_to_id) if decision and decision.handed_to_id else item


def is_mine(item, user_id):
    """Mine, or nobody's yet."""
    return item.owner_id in (None, user_id)


# ---------------------------------------------------------------- the questions


def _by_scope(scope, on, families=None):
    return _asked_of("questions", BY_SCOPE, scope, on, families)


def _by_family(_, on, families):
    return _asked_of("family_questions", BY_FAMILY, FamiliesScope(families), on, families)


def _asked_of(name, apps, scope, on, families):
    families = None if families is None else [families]
    return [question for app in apps for question in getattr(app, name)(scope, on, families)]


_BY_SCOPE, _BY_FAMILY = PreparedBatch(_by_scope), PreparedBatch(_by_family)


def family_statement(on: date) -> str:
    """The SQL by which what is due for families is worked out: it names every table that matters to it."""
    return _BY_FAMILY.statement(NOBODY, on, families=[]).sql


# ---------------------------------------------------------------- which families
def visible_families(scope: Scope) -> list[UUID]:
    """Ids of all families in scope."""
    return _VISIBLE.answers(scope)


def visible_among(scope: Scope, families: list[UUID]) -> list[UUID]:
    """Those of the given families that are in scope."""
    return _VISIBLE.answers(scope, families=families) if families else []


def _visible(scope, families=None):
    rows = Family.objects.visible_to(scope)
    rows = rows if families is None else rows.filter(pk__in=[families])
    return [Question(rows, {"id": "id"}, lambda row: [UUID(row["id"])])]


_VISIBLE = PreparedBatch(_visible)
