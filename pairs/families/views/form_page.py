"""What the pages about a family's people share: the person with their family, and a page with one form."""

from django.shortcuts import render

from pairs.access.fetch import fetch, fetch_list
from pairs.families.banner import banner_of
from pairs.families.models import Caregiver, Infant, RiskAlert
from pairs.families.opened import family_of


def carer_of(request, caregiver_id, may=None):
    """(the carer, their family)."""
    carer = fetch(request, Caregiver.objects.all(), pk=caregiver_id)
    return carer, family_of(request, carer.family_id, may)


def infant_of(request, infant_id, may=None):
    """(the infant, the family that holds them)."""
    infant = fetch(request, Infant.objects.select_related("carried_by"), pk=infant_id)
    return infant, family_of(request, infant.family_id, may)


def alerts_of(request, family):
    """Open alerts, for the banner."""
    return fetch_list(request, RiskAlert.objects.open().filter(family=family))


def form_page(request, family, typed, form, *, title, button, back, text=(), earlier=(), danger=False):
    """A page with the family's banner and one form. ``text``: paragraphs before it; ``earlier``: lines after it."""
    context = {
        "banner": banner_of(family, alerts=alerts_of(request, family)),
        "family": family,
        "form": form,
        "submission_token": typed.token,
        "title": title,
        "button": button,
        "back": back,
        "text": text,
        "earlier": earlier,
        "danger": danger,
    }
    return render(request, "families/form_page.html", context)
