"""What may be told to whom, and what may not: one page a family, and the forms that change it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from pairs.access import policy
from pairs.access.records import RecordQuerySet
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import get_visible_or_404, list_visible
from pairs.families.access import get_family
from pairs.families.banner import build_banner
from pairs.families.models import Address, Family
from pairs.submissions.form_submission import FormSubmission
from pairs.village import actions
from pairs.village.disclosure_facts import list_children_covered
from pairs.village.forms import AgreementForm, LimitEndForm, NewLimitForm, WithdrawalForm
from pairs.village.models import DisclosureLimit, SharingAgreement
from pairs.village.sharing_panel import build_agreement_rows, build_limit_rows
from pairs.village.views.family_context import build_family_context


def render_sharing_page(
    request: ScopedRequest, template: str, family: Family, **context: Any
) -> HttpResponse:
    """A record page of this module."""
    shared = build_family_context(family) | {"banner": build_banner(family)}
    return render(request, f"village/{template}.html", shared | context)


def get_sharing_path(row: DisclosureLimit | SharingAgreement) -> str:
    return reverse("sharing", args=[row.family_id])


@policy.permission("read_families", "govern_records")
def show_sharing(request: ScopedRequest, family_id: UUID) -> HttpResponse:
    """Every agreement and every “do not disclose” of one family, those that hold today first."""
    family, on = get_family(request, family_id), timezone.localdate()
    agreed = list_visible(request, _query_agreements().filter(family=family))
    context = {
        "agreements": build_agreement_rows(agreed, on, list_children_covered(family, agreed)),
        "limits": build_limit_rows(list_visible(request, _query_limits().filter(family=family)), on),
        "may_write": request.scope.may("register_people", at=family.site_id),
    }
    return render_sharing_page(request, "sharing", family, **context)


def _query_agreements() -> RecordQuerySet:
    return SharingAgreement.objects.select_related("family", "member", "team", "agreed_by")


def _query_limits() -> RecordQuerySet:
    names = ("infant", "caregiver", "member", "address__infant", "address__caregiver")
    return DisclosureLimit.objects.select_related("family", "not_to_caregiver", "not_to_member", *names)


@policy.permission("register_people")
def add_sharing_agreement(request: ScopedRequest, family_id: UUID) -> HttpResponse:
    """What one person or agency may be told, as it was agreed."""
    family = get_family(request, family_id, may="register_people")
    submission = FormSubmission(request, kind="new-sharing-agreement")
    form = AgreementForm(submission.data, family=family, initial={"agreed_on": timezone.localdate()})
    done = submission.save_once(
        form,
        make=lambda: actions.agree_sharing(family=family, by=request.user, **form.action_kwargs()),
        path_of=get_sharing_path,
    )
    if done:
        messages.success(request, "The agreement is recorded.")
        return redirect(done)
    return render_sharing_page(request, "new_agreement", family, form=form, submission_token=submission.token)


@policy.permission("register_people")
def withdraw_sharing_agreement(request: ScopedRequest, agreement_id: UUID) -> HttpResponse:
    """Ask once more, then: from now on it covers nothing."""
    agreement = get_visible_or_404(request, _query_agreements(), pk=agreement_id)
    family = get_family(request, agreement.family_id, may="register_people")
    submission = FormSubmission(request, kind="withdraw-agreement")
    form = WithdrawalForm(submission.data, initial={"withdrawn_on": timezone.localdate()})
    done = submission.save_once(
        form,
        make=lambda: actions.withdraw_agreement(agreement=agreement, by=request.user, **form.cleaned_data),
        path_of=get_sharing_path,
    )
    if done:
        messages.success(request, "The agreement is withdrawn. Nothing is told under it from now on.")
        return redirect(done)
    return render_sharing_page(
        request,
        "withdraw_agreement",
        family,
        form=form,
        agreement=agreement,
        submission_token=submission.token,
    )


@policy.permission("register_people")
def add_disclosure_limit(request: ScopedRequest, family_id: UUID) -> HttpResponse:
    """Do not disclose: about whom or what, and not to whom."""
    family = get_family(request, family_id, may="register_people")
    submission = FormSubmission(request, kind="new-disclosure-limit")
    addresses = list_visible(
        request, Address.objects.filter(family=family).select_related("infant", "caregiver")
    )
    form = NewLimitForm(
        submission.data, family=family, addresses=addresses, initial={"since": timezone.localdate()}
    )
    done = submission.save_once(
        form,
        make=lambda: actions.limit_disclosure(family=family, by=request.user, **form.action_kwargs()),
        path_of=get_sharing_path,
        names={"about": "subject"},
    )
    if done:
        messages.success(request, "Saved. It holds at once.")
        return redirect(done)
    return render_sharing_page(request, "new_limit", family, form=form, submission_token=submission.token)


@policy.permission("register_people")
def end_disclosure_limit(request: ScopedRequest, limit_id: UUID) -> HttpResponse:
    """Ask once more before something may be told again."""
    limit = get_visible_or_404(request, _query_limits(), pk=limit_id)
    family = get_family(request, limit.family_id, may="register_people")
    submission = FormSubmission(request, kind="end-disclosure-limit")
    form = LimitEndForm(submission.data, initial={"until": timezone.localdate()})
    done = submission.save_once(
        form,
        make=lambda: actions.end_limit(limit=limit, by=request.user, **form.cleaned_data),
        path_of=get_sharing_path,
    )
    if done:
        messages.success(request, "Saved.")
        return redirect(done)
    return render_sharing_page(
        request, "end_limit", family, form=form, limit=limit, submission_token=submission.token
    )
