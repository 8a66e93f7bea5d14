"""Pages for information governance: contacts entered in error, and where they were refiled."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from interventions.episodes.models import CareContact
from interventions.episodes.models.contacts import CareContactQuerySet
from interventions.episodes.views.record_pages import list_parts_with_amendments, render_record_page
from pairs.access import policy
from pairs.access.records import IN_ERROR
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import get_visible_or_404, get_visible_page
from pairs.families.access import get_family


def query_contacts_in_error() -> CareContactQuerySet:
    """Contacts entered in error; for governance alone."""
    rows = CareContact.objects.entered_in_error()
    return rows.select_related("entered_in_error_by", "practitioner", "episode__site")


@policy.permission("govern_records")
def list_sealed_contacts(request: ScopedRequest) -> HttpResponse:
    """List contacts entered in error, with who marked them and why."""
    newest = query_contacts_in_error().order_by(f"-{IN_ERROR}", "id")
    return render(
        request,
        "episodes/sealed_contacts.html",
        {"page": get_visible_page(request, newest, within="including_sealed")},
    )


@policy.permission("govern_records")
def show_sealed_contact(request: ScopedRequest, contact_id: UUID) -> HttpResponse:
    """Show one hidden contact as it was written, and where it was refiled to."""
    whole = query_contacts_in_error().with_all().select_related("refiled_as")
    contact = get_visible_or_404(request, whole, within="including_sealed", pk=contact_id)
    family = get_family(request, contact.episode.family_id)
    context = {
        "contact": contact,
        "notes": list_parts_with_amendments(contact),
        "refiled_as": getattr(contact, "refiled_as", None),
    }
    return render_record_page(request, "episodes/sealed_contact.html", family, **context)
