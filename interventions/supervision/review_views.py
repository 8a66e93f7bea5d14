"""The page of a caseload review: one colleague's families, the most concern first, each decided about in its row."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import pairwise
from typing import Any
from uuid import UUID, uuid4

from django.db.models import Value
from django.utils import timezone

from interventions.supervision.agreement_rows import AgreementRow
from interventions.supervision.frequency import annotate_standing
from interventions.supervision.models import CaseDecision, SupervisionAgreement
from interventions.supervision.review_forms import ReviewCaseload, ReviewForm
from interventions.supervision.session_agenda import AgendaFamily, build_agenda
from interventions.supervision.views import SupervisionPage
from pairs.access import policy
from pairs.access.prepared_queries import PreparedQuery
from pairs.access.scope import NOBODY, FamiliesScope, TemplateScope
from pairs.families.agenda import AGENDA_KINDS
from pairs.families.family_lines import load_family_lines
from pairs.submissions.actions import parse_token
from pairs.submissions.models import Submission
from pairs.web.formats import format_plural

FOCUS = "at"  # in the address: whose row the cursor is in, or goes to once the form is saved


@dataclass(frozen=True)
class ReviewRow:
    """A family, what was typed for it and not saved, and what was decided last.

    ``form``: what was sent of this row and has errors. No other row has a form: the template writes its fields out.
    """

    agenda: AgendaFamily
    form: ReviewForm | None
    typed: Mapping[str, str]
    token: UUID
    is_draft: bool
    is_next: bool  # whether the cursor goes here
    last: CaseDecision | None
    following: UUID | None  # whose row comes next


@policy.permission("supervise")
class ReviewCaseloadPage(ReviewCaseload, SupervisionPage):
    """Review a colleague's whole caseload: a row a family, saved one by one, and one stays on the page."""

    template_name = "supervision/caseload_review.html"
    title = "Caseload review"
    autosaves = True

    def get_title(self) -> str:
        return f"Caseload review: {self.record}"

    def get_message(self) -> str:
        family = self.form.cleaned_data["family"].pk
        return f"Saved on the record of {load_family_lines([family], self.on)[family].name}."

    def get_success_path(self, made: CaseDecision) -> str:
        """The page again, with the cursor in the next family's row."""
        following = parse_token(self.request.GET.get(FOCUS))
        is_known = any(each.family_id == following for each in self.episodes)
        return f"{self.request.path}?{FOCUS}={following}" if is_known else self.request.path

    def find_begun_draft(self, form: Any, formsets: dict[str, Any]) -> None:
        """None: each row brings its own back."""

    def get_context(self, form: Any) -> dict[str, Any]:
        rows = self.build_rows(build_agenda(self.episodes, self.on))
        return {
            "rows": rows,
            "kinds": AGENDA_KINDS,
            "summary": summarise_rows(rows),
            "agreements": self.list_agreements(),
            "has_sites": len({row.agenda.site for row in rows}) > 1,
            "lost": form if form.is_bound and not any(row.form is form for row in rows) else None,
            "today": self.on,
        }

    def list_agreements(self) -> list[AgreementRow]:
        """Of the supervision that the reader gives this colleague: when the next session is."""
        mine = _AGREEMENTS.rows(self.request.scope, self.on, supervisee=self.record.pk, now=timezone.now())
        return [AgreementRow(each, self.on) for each in mine]

    def build_rows(self, agenda: list[AgendaFamily]) -> list[ReviewRow]:
        families = [each.family.pk for each in agenda]
        decided = _LAST_DECISIONS.rows(NOBODY, families=families) if families else []
        last = {each.family_id: each for each in decided}
        after = dict(pairwise(families))
        return [self.build_row(each, last.get(each.family.pk), after.get(each.family.pk)) for each in agenda]

    def build_row(self, agenda: AgendaFamily, last: CaseDecision | None, following: UUID | None) -> ReviewRow:
        family = str(agenda.family.pk)
        is_sent = family == self.posted_family
        draft = None if is_sent else self.drafts.get(family)
        return ReviewRow(
            agenda=agenda,
            form=self.form if is_sent else None,
            typed=draft.typed if draft else NOTHING_TYPED,
            token=self.submission.token if is_sent else draft.pk if draft else uuid4(),
            is_draft=is_sent or draft is not None,
            is_next=self.request.GET.get(FOCUS) == family and not self.submission.posted,
            last=last,
            following=following,
        )

    @cached_property
    def posted_family(self) -> str | None:
        """Whose row was sent; None while the page is only opened."""
        return str(self.form["family"].value()) if self.form.is_bound else None

    @cached_property
    def drafts(self) -> dict[str, Submission]:
        """{family: what this person typed in its row and has not saved}, with its values as ``typed``."""
        found = {}
        for draft in _DRAFTS.rows(self.request.scope, kind=self.kind, path=self.request.path):
            typed = {name: values[-1] for name, values in draft.data[""].items() if values}
            draft.typed = {name: typed.get(name, "") for name in TYPED}
            if any(draft.typed.values()):
                found.setdefault(typed.get("family", ""), draft)
        return found


TYPED = ("decision", "action", "do_by")
NOTHING_TYPED = dict.fromkeys(TYPED, "")


def summarise_rows(rows: Iterable[ReviewRow]) -> str:
    """“12 families, 7 of them with a reason to discuss.”"""
    rows = list(rows)
    concerned = sum(bool(row.agenda.reasons) for row in rows)
    return f"{format_plural(len(rows), 'family', 'families')}, {concerned} with a reason to discuss."


def _query_last_decisions(_: TemplateScope, families: UUID) -> Any:
    """Of each family the newest decision, with who made it."""
    rows = CaseDecision.objects.visible_to(FamiliesScope(families)).filter(family__in=[families])
    rows = rows.select_related("session__supervisor", "reviewed_by", "owner")
    return rows.order_by("family_id", "-created_at").distinct("family_id")


def _query_agreements(scope: TemplateScope, on: date, supervisee: UUID, now: Value) -> Any:
    """Of the supervision that the reader gives them."""
    agreed = SupervisionAgreement.objects.visible_to(scope).going_on(on)
    return annotate_standing(agreed.filter(supervisor=scope.user_id, supervisee=supervisee), now)


def _query_drafts(scope: TemplateScope, kind: Value, path: Value) -> Any:
    return Submission.objects.visible_to(scope).offered().filter(kind=kind, path=path)


_LAST_DECISIONS, _AGREEMENTS, _DRAFTS = map(
    PreparedQuery, (_query_last_decisions, _query_agreements, _query_drafts)
)
