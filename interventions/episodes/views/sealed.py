"""For information governance: contacts that were entered in error, as they were, and where they stand now."""

from django.shortcuts import render

from interventions.episodes.models import CareContact
from interventions.episodes.views.shown import page, with_amendments
from pairs.access import policy
from pairs.access.fetch import fetch, fetch_page
from pairs.access.records import IN_ERROR
from pairs.families.opened import family_of
from pairs.submissions.typed import Typed


def in_error():
    """Contacts entered in error; for governance alone."""
    rows = CareContact.objects.entered_in_error()
    return rows.select_related("entered_in_error_by", "practitioner", "episode__site")


@policy.permission("govern_records")
def sealed_contacts(request):
    """Each copy that is kept out of ordinary view, with who said why."""
    newest = in_error().order_by(f"-{IN_ERROR}", "id")
    return render(
        request,
        "episodes/sealed_contacts.html",
        {"page": fetch_page(request, newest, within="including_sealed")},
    )


@policy.permission("govern_records")
def sealed_contact(request, contact_id):
    """One sealed copy as it was written; and, when it was refiled, where it stands now."""
    whole = in_error().with_all().select_related("refiled_as")
    contact = fetch(request, whole, within="including_sealed", pk=contact_id)
    family = family_of(request, contact.episode.family_id)
    context = {
        "contact": contact,
        "notes": with_amendments(contact),
        "refiled_as": getattr(contact, "refiled_as", None),
    }
    return page(request, "sealed_contact", family, Typed(request, kind="sealed-contact"), **context)
