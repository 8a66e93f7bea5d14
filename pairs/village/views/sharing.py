"""What may be told to whom, and what may not: one page a family, and the forms that change it."""

from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone

from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import get_visible_page, list_visible
from pairs.families.access import get_family
from pairs.families.family_lines import describe_family
from pairs.families.record_forms import FamilyFormPage
from pairs.families.record_pages import render_family_tab
from pairs.submissions.form_page import PageOf
from pairs.village import record_forms
from pairs.village.disclosure_facts import list_children_covered
from pairs.village.models import DisclosureLimit, Letter, SharingAgreement
from pairs.village.sharing_panel import build_agreement_rows, build_limit_rows

MAX_LETTERS = 5


@policy.permission("read_families", "govern_records")
def show_sharing(request: ScopedRequest, family_id: UUID) -> HttpResponse:
    """A tab of the record: letters, every agreement and every “do not disclose”, those that hold today first."""
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
    every_letter = Letter.objects.with_recipient().filter(family=family).newest_first()
    letters = get_visible_page(request, every_letter, per_page=MAX_LETTERS)
    context = {
        "agreements": build_agreement_rows(agreed, on, list_children_covered(family, agreed)),
        "limits": build_limit_rows(list_visible(request, limits), on),
        "may_write": request.scope.may("register_people", at=family.site_id),
        "letters": letters,
        "may_write_letter": request.scope.may("write_records", at=family.site_id, of=family.pk)
        and not describe_family(family).lost,
    }
    return render_family_tab(request, "village/sharing.html", family, "sharing", **context)


class SharingPage(FamilyFormPage):
    """A form that leads back to what may be told and what not."""

    back = PageOf("sharing", "family", "Sharing")


@policy.permission("register_people")
class AddAgreementPage(record_forms.RecordAgreement, SharingPage):
    """What one person or agency may be told, as it was agreed."""

    title = "Record a sharing agreement"
    text = (
        "Agree with the family who may be told what, how often and until when. They can withdraw it at any "
        "time. To change an agreement, withdraw it and record a new one.",
    )
    button = "Save agreement"
    message = "Sharing agreement recorded."


@policy.permission("register_people")
class WithdrawAgreementPage(record_forms.WithdrawAgreement, SharingPage):
    """Ask once more, then: from now on it covers nothing."""

    title = "Withdraw this agreement?"
    consequences = (
        "Nothing can be shared under it from now on.",
        "Letters that rely on it cannot be printed or sent; they must be rewritten.",
        "It cannot be restored: record a new agreement if the family agrees again.",
    )
    button = "Withdraw"
    danger = True
    message = "Sharing agreement withdrawn. Nothing can be shared under it from now on."

    def get_text(self) -> tuple[str, ...]:
        return (f"With {self.record.party}: {', '.join(self.record.covers)}",)


@policy.permission("register_people")
class AddLimitPage(record_forms.RecordLimit, SharingPage):
    """Do not disclose: about whom or what, and not to whom."""

    title = "Record a “do not disclose”"
    text = (
        "It applies straight away to letters, printed maps and what a referrer sees. Colleagues who open "
        "this record still see everything.",
    )
    message = "“Do not disclose” recorded. It applies straight away."
    field_names = {"about": "subject"}


@policy.permission("register_people")
class EndLimitPage(record_forms.EndLimit, SharingPage):
    """Ask once more before something may be told again."""

    title = "End this restriction?"
    consequences = ("After its last day, only sharing agreements decide who can be told.",)
    danger = True
    message = "Saved."

    def get_text(self) -> tuple[str, ...]:
        return (f"{self.record.about}, not to {self.record.not_to}. Reason: {self.record.reason}",)
