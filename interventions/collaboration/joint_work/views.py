"""Pages of joint work: list, add, edit the terms, end."""

from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone

from interventions.collaboration.joint_work import record_forms
from interventions.collaboration.models import JointWork
from interventions.collaboration.presenters import load_agreements_by_joint_work
from interventions.collaboration.record_pages import render_collaboration_page
from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import list_visible
from pairs.families.access import get_family
from pairs.families.record_forms import FamilyFormPage
from pairs.submissions.form_page import PageOf
from pairs.web.formats import format_day


@policy.permission("read_families", "govern_records")
def list_joint_work(request: ScopedRequest, family_id: UUID) -> HttpResponse:
    """List the family's joint work: with whom, who does what and when, and what each may share."""
    family = get_family(request, family_id)
    rows = list_visible(request, JointWork.objects.filter(family=family).with_people())
    agreed = load_agreements_by_joint_work(request, family, rows, timezone.localdate())
    may_write = request.scope.may("write_records", at=family.site_id, of=family.pk)
    shown = [(joint, agreed[joint.pk]) for joint in rows]
    return render_collaboration_page(request, "joint_work", family, rows=shown, may_write=may_write)


class JointWorkPage(FamilyFormPage):
    """A form that leads back to the family's joint work."""

    back = PageOf("joint-work", "family", "Joint work")


@policy.permission("write_records")
class AddJointWorkPage(record_forms.AddJointWork, JointWorkPage):
    """Record joint work with somebody from another service."""

    title = "Record joint work"
    button = "Save joint work"
    message = "Joint work recorded."


@policy.permission("write_records")
class JointWorkTermsPage(record_forms.ChangeJointWork, JointWorkPage):
    """Review joint work and change its terms."""

    button = "Save the change"
    message = "The change is saved."

    def get_title(self) -> str:
        return f"Joint work with {self.record.party}"


@policy.permission("write_records")
class EndJointWorkPage(record_forms.EndJointWork, JointWorkPage):
    """End joint work, with its last day and the reason."""

    title = "Has this joint work ended?"
    consequences = (
        "it is no longer listed as current; the agreement stays in the record",
        "the sharing agreement does not end with it: check that too",
    )
    button = "End it"
    message = "Joint work ended."

    def get_text(self) -> list[str]:
        return [f"With {self.record.party}, from {format_day(self.record.since)}"]
