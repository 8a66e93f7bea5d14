"""What may be told to whom, and what may not: one page a family, and the forms that change it."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from pairs.access import policy
from pairs.access.fetch import fetch, fetch_list
from pairs.families.banner import banner_of
from pairs.families.models import Address
from pairs.families.opened import family_of
from pairs.submissions.typed import Typed
from pairs.village import actions
from pairs.village.forms import Agreement, LimitEnd, NewLimit, Withdrawal
from pairs.village.known import children_told_of
from pairs.village.models import DisclosureLimit, SharingAgreement
from pairs.village.panel import agreement_rows, limit_rows
from pairs.village.views.shared import whose


def page(request, template, family, **context):
    """A record page of this module."""
    shared = whose(family) | {"banner": banner_of(family)}
    return render(request, f"village/{template}.html", shared | context)


def to_sharing(row):
    return reverse("sharing", args=[row.family_id])


@policy.permission("read_families", "govern_records")
def sharing(request, family_id):
    """Every agreement and every “do not disclose” of one family, those that hold today first."""
    family, on = family_of(request, family_id), timezone.localdate()
    agreed = fetch_list(request, _agreements().filter(family=family))
    context = {
        "agreements": agreement_rows(agreed, on, children_told_of(family, agreed)),
        "limits": limit_rows(fetch_list(request, _limits().filter(family=family)), on),
        "may_write": request.scope.may("register_people", at=family.site_id),
    }
    return page(request, "sharing", family, **context)


def _agreements():
    return SharingAgreement.objects.select_related("family", "member", "team", "agreed_by")


def _limits():
    names = ("infant", "caregiver", "member", "address__infant", "address__caregiver")
    return DisclosureLimit.objects.select_related("family", "not_to_caregiver", "not_to_member", *names)


@policy.permission("register_people")
def new_sharing_agreement(request, family_id):
    """What one person or agency may be told, as it was agreed."""
    family = family_of(request, family_id, may="register_people")
    typed = Typed(request, kind="new-sharing-agreement")
    form = Agreement(typed.data, family=family, initial={"agreed_on": timezone.localdate()})
    done = typed.submitted(
        form,
        make=lambda: actions.agree_sharing(family=family, by=request.user, **form.details()),
        path_of=to_sharing,
    )
    if done:
        messages.success(request, "The agreement is recorded.")
        return redirect(done)
    return page(request, "new_agreement", family, form=form, submission_token=typed.token)


@policy.permission("register_people")
def withdraw_agreement(request, agreement_id):
    """Ask once more, then: from now on it covers nothing."""
    agreement = fetch(request, _agreements(), pk=agreement_id)
    family = family_of(request, agreement.family_id, may="register_people")
    typed = Typed(request, kind="withdraw-agreement")
    form = Withdrawal(typed.data, initial={"withdrawn_on": timezone.localdate()})
    done = typed.submitted(
        form,
        make=lambda: actions.withdraw_agreement(agreement=agreement, by=request.user, **form.cleaned_data),
        path_of=to_sharing,
    )
    if done:
        messages.success(request, "The agreement is withdrawn. Nothing is told under it from now on.")
        return redirect(done)
    return page(
        request, "withdraw_agreement", family, form=form, agreement=agreement, submission_token=typed.token
    )


@policy.permission("register_people")
def new_disclosure_limit(request, family_id):
    """Do not disclose: about whom or what, and not to whom."""
    family = family_of(request, family_id, may="register_people")
    typed = Typed(request, kind="new-disclosure-limit")
    addresses = fetch_list(
        request, Address.objects.filter(family=family).select_related("infant", "caregiver")
    )
    form = NewLimit(typed.data, family=family, addresses=addresses, initial={"since": timezone.localdate()})
    done = typed.submitted(
        form,
        make=lambda: actions.limit_disclosure(family=family, by=request.user, **form.details()),
        path_of=to_sharing,
        names={"about": "subject"},
    )
    if done:
        messages.success(request, "Saved. It holds at once.")
        return redirect(done)
    return page(request, "new_limit", family, form=form, submission_token=typed.token)


@policy.permission("register_people")
def end_disclosure_limit(request, limit_id):
    """Ask once more before something may be told again."""
    limit = fetch(request, _limits(), pk=limit_id)
    family = family_of(request, limit.family_id, may="register_people")
    typed = Typed(request, kind="end-disclosure-limit")
    form = LimitEnd(typed.data, initial={"until": timezone.localdate()})
    done = typed.submitted(
        form,
        make=lambda: actions.end_limit(limit=limit, by=request.user, **form.cleaned_data),
        path_of=to_sharing,
    )
    if done:
        messages.success(request, "Saved.")
        return redirect(done)
    return page(request, "end_limit", family, form=form, limit=limit, submission_token=typed.token)
