"""The people of a family: who is who, a carer's own page, and each part of it changed on a page of its own."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse

from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import get_visible_or_404, list_visible
from pairs.families.access import get_family
from pairs.families.banner import get_infant_name
from pairs.families.history import load_earlier_values
from pairs.families.models import Address, Caregiver, Dyad, Infant
from pairs.families.presenters import (
    ETHNICITY_LABELS,
    build_address_row,
    build_background_rows,
    build_contact_rows,
    build_detail_rows,
    describe_infant_ethnicity,
    describe_relationship,
    format_span,
    format_until_lines,
    load_carer_history,
)
from pairs.families.record_forms import FamilyFormPage
from pairs.families.record_forms import carers as record_forms
from pairs.families.record_pages import render_record_page
from pairs.submissions.form_page import PageOf


@policy.permission("read_families", "govern_records")
def show_caregiver(request: ScopedRequest, caregiver_id: UUID) -> HttpResponse:
    """Everything known of one carer, a person in their own right."""
    carer = get_visible_or_404(request, Caregiver.objects.all(), pk=caregiver_id)
    family = get_family(request, carer.family_id)
    before = load_carer_history(carer)
    dyads = Dyad.objects.filter(caregiver=carer).select_related("infant").order_by("until", "created_at")
    addresses = Address.objects.filter(caregiver=carer, family=family).select_related("caregiver")
    context = {
        "carer": carer,
        "details": build_detail_rows(carer),
        "reach": build_contact_rows(carer, before),
        "about": [*build_background_rows(carer), _build_ethnicity_row(carer, before["ethnicity"])],
        "dyads": [_build_dyad_row(dyad) for dyad in list_visible(request, dyads)],
        "addresses": [build_address_row(each) for each in list_visible(request, addresses.newest_first())],
        "may_register": request.scope.may("register_people", at=family.site_id),
    }
    return render_record_page(request, "families/caregiver.html", family, **context)


def _build_ethnicity_row(carer: Caregiver, before: list[tuple[str, date]]) -> dict[str, Any]:
    earlier_answers = format_until_lines(_filter_asked(before), ETHNICITY_LABELS.get)
    return {"key": "Ethnic background", "value": [ETHNICITY_LABELS[carer.ethnicity], *earlier_answers]}


def _filter_asked(values: list[tuple[str, date]]) -> list[tuple[str, date]]:
    """Earlier answers; that nobody had asked yet is none."""
    return [(value, until) for value, until in values if value != "99"]


def _build_dyad_row(dyad: Dyad) -> dict[str, Any]:
    return {
        "id": dyad.pk,
        "infant": dyad.infant.shown_name or dyad.infant.reference,
        "what": describe_relationship(dyad),
        "restrictions": dyad.restrictions,
        "span": format_span(dyad),
        "ended": dyad.until is not None,
    }


# ---------------------------------------------------------------- a carer more


@policy.permission("register_people")
class AddCarerPage(record_forms.AddCarer, FamilyFormPage):
    """One more carer, with a relationship to each baby or to none."""

    template_name = "families/new_caregiver.html"
    title = "Add a carer"
    text = ("Anyone who brings the baby up, on equal terms. Leave anything not yet known empty.",)
    button = "Save the carer"
    message = "Carer added."
    leads_to = PageOf("caregiver", "made")
    back = PageOf("family-people", "family")

    def get_formset_initial(self, name: str) -> list[dict[str, Any]]:
        return [{"infant": infant.pk} for infant in self.family.infants.all()]

    def get_context(self, form: Any) -> dict[str, Any]:
        """Each baby by name; a row about nobody here is left out."""
        infants = self.family.infants.all()
        names = {str(infant.pk): get_infant_name(infant) for infant in infants}
        return super().get_context(form) | {"names": names}


# ---------------------------------------------------------------- a carer changed


class CarerPage(FamilyFormPage):
    """A form about a carer, which leads back to their page."""

    back = PageOf("caregiver", "record")

    def get_title(self) -> str:
        return f"{self.title}: {self.record.name_or_role}"


class EditCarerPage(CarerPage):
    """One part of what is known of a carer, on a page of its own."""

    message = "Change saved. The earlier version is kept in the history."


@policy.permission("register_people")
class EditCarerDetailsPage(record_forms.UpdateCarerDetails, EditCarerPage):
    """Name, dates and NHS number."""

    title = "Name and dates"


@policy.permission("register_people")
class EditCarerContactPage(record_forms.UpdateCarerContact, EditCarerPage):
    """How to reach them safely, and what they need."""

    title = "How to reach"


@policy.permission("register_people")
class EditCarerBackgroundPage(record_forms.UpdateCarerBackground, EditCarerPage):
    """What they told us about themselves."""

    title = "About"


# ---------------------------------------------------------------- ethnic background


class EthnicityPage(record_forms.UpdateEthnicity, FamilyFormPage):
    """How somebody describes their ethnic background, and what was answered before."""

    kind = "ethnicity"
    template_name = "families/ethnicity.html"
    text = (
        "We ask everyone. It shows us whether families of every background reach us and are helped equally "
        "well.",
        "Ask how they describe themselves; do not assume. “Prefer not to say” is an answer too, and they "
        "can change it at any time.",
    )
    button = "Save the answer"
    message = "Answer saved."

    def get_context(self, form: Any) -> dict[str, Any]:
        before = _filter_asked(load_earlier_values(self.record, "ethnicity")["ethnicity"])
        return super().get_context(form) | {"earlier": format_until_lines(before, ETHNICITY_LABELS.get)}


@policy.permission("register_people")
class CarerEthnicityPage(EthnicityPage):
    """How a carer describes their ethnic background."""

    model = Caregiver
    back = PageOf("caregiver", "record")

    def get_title(self) -> str:
        return f"Ethnic background: {self.record.name_or_role}"


@policy.permission("register_people")
class InfantEthnicityPage(EthnicityPage):
    """How the family describes the baby's; before birth it says whose is shown."""

    back = PageOf("family-people", "family")

    def get_records(self) -> QuerySet[Infant]:
        return Infant.objects.select_related("carried_by")

    def get_title(self) -> str:
        return f"Ethnic background: {get_infant_name(self.record)}"

    def get_text(self) -> tuple[str, ...]:
        if self.record.birth_date:
            return self.text
        shown = describe_infant_ethnicity(self.record, self.record.carried_by)
        return (*self.text, f"Shown now: {shown}.")
