"""Pages of safeguarding: the family's page; statuses, children, concerns and cautions, added, changed and ended."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import list_visible
from pairs.families.access import get_family
from pairs.families.banner import describe_caution
from pairs.families.models import Caution, Family
from pairs.families.record_forms import FamilyFormPage
from pairs.families.record_pages import render_record_page
from pairs.safeguarding import forms, record_forms
from pairs.safeguarding.models import ConcernStep, HouseholdChild, SafeguardingConcern, SafeguardingStatus
from pairs.safeguarding.people import FamilyPeople, get_person_label, load_family_people
from pairs.safeguarding.record_forms import WRITE_PERMISSION
from pairs.submissions.form_page import Link


def get_safeguarding_path(family: Family) -> str:
    return reverse("safeguarding", args=[family.pk])


# ---------------------------------------------------------------- the family's page


@policy.permission("read_families", "govern_records")
def show_safeguarding(request: ScopedRequest, family_id: UUID) -> HttpResponse:
    """How everybody stands, what was worried about, and what to know before going."""
    family = get_family(request, family_id)
    people = load_family_people(request, family)
    statuses = list_visible(
        request, SafeguardingStatus.objects.filter(family=family).with_people().newest_first()
    )
    cautions = list_visible(
        request, Caution.objects.filter(family=family).with_people().order_by("-since", "id")
    )
    concerns = SafeguardingConcern.objects.filter(family=family).with_people().with_step_days().newest_first()
    today = timezone.localdate()
    context = {
        "standing": _present_statuses(people, statuses),
        "children": people.children,
        "concerns": [present_concern(concern) for concern in list_visible(request, concerns)],
        "cautions": [
            _present_caution_row(each) for each in cautions if not each.until or each.until >= today
        ],
        "past_cautions": [
            _present_caution_row(each) for each in cautions if each.until and each.until < today
        ],
        "may_write": request.scope.may(WRITE_PERMISSION, at=family.site_id),
    }
    return render_record_page(request, "safeguarding/family.html", family, **context)


def _present_statuses(people: FamilyPeople, statuses: list[SafeguardingStatus]) -> dict[str, list[Any]]:
    """Each person who has or had a status, what holds before what has been; those with something now come first."""
    rows = [
        {
            "name": get_person_label(person),
            "current": [each for each in statuses if each.person == person and not each.until],
            "past": [each for each in statuses if each.person == person and each.until],
        }
        for person in people.list_everybody()
    ]
    said = [row for row in rows if row["current"] or row["past"]]
    return {
        "rows": sorted(said, key=lambda row: not row["current"]),
        "without": [row["name"] for row in rows if row not in said],
    }


def _present_caution_row(caution: Caution) -> dict[str, Any]:
    return {"words": describe_caution(caution), "caution": caution}


class SafeguardingPage(FamilyFormPage):
    """A form that leads back to the family's page of safeguarding."""

    def get_back_link(self) -> Link:
        return Link(get_safeguarding_path(self.family), "Safeguarding")


# ---------------------------------------------------------------- statuses


@policy.permission("write_records", WRITE_PERMISSION)
class AddStatusPage(record_forms.RecordStatus, SafeguardingPage):
    """Record how somebody stands with social care, a court or a MARAC."""

    kind = "new-safeguarding-status"
    title = "Record a safeguarding status"
    button = "Save the status"
    message = "The status is recorded."


@policy.permission("write_records", WRITE_PERMISSION)
class EditStatusPage(record_forms.UpdateStatus, SafeguardingPage):
    """Change what is known of a status that holds."""

    kind = "safeguarding-status"
    title = "Change a safeguarding status"
    button = "Save the change"
    message = "The status is changed. What it said before is kept in its history."

    def get_text(self) -> list[str]:
        return [str(self.record)]

    def build_form(self, data: Any) -> forms.StatusDetailsForm:
        return forms.StatusDetailsForm.of(self.record, data)

    def get_links(self) -> list[Link]:
        pk = self.record.pk
        return [
            Link(reverse("end-safeguarding-status", args=[pk]), "It has ended"),
            Link(reverse("status-in-error", args=[pk]), "It was entered in error"),
        ]


@policy.permission("write_records", WRITE_PERMISSION)
class EndStatusPage(record_forms.EndStatus, SafeguardingPage):
    """It stands no longer: the question before, with its last day."""

    kind = "end-safeguarding-status"
    title = "Has this status ended?"
    consequences = (
        "It no longer stands on the pages of this record.",
        "It stays in the person’s history, with its dates.",
        "It cannot be opened again: if it begins anew, record a new one.",
    )
    button = "Yes, it has ended"
    message = "The status has ended. It stays in the history."

    def get_text(self) -> list[str]:
        return [str(self.record)]


# ---------------------------------------------------------------- other children


@policy.permission("write_records", WRITE_PERMISSION)
class AddChildPage(record_forms.AddChild, SafeguardingPage):
    """List another child of the household."""

    kind = "new-household-child"
    title = "List another child of the household"
    text = ("A brother or sister, or any other child who lives there. They get no record of their own here.",)
    message = "The child is listed."


@policy.permission("write_records", WRITE_PERMISSION)
class EditChildPage(record_forms.UpdateChild, SafeguardingPage):
    """Change what is known of another child of the household."""

    kind = "household-child"
    title = "Change what is known of the child"
    button = "Save the change"
    message = "What is known of the child is changed."

    def get_links(self) -> list[Link]:
        return [Link(reverse("child-in-error", args=[self.record.pk]), "The child was listed in error")]


# ---------------------------------------------------------------- concerns


def present_concern(concern: Any) -> dict[str, Any]:
    """A concern as a row: whom it is about, what was decided, and until when an answer is waited for."""
    waiting = concern.waits_until
    return {
        "concern": concern,
        "about": get_person_label(concern.person) if concern.person else "The whole family",
        "waiting": waiting,
        "state": "waiting" if waiting else "answered" if concern.has_outcome else "recorded",
    }


@policy.permission("write_records", WRITE_PERMISSION)
class AddConcernPage(record_forms.RecordConcern, SafeguardingPage):
    """Record a worry about somebody's safety, and what was decided."""

    kind = "new-safeguarding-concern"
    title = "Record a safeguarding concern"
    text = (
        "If somebody is in danger now, ring 999 first. This record does not replace a referral to children’s social "
        "care. Once it is saved its words stay as they are; you can add to it. The site’s supervisors are told that "
        "it is there.",
    )
    button = "Save the concern"
    message = "The concern is recorded. The site’s supervisors have been told that it is there."

    def get_success_path(self, made: SafeguardingConcern) -> str:
        return reverse("safeguarding-concern", args=[made.pk])


@policy.permission("read_families", "govern_records", POST=WRITE_PERMISSION)
class ConcernPage(record_forms.AddConcernStep, SafeguardingPage):
    """One concern with all that came after, and a way to add to it."""

    kind = "safeguarding-concern"
    template_name = "safeguarding/concern.html"
    message = "It is added to the concern."

    def get_records(self) -> QuerySet[Any]:
        return SafeguardingConcern.objects.with_steps().with_step_days()

    def get_record(self, may: Any) -> Any:
        """Whoever reads the family reads it; adding to it needs the right to write."""
        return super().get_record(may if self.request.method == "POST" else None)

    def get_success_path(self, made: ConcernStep) -> str:
        return reverse("safeguarding-concern", args=[made.concern_id])

    def get_context(self, form: Any) -> dict[str, Any]:
        may_write = self.request.scope.may(WRITE_PERMISSION, at=self.family.site_id)
        return super().get_context(form) | present_concern(self.record) | {"may_write": may_write}


# ---------------------------------------------------------------- cautions


@policy.permission("write_records", WRITE_PERMISSION)
class AddCautionPage(record_forms.RecordCaution, SafeguardingPage):
    """Say what to know before one books, writes or goes."""

    kind = "new-caution"
    title = "Record what to know before going"
    text = (
        "It stands on every page of this record, and the family’s peer supporter sees it too. Write what one needs in "
        "order to be safe, and no more.",
    )
    message = "The caution is recorded. It shows on every page of this record."


class CautionPage(SafeguardingPage):
    """One about a caution that holds, which it quotes."""

    def get_text(self) -> list[str]:
        return [describe_caution(self.record)]


@policy.permission("write_records", WRITE_PERMISSION)
class EditCautionPage(record_forms.UpdateCaution, CautionPage):
    """Change what is known of a caution that holds."""

    kind = "caution"
    title = "Change what to know before going"
    button = "Save the change"
    message = "The caution is changed."

    def get_links(self) -> list[Link]:
        pk = self.record.pk
        return [
            Link(reverse("end-caution", args=[pk]), "It holds no longer"),
            Link(reverse("caution-in-error", args=[pk]), "It was entered in error"),
        ]


@policy.permission("write_records", WRITE_PERMISSION)
class EndCautionPage(record_forms.EndCaution, CautionPage):
    """It holds no longer: the question before, with its last day."""

    kind = "end-caution"
    title = "Does this hold no longer?"
    consequences = (
        "After that day it no longer stands on the pages of this record, nor where one books or goes.",
        "It stays among what held before.",
        "It cannot be opened again: if it holds anew, record a new one.",
    )
    button = "Yes, end it"
    danger = True
    message = "The caution ends with that day."


# ---------------------------------------------------------------- entered in error


class InErrorPage(record_forms.MarkInError, SafeguardingPage):
    """A record that should not be here: the question before. ``what``: the word for it."""

    what = ""
    title = "Was this entered in error?"
    consequences = (
        "It goes out of view for everybody but information governance, who are told.",
        "Nothing is deleted.",
        "If it belongs to another family, record it there.",
    )
    button = "Yes, take it out of view"
    danger = True
    message = "It is out of view. Information governance has been told."

    def get_text(self) -> list[str]:
        return [f"This {self.what}: {self.record}"]


@policy.permission("write_records", WRITE_PERMISSION)
class StatusInErrorPage(InErrorPage):
    """A status of the wrong person, or that never was."""

    model, kind, what = SafeguardingStatus, "status-in-error", "status"


@policy.permission("write_records", WRITE_PERMISSION)
class ChildInErrorPage(InErrorPage):
    """A child listed with the wrong family."""

    model, kind, what = HouseholdChild, "child-in-error", "child"


@policy.permission("write_records", WRITE_PERMISSION)
class ConcernInErrorPage(InErrorPage):
    """A concern on the wrong record."""

    model, kind, what = SafeguardingConcern, "concern-in-error", "concern"


@policy.permission("write_records", WRITE_PERMISSION)
class CautionInErrorPage(InErrorPage):
    """A caution on the wrong record."""

    model, kind, what = Caution, "caution-in-error", "caution"
