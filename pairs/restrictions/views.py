"""Pages of restricted families: restrict one, and what information governance does about those that are."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import get_visible_page
from pairs.families.family_line import HIDDEN_RECORD, FamilyLine
from pairs.families.family_lines import load_visible_family_lines
from pairs.families.models import FamilyGrant
from pairs.families.record_forms import FamilyFormPage
from pairs.restrictions import record_forms
from pairs.restrictions.actions import query_named
from pairs.restrictions.models import FamilyRestriction
from pairs.restrictions.record_forms import MAY_RESTRICT
from pairs.submissions.form_page import Link, PageOf
from pairs.web.formats import format_day

GOVERNANCE = "govern_records"


@policy.permission(*MAY_RESTRICT)
class RestrictFamilyPage(record_forms.RestrictFamily, FamilyFormPage):
    """Restrict who can open a family's record."""

    title = "Restrict this record"
    text = (
        "For a colleague’s own family, or where an address must not become known. From then on only the people "
        "you name can open the record. It still counts in reports, and a new referral still finds it.",
    )
    consequences = (
        "Access given to other sites for thinking together or joint work ends at once.",
        "Information governance will be told, and will review and end the restriction.",
    )
    button = "Restrict the record"
    message = "Record restricted. Information governance has been told."
    first_click_closes = True
    autosaves = True

    def get_obstacle(self) -> str:
        return "This record is already restricted." if self.record.restricted else ""

    def get_success_path(self, made: FamilyRestriction) -> str:
        """Whoever restricts a record may be unable to open it from then on."""
        governs = self.request.scope.may(GOVERNANCE, at=self.record.site_id)
        return reverse("restriction", args=[made.pk]) if governs else reverse("home")


@policy.permission(GOVERNANCE)
def list_restrictions(request: ScopedRequest) -> HttpResponse:
    """Restricted families, the next review first; or restrictions that have ended."""
    shows_ended = request.GET.get("show") == "ended"
    shown = FamilyRestriction.objects.ended() if shows_ended else FamilyRestriction.objects.current()
    page = get_visible_page(request, shown.with_names())
    on = timezone.localdate()
    lines = load_visible_family_lines(request.scope, {row.family_id for row in page}, on)
    context = {
        "page": page,
        "rows": [_build_row(row, lines, on) for row in page],
        "shows_ended": shows_ended,
    }
    return render(request, "restrictions/list.html", context)


def _build_row(row: FamilyRestriction, lines: dict[UUID, FamilyLine], on: Any) -> list[Any]:
    line = lines.get(row.family_id)
    name = line.name if line else HIDDEN_RECORD
    if row.ended_at:
        state = f"Ended {format_day(timezone.localdate(row.ended_at))}"
    else:
        due = "Review due since" if row.review_on <= on else "Review on"
        state = f"{due} {format_day(row.review_on)}"
    return [
        {"text": name, "href": reverse("restriction", args=[row.pk])},
        str(row.family.site),
        row.because,
        f"{row.made_by}, {format_day(timezone.localdate(row.created_at))}",
        state,
    ]


@policy.permission(GOVERNANCE)
class RestrictionPage(record_forms.ReviewRestriction, FamilyFormPage):
    """One restriction: why, who may open the record, and its review."""

    template_name = "restrictions/restriction.html"
    title = "Restricted record"
    button = "Keep the restriction"
    message = "Review recorded."
    back = PageOf("restrictions", text="Restricted families")

    def get_success_path(self, made: FamilyRestriction) -> str:
        return self.request.path

    def get_context(self, form: Any) -> dict[str, Any]:
        on = timezone.localdate()
        return super().get_context(form) | {
            "restriction": self.record,
            "named": [_build_named_row(grant) for grant in query_named(self.record.family)],
            "is_due": self.record.ended_at is None and self.record.review_on <= on,
        }


def _build_named_row(grant: FamilyGrant) -> list[Any]:
    return [
        str(grant.user),
        grant.reason,
        f"{grant.granted_by}, {format_day(timezone.localdate(grant.created_at))}",
        {
            "text": "End access",
            "hidden": f"of {grant.user}",
            "href": reverse("end-named-access", args=[grant.pk]),
        },
    ]


class OfRestrictionPage(FamilyFormPage):
    """A form about one restriction, reached from its page."""

    back = PageOf("restriction", "record", "The restriction")

    def get_obstacle(self) -> str:
        return "This restriction has already ended." if self.record.ended_at else ""


@policy.permission(GOVERNANCE)
class NamePersonPage(record_forms.NamePerson, OfRestrictionPage):
    """Name one more person who may open a restricted record."""

    title = "Name someone who can open this record"
    button = "Give access"
    message = "Access given."


@policy.permission(GOVERNANCE)
class EndRestrictionPage(record_forms.EndRestriction, OfRestrictionPage):
    """End a restriction."""

    title = "End this restriction"
    consequences = (
        "Everyone who opens records at this site will be able to open this one again, from now.",
        "The access of the people who were named ends; those at the site keep theirs by their role.",
    )
    button = "End the restriction"
    danger = True
    message = "Restriction ended."


@policy.permission(GOVERNANCE)
class EndNamedAccessPage(record_forms.EndNamedAccess, FamilyFormPage):
    """End one person's access to a restricted record."""

    title = "End this person’s access"
    button = "End access"
    danger = True
    message = "Access ended."

    def get_consequences(self) -> Sequence[str]:
        return (f"{self.record.user} will not be able to open this record, from now.",)

    def get_back_link(self) -> Link:
        current = FamilyRestriction.objects.visible_to(self.request.scope).current()
        found = current.filter(family=self.record.family_id).first()
        if found is None:
            return Link(reverse("restrictions"), "Restricted families")
        return Link(reverse("restriction", args=[found.pk]), "The restriction")
