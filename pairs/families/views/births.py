"""A pregnancy, its births, and one baby's page: what is recorded of them, put right, and what stood before."""

from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse, QueryDict
from django.urls import reverse
from django.utils import timezone

from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import get_visible_or_404, list_visible
from pairs.families.access import get_family
from pairs.families.ages import format_ages, get_birth
from pairs.families.banner import describe_infant
from pairs.families.birth_rules import NUMBER_STATUSES
from pairs.families.forms import BirthFormSet
from pairs.families.history import list_infant_changes
from pairs.families.models import Infant
from pairs.families.record_forms import FamilyFormPage
from pairs.families.record_forms import infants as record_forms
from pairs.families.record_pages import render_record_page
from pairs.families.rules import describe_twin
from pairs.submissions.form_page import PageOf
from pairs.submissions.warned_page import WarnedFormPage
from pairs.web.formats import format_day


def get_infant_path(infant: Any) -> str:
    """The address of one baby's page."""
    return reverse("infant", args=[infant.pk])


@policy.permission("read_families", "govern_records")
def show_infant(request: ScopedRequest, infant_id: UUID) -> HttpResponse:
    """One baby: what is recorded, what changed and when, and what can be recorded next."""
    infant = get_visible_or_404(
        request, Infant.objects.select_related("family__site", "carried_by"), pk=infant_id
    )
    family = get_family(request, infant.family_id)
    site = infant.family.site_id
    context = {
        "infant": infant,
        "name": describe_infant(infant, start=True),
        "twin": describe_twin(infant.twin_order, infant.plurality),
        "together": [each for each in _list_carried_with(request, infant) if each.pk != infant.pk],
        "number_status": dict(NUMBER_STATUSES).get(infant.nhs_number_status, ""),
        "corrected_age": _describe_corrected_age(infant),
        "changes": list_infant_changes(infant),
        "undone": infant.undone_losses.live().select_related("undone_by"),
        "may_register": request.scope.may("register_people", at=site),
        "may_govern": request.scope.may("govern_records", at=site),
    }
    return render_record_page(request, "families/infant.html", family, **context)


def _describe_corrected_age(infant: Infant) -> str:
    """Both ages of a baby born before 37 weeks, until two years; '' for anybody else."""
    birth, on = get_birth(infant), timezone.localdate()
    early = infant.lost_on is None and birth.get_corrected_birth_date(on)
    return f"{format_ages(birth, on)}, from the due date at 40 weeks" if early else ""


def _list_carried_with(request: ScopedRequest, infant: Any) -> list[Infant]:
    return list_visible(request, Infant.objects.carried_with(infant))


class InfantPage(FamilyFormPage):
    """A form about one baby, which leads back to their page."""

    back = PageOf("infant", "record")


@policy.permission("register_people")
class AddPregnancyPage(record_forms.RecordPregnancy, FamilyFormPage):
    """A pregnancy in a family we hold already."""

    title = "Record a pregnancy"
    text = ("Each baby has their own record from now on, and keeps it after birth.",)
    button = "Record the pregnancy"
    message = "Pregnancy recorded."
    leads_to = PageOf("infant", "made")


@policy.permission("register_people")
class RegisterBirthsPage(record_forms.RegisterBirths, FamilyFormPage):
    """The babies are born: the same records, each now with a date of birth; one form for all of a pregnancy."""

    template_name = "families/birth.html"
    title = "Register the birth"
    button = "Register the birth"

    def get_records(self) -> QuerySet[Infant]:
        return Infant.objects.active()

    @cached_property
    def waiting(self) -> list[Infant]:
        """Those of the pregnancy who are not born yet, as the page is opened."""
        return list_visible(self.request, Infant.objects.carried_with(self.record).unborn())

    def post(self, request: ScopedRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Without scripts a button asks for one row more: the page comes again, and nothing is saved."""
        if "another" in request.POST:
            self.submission.data, self.submission.posted = add_empty_row(request.POST), False
        return super().post(request, *args, **kwargs)

    def get_formset_initial(self, name: str) -> list[dict[str, Any]]:
        names = ("given_name", "family_name", "sex")
        return [{"infant": each.pk} | {name: getattr(each, name) for name in names} for each in self.waiting]

    def get_text(self) -> tuple[str, ...]:
        losses = "If a baby has died, you can record that here too. Nothing will be sent or asked about them."
        return (f"{self._describe_records()} {losses}",)

    def _describe_records(self) -> str:
        if not self.waiting:
            return "Every known baby in this pregnancy is registered. If there was another, add them here."
        due = self.waiting[0].estimated_due_date
        return (
            f"{f'Due {format_day(due)}. ' if due else ''}The baby keeps the same record. Nothing from the "
            "pregnancy is lost, and no one else’s record changes."
        )

    def get_message(self) -> str:
        return "Birth registered." if len(self.waiting) < 2 else "Registered."

    def get_context(self, form: Any) -> dict[str, Any]:
        """What to call each row: the baby's name so far, or which of the twins; one more has neither."""
        names = {str(each.pk): describe_infant(each, start=True) for each in self.waiting}
        return super().get_context(form) | {"names": names}


def add_empty_row(posted: QueryDict) -> QueryDict:
    """What was typed, with one baby more."""
    total = f"{BirthFormSet.get_default_prefix()}-TOTAL_FORMS"
    data, given = posted.copy(), posted.get(total, "")
    count = int(given) if given.isascii() and given.isdecimal() and len(given) < 3 else 1
    data[total] = str(min(count + 1, BirthFormSet.max_num))
    return data


@policy.permission("register_people")
class AddBabyPage(record_forms.AddBaby, InfantPage):
    """One more baby in the pregnancy than was known."""

    title = "Is there another baby in this pregnancy?"
    consequences = (
        "the baby gets their own record, with the same due date and carers to start with",
        "the other babies’ records show the new number of babies; nothing else in them changes",
    )
    button = "Add the baby"
    message = "Baby added, with their own record."
    leads_to = PageOf("infant", "made")


@policy.permission("register_people")
class SameBirthPage(record_forms.RecordSameBirth, WarnedFormPage, InfantPage):
    """Which babies were born together, put right."""

    text = ("The number of babies and birth order are worked out from this.",)
    button, button_again = "Save", "Save with this number"
    warning_title, warning_text = "Check the number", "If it is right, save again."
    message = "Babies of the same birth recorded."

    def get_title(self) -> str:
        return f"Which babies were born with {describe_infant(self.record)}?"


@policy.permission("register_people")
class EditInfantPage(record_forms.UpdateInfant, InfantPage):
    """Put right what is recorded of a baby; what stood before is kept."""

    text = ("The earlier version is kept, with who changed it and when.",)
    button = "Save the details"
    message = "Details saved."

    def get_title(self) -> str:
        return f"Change the details of {describe_infant(self.record)}"
