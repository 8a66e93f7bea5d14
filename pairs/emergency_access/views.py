"""Pages of emergency access: open a record, and what information governance reviews."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate
from django.conf import settings
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import get_visible_page
from pairs.emergency_access import record_forms
from pairs.emergency_access.models import EmergencyAccess
from pairs.emergency_access.rules import describe_minutes
from pairs.families.family_line import HIDDEN_RECORD, FamilyLine
from pairs.families.family_lines import load_visible_family_lines
from pairs.families.record_forms import FamilyFormPage
from pairs.submissions.form_page import FormPage, PageOf
from pairs.submissions.kept_posts import get_draft_path, keep_posted_form
from pairs.web.formats import format_day_and_time

GOVERNANCE = "govern_records"


@policy.permission("open_in_emergency")
class EmergencyAccessPage(record_forms.OpenInEmergency, FormPage):
    """Open a record in an emergency."""

    title = "Emergency access"
    text = ("For when a baby or carer may come to harm unless you read a record that you cannot open.",)
    button = "Open the record"
    message = "Record opened. Information governance has been told."
    first_click_closes = True

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Whoever has not just shown again that it is them is asked to; what they typed is kept meanwhile."""
        if did_recently_reauthenticate(request):
            return super().dispatch(request, *args, **kwargs)
        kept = keep_posted_form(request)
        onward = get_draft_path(kept) if kept else request.get_full_path()
        return redirect(f"{reverse('account_reauthenticate')}?{urlencode({'next': onward})}")

    def get_consequences(self) -> tuple[str, ...]:
        lasts = describe_minutes(settings.EMERGENCY_ACCESS_SECONDS)
        return (
            f"You can read the record for {lasts}, and write nothing in it.",
            "Information governance is told at once and reviews every page you open.",
        )

    def get_success_path(self, made: EmergencyAccess) -> str:
        return reverse("family", args=[made.family_id])


@policy.permission(GOVERNANCE)
def list_emergency_access(request: ScopedRequest) -> HttpResponseBase:
    """Uses of emergency access to review, the oldest first; or those that were reviewed."""
    shows_reviewed = request.GET.get("show") == "reviewed"
    shown = EmergencyAccess.objects.reviewed() if shows_reviewed else EmergencyAccess.objects.to_review()
    page = get_visible_page(request, shown.with_names())
    lines = load_visible_family_lines(request.scope, {row.family_id for row in page}, timezone.localdate())
    context = {
        "page": page,
        "rows": [_build_row(row, lines) for row in page],
        "shows_reviewed": shows_reviewed,
    }
    return render(request, "emergency_access/list.html", context)


def _build_row(row: EmergencyAccess, lines: dict[UUID, FamilyLine]) -> list[Any]:
    line = lines.get(row.family_id)
    name = line.name if line else HIDDEN_RECORD
    return [
        {"text": name, "href": reverse("emergency-access-review", args=[row.pk])},
        str(row.family.site),
        str(row.opened_by),
        format_day_and_time(row.created_at),
        row.reason,
        row.get_finding_display() or "To review",
    ]


@policy.permission(GOVERNANCE)
class EmergencyAccessReviewPage(record_forms.ReviewEmergencyAccess, FamilyFormPage):
    """One use of emergency access: who, why, what was opened, and the finding."""

    template_name = "emergency_access/review.html"
    title = "Review emergency access"
    button = "Close the review"
    message = "Review closed."
    back = PageOf("emergency-access-list", text="Emergency access")

    def get_success_path(self, made: EmergencyAccess) -> str:
        return self.request.path

    def get_obstacle(self) -> str:
        """Nobody is the judge of what they did themselves."""
        own = self.record.opened_by_id == self.request.user.pk and not self.record.reviewed_at
        return "You opened this record yourself. A colleague has to review it." if own else ""

    def get_context(self, form: Any) -> dict[str, Any]:
        day = timezone.localdate(self.record.created_at).isoformat()
        asked = {"username": self.record.opened_by.username, "family": self.record.family_id, "since": day}
        return super().get_context(form) | {
            "access": self.record,
            "is_open": not self.record.reviewed_at and self.record.until > timezone.now(),
            "pages_opened": f"{reverse('access-log')}?{urlencode(asked)}",
        }
