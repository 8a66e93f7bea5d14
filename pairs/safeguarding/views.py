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
from pairs.families.models import Caution
from pairs.families.record_forms import FamilyFormPage
from pairs.families.record_pages import render_family_tab
from pairs.safeguarding import forms, record_forms
from pairs.safeguarding.models import HouseholdChild, SafeguardingConcern, SafeguardingStatus
from pairs.safeguarding.people import FamilyPeople, get_person_label, load_family_people
from pairs.safeguarding.record_forms import WRITE_PERMISSION
from pairs.submissions.form_page import Link, PageOf

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
    return render_family_tab(request, "safeguarding/family.html", family, "safeguarding", **context)


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

    back = PageOf("safeguarding", "family", "Safeguarding")


# ---------------------------------------------------------------- statuses


@policy.permission("write_records", WRITE_PERMISSION)
class AddStatusPage(record_forms.RecordStatus, SafeguardingPage):
    """Record how somebody stands with social care, a court or a MARAC."""

    title = "Record a safeguarding status"
    button = "Save the status"
    message = "Safeguarding status recorded."


@policy.permission("write_records", WRITE_PERMISSION)
class EditStatusPage(record_forms.UpdateStatus, SafeguardingPage):
    """Change what is known of a status that holds."""

    title = "Change a safeguarding status"
    button = "Save the change"
    message = "Safeguarding status changed. The earlier version is kept in the history."

    def get_text(self) -> list[str]:
        return [str(self.record)]

    def build_form(self, data: Any) -> forms.StatusDetailsForm:
        return forms.StatusDetailsForm.of(self.record, data)

    def get_links(self) -> list[Link]:
        pk = self.record.pk
        return [
            Link(reverse("end-safeguarding-status", args=[pk]), "End it"),
            Link(reverse("status-in-error", args=[pk]), "It was entered in error"),
        ]


@policy.permission("write_records", WRITE_PERMISSION)
class EndStatusPage(record_forms.EndStatus, SafeguardingPage):
    """It stands no longer: the question before, with its last day."""

    title = "Has this status ended?"
    consequences = (
        "It no longer appears on the pages of this record.",
        "It stays in the person’s history, with its dates.",
        "It cannot be reopened: if it starts again, record a new one.",
    )
    button = "Yes, it has ended"
    message = "Safeguarding status ended. It stays in the history."

    def get_text(self) -> list[str]:
        return [str(self.record)]


# ---------------------------------------------------------------- other children


@policy.permission("write_records", WRITE_PERMISSION)
class AddChildPage(record_forms.AddChild, SafeguardingPage):
    """List another child of the household."""

    title = "List another child of the household"
    text = (
        "A brother or sister, or any other child who lives there. No separate record is created for them.",
    )
    message = "Child added."


@policy.permission("write_records", WRITE_PERMISSION)
class EditChildPage(record_forms.UpdateChild, SafeguardingPage):
    """Change what is known of another child of the household."""

    title = "Change details of the child"
    button = "Save the change"
    message = "Child’s details changed."

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

    title = "Record a safeguarding concern"
    text = (
        "If anyone is in danger now, call 999 first. This record does not replace a referral to children’s "
        "social care. You cannot edit it once saved, but you can add to it. The site’s supervisors are "
        "told that it has been recorded.",
    )
    button = "Save the concern"
    message = "Safeguarding concern recorded. The site’s supervisors have been told."
    leads_to = PageOf("safeguarding-concern", "made")


@policy.permission("read_families", "govern_records", POST=WRITE_PERMISSION)
class ConcernPage(record_forms.AddConcernStep, SafeguardingPage):
    """One concern with all that came after, and a way to add to it."""

    template_name = "safeguarding/concern.html"
    message = "Follow-up added to the concern."
    leads_to = PageOf("safeguarding-concern", "made.concern_id")

    def get_records(self) -> QuerySet[Any]:
        return SafeguardingConcern.objects.with_steps().with_step_days()

    def get_record(self, may: Any) -> Any:
        """Whoever reads the family reads it; adding to it needs the right to write."""
        return super().get_record(may if self.request.method == "POST" else None)

    def get_context(self, form: Any) -> dict[str, Any]:
        may_write = self.request.scope.may(WRITE_PERMISSION, at=self.family.site_id)
        return super().get_context(form) | present_concern(self.record) | {"may_write": may_write}


# ---------------------------------------------------------------- cautions


@policy.permission("write_records", WRITE_PERMISSION)
class AddCautionPage(record_forms.RecordCaution, SafeguardingPage):
    """Say what to know before one books, writes or goes."""

    title = "Record a caution"
    text = (
        "It appears on every page of this record, and the family’s peer supporter sees it too. Write only "
        "what people need to know to be safe.",
    )
    message = "Caution recorded. It appears on every page of this record."


class CautionPage(SafeguardingPage):
    """One about a caution that holds, which it quotes."""

    def get_text(self) -> list[str]:
        return [describe_caution(self.record)]


@policy.permission("write_records", WRITE_PERMISSION)
class EditCautionPage(record_forms.UpdateCaution, CautionPage):
    """Change what is known of a caution that holds."""

    title = "Change caution"
    button = "Save the change"
    message = "Caution changed."

    def get_links(self) -> list[Link]:
        pk = self.record.pk
        return [
            Link(reverse("end-caution", args=[pk]), "End"),
            Link(reverse("caution-in-error", args=[pk]), "It was entered in error"),
        ]


@policy.permission("write_records", WRITE_PERMISSION)
class EndCautionPage(record_forms.EndCaution, CautionPage):
    """It holds no longer: the question before, with its last day."""

    title = "End this caution?"
    consequences = (
        "After that date it no longer appears on this record, or when booking or visiting.",
        "It stays in the list of ended cautions.",
        "It cannot be reopened: if it applies again, record a new one.",
    )
    button = "Yes, end it"
    danger = True
    message = "End date of the caution saved."


# ---------------------------------------------------------------- entered in error


class InErrorPage(record_forms.MarkInError, SafeguardingPage):
    """A record that should not be here: the question before. ``what``: the word for it."""

    what = ""
    title = "Was this entered in error?"
    consequences = (
        "Only information governance will be able to see it, and they are told.",
        "Nothing is deleted.",
        "If it belongs to another family, record it there.",
    )
    button = "Yes, mark as entered in error"
    danger = True
    message = "Marked as entered in error. Information governance has been told."

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
