"""The local list of groups at risk of being left out: added to and retired by administrators."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.families.actions import add_exclusion_group, retire_exclusion_group
from pairs.families.forms import NewExclusionGroupForm, RetireExclusionGroupForm
from pairs.families.models import ExclusionGroup
from pairs.submissions.form_submission import FormSubmission


@policy.permission("manage_accounts")
def list_exclusion_groups(request: ScopedRequest) -> HttpResponse:
    """The list, and a form for one more."""
    submission = FormSubmission(request, kind="exclusion-group")
    form = NewExclusionGroupForm(submission.data)
    path = submission.save_once(
        form,
        make=lambda: _CreatedGroup(add_exclusion_group(by=request.user, **form.cleaned_data)),
        path_of=lambda made: reverse("exclusion-groups"),
    )
    if path:
        messages.success(request, "The group is on the list.")
        return redirect(path)
    context = {"groups": ExclusionGroup.objects.all(), "form": form, "submission_token": submission.token}
    return render(request, "families/exclusion_groups.html", context)


class _CreatedGroup:
    """A submission keeps the id of the record it made where that is a UUID; a row of a list has a number."""

    pk = None

    def __init__(self, group: ExclusionGroup) -> None:
        self.group = group


@policy.permission("manage_accounts")
@require_POST
def retire_posted_group(request: ScopedRequest) -> HttpResponse:
    """One group is offered no more; where it was ticked it stays, and adding its name again brings it back."""
    form = RetireExclusionGroupForm(request.POST)
    if form.is_valid():
        group = retire_exclusion_group(group=form.cleaned_data["group"], by=request.user)
        messages.success(request, f"“{group}” is no longer offered. To bring it back, add it again.")
    else:
        messages.error(request, "This group is not on the list.")
    return redirect("exclusion-groups")
