"""What of this app a colleague holds (pairs/service/hooks.py): open alerts, and unfinished forms about families."""

from django.db.models import Case, OuterRef, Q, QuerySet, Subquery, UUIDField, Value, When

from pairs.families.draft_families import find_form_family
from pairs.families.models import Family, RiskAlert
from pairs.service.models import User
from pairs.service.work_to_hand_over import HandOverRule, HeldWork, mark_held, pass_field
from pairs.submissions.models import Submission
from pairs.web.jinja_environment import format_day

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


def list_held_work(user: User) -> list[HeldWork]:
    """Open alerts that this person was told of as the lead; forms about a family that they began and have not saved."""
    alerts = RiskAlert.objects.live().open().filter(lead=user)
    return [
        HeldWork(mark_held(alerts), "open alert", "open alerts", "worklist", "read_families", ALERT),
        HeldWork(_query_forms(user), "unfinished form", "unfinished forms", "drafts", "write_records", FORM),
    ]


def _query_forms(user: User) -> QuerySet[Submission]:
    """What a colleague can go on with. A form about no family is its author's own, and is not handed over."""
    of_form = {
        draft.pk: find_form_family(user, draft.path) for draft in Submission.objects.of(user).offered()
    }
    known = [When(pk=pk, then=Value(family)) for pk, family in of_form.items() if family]
    if not known:
        return mark_held(Submission.objects.none(), site=Value(None, UUIDField()), family="about")
    rows = Submission.objects.filter(pk__in=of_form).annotate(
        form_family=Case(*known, output_field=UUIDField())
    )
    site = Subquery(Family.objects.filter(pk=OuterRef("form_family")).values("site")[:1])
    return mark_held(rows.exclude(form_family=None), site=site, family="form_family")
