"""The local list of groups at risk of being left out: added to and retired by administrators."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.families.actions import add_exclusion_group, retire_exclusion_group
from pairs.families.forms import NewExclusionGroupForm, RetireExclusionGroupForm
from pairs.families.models import ExclusionGroup
from pairs.submissions.form_page import FormPage, PageOf


class _CreatedGroup:
    """A submission keeps the id of the record it made where that is a UUID; a row of a list has a number."""

    pk = None

    def __init__(self, group: ExclusionGroup) -> None:
        self.group = group


@policy.permission("manage_accounts")
class ExclusionGroupsPage(FormPage):
    """The list, and a form for one more."""

    kind = "exclusion-group"
    form_class = NewExclusionGroupForm
    template_name = "families/exclusion_groups.html"
    title = "Groups at risk of being left out"
    text = (
        "Your service's own list, shown where a carer tells us about themselves. A retired group is no "
        "longer listed but stays on records where it was chosen.",
    )
    button = "Add the group"
    message = "Group added."
    back = PageOf("home")

    def save(self, form: NewExclusionGroupForm) -> _CreatedGroup:
        return _CreatedGroup(add_exclusion_group(by=self.request.user, **form.cleaned_data))

    def get_success_path(self, made: _CreatedGroup) -> str:
        return self.request.path

    def get_context(self, form: Any) -> dict[str, Any]:
        return {"groups": ExclusionGroup.objects.all()}


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
