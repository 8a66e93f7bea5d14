"""What of this app a colleague holds (pairs/service/hooks.py): open alerts, and unfinished forms about families."""

from collections.abc import Mapping
from uuid import UUID

from django.db.models import Case, OuterRef, Q, QuerySet, Subquery, UUIDField, Value, When

from pairs.database.change_ledger import change_and_record
from pairs.families.draft_families import find_form_families
from pairs.families.models import Family, RiskAlert
from pairs.service.models import User
from pairs.service.work_to_hand_over import (
    NO_FAMILY,
    HandOverRule,
    HandOverStep,
    HeldWork,
    mark_held,
    pass_field,
)
from pairs.submissions.kept_posts import describe_form
from pairs.submissions.models import Submission
from pairs.web.formats import format_day

ALERT = HandOverRule(
    code="alert",
    pass_on=pass_field("lead"),
    describe=lambda alert: f"Alert of {format_day(alert.created_at)}",
    with_lead=Q(),
)
FORM = HandOverRule(
    code="form",
    pass_on=pass_field("user"),
    describe=lambda draft: f"Begun on {format_day(draft.created_at)}",
    with_lead=Q(pk=None),  # of a lead who stays they are their own to finish
)


def _put_away(draft: Submission, to: User | None, step: HandOverStep) -> None:
    """It is offered to nobody any more; what was typed is not read, and is there again if the hand-over is undone."""
    change_and_record(draft, step.ledger, path="")


OWN_FORM = HandOverRule(
    code="own-form",
    pass_on=_put_away,
    describe=lambda draft: f"{describe_form(draft.path) or 'Form'}, begun on {format_day(draft.created_at)}",
    needs=(),
    may_end=lambda draft: True,
)


def list_held_work(user: User) -> list[HeldWork]:
    """Open alerts that this person was told of as the lead; forms that they began and have not saved.

    A colleague can go on with a form about a family. One about no family is its author's own, and can only end.
    """
    alerts = RiskAlert.objects.live().open().filter(lead=user)
    offered = dict(Submission.objects.of(user).offered().values_list("pk", "path"))
    families = find_form_families(user, offered.values()) if offered else {}
    of_family = {pk: families[path] for pk, path in offered.items() if path in families}
    own = Submission.objects.defer("data").filter(pk__in=[pk for pk in offered if pk not in of_family])
    return [
        HeldWork(mark_held(alerts), "open alert", "open alerts", "worklist", "read_families", ALERT),
        HeldWork(
            _query_forms(of_family), "unfinished form", "unfinished forms", "drafts", "write_records", FORM
        ),
        HeldWork(
            mark_held(own, site=NO_FAMILY, family=NO_FAMILY),
            "unfinished form about no family",
            "unfinished forms about no family",
            "drafts",
            "write_records",
            OWN_FORM,
        ),
    ]


def _query_forms(of_family: Mapping[UUID, UUID]) -> QuerySet[Submission]:
    """``of_family``: {form: the family it is about}."""
    if not of_family:
        return mark_held(Submission.objects.none(), site=Value(None, UUIDField()), family="about")
    known = [When(pk=pk, then=Value(family)) for pk, family in of_family.items()]
    rows = (
        Submission.objects.defer("data")
        .filter(pk__in=of_family)
        .annotate(form_family=Case(*known, output_field=UUIDField()))
    )
    site = Subquery(Family.objects.filter(pk=OuterRef("form_family")).values("site")[:1])
    return mark_held(rows, site=site, family="form_family")
