"""What may be told to whom, and what may not: one page a family, and the forms that change it."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import list_visible
from pairs.families.access import get_family
from pairs.families.record_forms import FamilyFormPage
from pairs.families.record_pages import render_record_page
from pairs.submissions.form_page import Link
from pairs.village import record_forms
from pairs.village.disclosure_facts import list_children_covered
from pairs.village.models import DisclosureLimit, SharingAgreement
from pairs.village.sharing_panel import build_agreement_rows, build_limit_rows


@policy.permission("read_families", "govern_records")
def show_sharing(request: ScopedRequest, family_id: UUID) -> HttpResponse:
    """Every agreement and every “do not disclose” of one family, those that hold today first."""
    family, on = get_family(request, family_id), timezone.localdate()
    agreed = list_visible(
        request,
        SharingAgreement.objects.select_related("family", "member", "team", "agreed_by").filter(
            family=family
        ),
    )
    names = ("infant", "caregiver", "member", "address__infant", "address__caregiver")
    limits = DisclosureLimit.objects.select_related("not_to_caregiver", "not_to_member", *names).filter(
        family=family
    )
    context = {
        "agreements": build_agreement_rows(agreed, on, list_children_covered(family, agreed)),
        "limits": build_limit_rows(list_visible(request, limits), on),
        "may_write": request.scope.may("register_people", at=family.site_id),
    }
    return render_record_page(request, "village/sharing.html", family, **context)


class SharingPage(FamilyFormPage):
    """A form that leads back to what may be told and what not."""

    def get_back_link(self) -> Link:
        return Link(reverse("sharing", args=[self.family.pk]), "Sharing")


@policy.permission("register_people")
class AddAgreementPage(record_forms.RecordAgreement, SharingPage):
    """What one person or agency may be told, as it was agreed."""

    kind = "new-sharing-agreement"
    title = "Record a sharing agreement"
    text = (
        "Go through it with the family: who may be told what, how often, and until when. They can withdraw it at any "
        "time. To change an agreement, withdraw it and record the new one.",
    )
    button = "Save agreement"
    message = "The agreement is recorded."


@policy.permission("register_people")
class WithdrawAgreementPage(record_forms.WithdrawAgreement, SharingPage):
    """Ask once more, then: from now on it covers nothing."""

    kind = "withdraw-agreement"
    title = "Withdraw this agreement?"
    consequences = (
        "Nothing is told under it from now on.",
        "Letters that rest on it are not printed or sent; they must be written anew.",
        "It cannot be put back: record a new agreement if the family agrees again.",
    )
    button = "Withdraw"
    danger = True
    message = "The agreement is withdrawn. Nothing is told under it from now on."

    def get_text(self) -> tuple[str, ...]:
        return (f"With {self.record.party}: {', '.join(self.record.covers)}",)


@policy.permission("register_people")
class AddLimitPage(record_forms.RecordLimit, SharingPage):
    """Do not disclose: about whom or what, and not to whom."""

    kind = "new-disclosure-limit"
    title = "Record a “do not disclose”"
    text = (
        "It holds at once: for letters, printed maps and what a referrer sees. Colleagues who open this record still "
        "see everything.",
    )
    message = "Saved. It holds at once."
    field_names = {"about": "subject"}


@policy.permission("register_people")
class EndLimitPage(record_forms.EndLimit, SharingPage):
    """Ask once more before something may be told again."""

    kind = "end-disclosure-limit"
    title = "May this be told again?"
    consequences = ("After its last day, agreements decide alone who is told.",)
    danger = True
    message = "Saved."

    def get_text(self) -> tuple[str, ...]:
        return (f"{self.record.about}, not to {self.record.not_to}. Reason: {self.record.reason}",)
