"""Pages of retention: what is to be reviewed, held, confirmed and was destroyed; and one record's."""

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import get_visible_page, record_family_listed
from pairs.audit.models import Destruction
from pairs.families.access import get_family
from pairs.families.family_line import HIDDEN_RECORD
from pairs.families.family_lines import load_visible_family_lines
from pairs.families.models import Family
from pairs.families.record_forms import FamilyFormPage
from pairs.families.record_pages import build_family_banner
from pairs.submissions.form_page import FormPage, Link, PageOf
from pairs.web.formats import format_day
from reporting.retention import record_forms
from reporting.retention.destruction import list_obstacles
from reporting.retention.models import RetentionDecision, RetentionHold
from reporting.retention.record_forms import GOVERNANCE
from reporting.retention.review_dates import ReviewedRecord, list_records_to_review, load_review
from reporting.retention.rules import SOURCE, DecisionKind

EVERY_RECORD = "Every record of the site"
VIEWS = {
    "": ("To review", "The longest due first"),
    "waiting": ("Decided", "Decisions to destroy a record"),
    "holds": ("Holds", "Holds, the next check first"),
    "destroyed": ("Destroyed", "Records that were destroyed, the latest first"),
}
HEADERS = {
    "": ("Family", "Site", "Review date", "Rule", "Hold"),
    "waiting": ("Family", "Site", "Decided by", "Why", "State"),
    "holds": ("What is held", "Site", "Why", "Held by", "Check on"),
    "destroyed": ("Reference", "Site", "From and to", "Rule", "Decided by", "Confirmed by", "Destroyed"),
}


@policy.permission(GOVERNANCE)
def list_retention(request: ScopedRequest) -> HttpResponse:
    """Records to review, and in views of their own what is decided, held and destroyed."""
    shown = request.GET.get("show", "")
    shown = shown if shown in VIEWS else ""
    page, rows = _BUILDERS[shown](request)
    context = {
        "page": page,
        "rows": rows,
        "headers": HEADERS[shown],
        "caption": VIEWS[shown][1],
        "tabs": [
            {
                "text": text,
                "href": f"{request.path}?show={code}" if code else request.path,
                "current": code == shown,
            }
            for code, (text, _) in VIEWS.items()
        ],
    }
    return render(request, "retention/list.html", context)


def _list_to_review(request: ScopedRequest) -> tuple[Any, list[list[Any]]]:
    found = list_records_to_review(request.scope, timezone.localdate())
    page = Paginator(found, 50).get_page(request.GET.get("page"))
    names = _load_names(request, [each.family.pk for each in page])
    return page, [_build_review_row(each, names) for each in page]


def _load_names(request: ScopedRequest, families: list[Any]) -> dict[Any, str]:
    """{family: its name}, of those in scope, which are noted as listed."""
    lines = load_visible_family_lines(request.scope, families, timezone.localdate())
    for family in lines:
        record_family_listed(request, family)
    return {family: line.name for family, line in lines.items()}


def _build_review_row(each: ReviewedRecord, names: dict[Any, str]) -> list[Any]:
    return [
        {
            "text": names.get(each.family.pk, HIDDEN_RECORD),
            "href": reverse("family-retention", args=[each.family.pk]),
        },
        str(each.family.site),
        format_day(each.review.day),
        each.review.rule.label,
        "Held" if each.is_held else "None",
    ]


def _list_decisions(request: ScopedRequest) -> tuple[Any, list[list[Any]]]:
    page = get_visible_page(request, RetentionDecision.objects.to_destroy().with_names())
    names = _load_names(request, [row.family_id for row in page])
    rows = [
        [
            {
                "text": names.get(row.family_id, HIDDEN_RECORD),
                "href": reverse("confirm-destruction", args=[row.pk]),
            },
            str(row.family.site),
            f"{row.decided_by}, {format_day(row.created_at)}",
            row.reason,
            f"Confirmed by {row.confirmed_by}" if row.confirmed_by else "Waits for a second person",
        ]
        for row in page
    ]
    return page, rows


def _list_holds(request: ScopedRequest) -> tuple[Any, list[list[Any]]]:
    page = get_visible_page(request, RetentionHold.objects.current().with_names())
    names = _load_names(request, [row.family_id for row in page if row.family_id])
    rows = [
        [
            {
                "text": names.get(row.family_id, HIDDEN_RECORD) if row.family_id else EVERY_RECORD,
                "href": reverse("retention-hold", args=[row.pk]),
            },
            str(row.site),
            row.reason,
            f"{row.made_by}, {format_day(row.created_at)}",
            format_day(row.review_on),
        ]
        for row in page
    ]
    return page, rows


def _list_destroyed(request: ScopedRequest) -> tuple[Any, list[list[Any]]]:
    page = get_visible_page(request, Destruction.objects.newest_first())
    rows = [
        [
            row.reference,
            str(row.site),
            f"{format_day(row.first_day)} to {format_day(row.last_contact)}",
            row.rule,
            f"{row.decided_by}, {format_day(row.decided_at)}",
            f"{row.confirmed_by}, {format_day(row.confirmed_at)}",
            format_day(row.at),
        ]
        for row in page
    ]
    return page, rows


_BUILDERS = {
    "": _list_to_review,
    "waiting": _list_decisions,
    "holds": _list_holds,
    "destroyed": _list_destroyed,
}


@policy.permission(GOVERNANCE)
class FamilyRetentionPage(record_forms.DecideRetention, FamilyFormPage):
    """One record: its review date with the rule, what holds it, what was decided, and the next decision."""

    template_name = "retention/family.html"
    title = "Retention of this record"
    button = "Save decision"

    def get_success_path(self, made: RetentionDecision) -> str:
        self.made = made
        return self.request.path

    def get_message(self) -> str:
        if self.made.kind == DecisionKind.KEEP:
            return f"The record is kept. Next review: {format_day(self.made.review_on)}."
        return "Decision saved. Nothing is destroyed until a second person has confirmed it."

    def get_obstacle(self) -> str:
        decided = self._query_decisions().to_destroy().exists()
        return "A decision to destroy this record stands: see below." if decided else ""

    def _query_decisions(self) -> Any:
        return RetentionDecision.objects.visible_to(self.request.scope).filter(family=self.record.pk)

    def get_context(self, form: Any) -> dict[str, Any]:
        found = load_review(self.record)
        return super().get_context(form) | {
            "review": found.review,
            "is_due": found.review.day <= timezone.localdate(),
            "last_contact": found.family.last_contact,
            "source": SOURCE,
            "why_not": list_obstacles(self.record),
            "holds": RetentionHold.objects.visible_to(self.request.scope)
            .current()
            .of_family(self.record)
            .with_names(),
            "decisions": self._query_decisions().with_names().order_by("-created_at"),
        }


@policy.permission(GOVERNANCE)
class HoldFamilyPage(record_forms.HoldFamily, FamilyFormPage):
    """Hold one record."""

    title = "Hold this record"
    text = ("While it is held the record is not destroyed, whatever its review date.",)
    button = "Hold the record"
    message = "Record held."
    back = PageOf("family-retention", "family", "Retention of this record")


@policy.permission(GOVERNANCE)
class HoldSitePage(record_forms.HoldSite, FormPage):
    """Hold every record of a site, such as for a public inquiry."""

    title = "Hold every record of a site"
    text = ("While it lasts nothing of the site is destroyed. For several sites, add a hold for each.",)
    button = "Hold the records"
    message = "Records held."
    back = PageOf("retention", text="Retention")


class HoldFormPage(FormPage):
    """A form about a hold, which says what it is."""

    back = PageOf("retention", text="Retention")

    def get_text(self) -> Sequence[str]:
        return (
            f"{self.record.site}: {'one record' if self.record.family_id else EVERY_RECORD.lower()}.",
            self.record.reason,
        )

    def get_obstacle(self) -> str:
        return "This hold has ended." if self.record.ended_at else ""

    def get_context(self, form: Any) -> dict[str, Any]:
        """Under the banner of the record that is held, unless it is no longer shown: then too its hold can end."""
        held = Family.objects.visible_to(self.request.scope).filter(pk=self.record.family_id)
        if not held.exists():
            return super().get_context(form)
        family = get_family(self.request, self.record.family_id)
        return super().get_context(form) | {
            "family": family,
            "banner": build_family_banner(self.request, family),
        }


@policy.permission(GOVERNANCE)
class HoldPage(record_forms.ProlongHold, HoldFormPage):
    """One hold: why, and its next check."""

    title = "Retention hold"
    button = "Keep the hold"
    message = "Hold kept."

    def get_links(self) -> Sequence[Link]:
        return (
            ()
            if self.record.ended_at
            else (Link(reverse("end-retention-hold", args=[self.record.pk]), "End this hold"),)
        )


@policy.permission(GOVERNANCE)
class EndHoldPage(record_forms.EndHold, HoldFormPage):
    """End a hold."""

    title = "End this hold"
    consequences = ("The records can be destroyed again, once two people decide it.",)
    button = "End the hold"
    message = "Hold ended."
    back = PageOf("retention-hold", "record", "The hold")


class DecisionPage(FamilyFormPage):
    """A question about a decision to destroy a record."""

    danger = True
    back = PageOf("family-retention", "family", "Retention of this record")

    def get_text(self) -> Sequence[str]:
        decided = self.record
        return (f"Decided by {decided.decided_by} on {format_day(decided.created_at)}: {decided.reason}",)


@policy.permission(GOVERNANCE)
class ConfirmDestructionPage(record_forms.ConfirmDestruction, DecisionPage):
    """The second person confirms that a record is destroyed."""

    title = "Destroy this record?"
    consequences = (
        "Everything about this family will be deleted, with its history. It cannot be undone.",
        "A stub stays: the PI numbers, the dates, the rule, and who decided. No name is in it.",
        "Reports that were made stay as they are. The records of other families stay.",
        "It happens when the person who runs the service next runs the destruction, and can be withdrawn until then.",
    )
    button = "Confirm the destruction"
    message = "Destruction confirmed."

    def get_obstacle(self) -> str:
        if self.record.confirmed_at:
            return f"Confirmed by {self.record.confirmed_by}. It can still be withdrawn."
        if self.record.decided_by_id == self.request.user.pk:
            return "You decided this yourself. A colleague has to confirm it."
        return " ".join(list_obstacles(self.record.family))

    def get_links(self) -> Sequence[Link]:
        return (Link(reverse("withdraw-destruction", args=[self.record.pk]), "Withdraw the decision"),)


@policy.permission(GOVERNANCE)
class WithdrawDestructionPage(record_forms.WithdrawDestruction, DecisionPage):
    """Keep the record after all."""

    title = "Keep this record after all?"
    danger = False
    consequences = ("The decision to destroy it is withdrawn, and the record comes to review again.",)
    button = "Withdraw the decision"
    message = "Decision withdrawn."
