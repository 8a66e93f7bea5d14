"""The list of relationship concerns, in both voices, as the supervisors keep it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import F, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.service.refusals import ActionRefused
from pairs.submissions.form_page import FormPage, PageOf
from pairs.submissions.shared_draft_page import SharedDraftPage
from referrals.actions.concerns import move_concern, retire_concern
from referrals.forms.concerns import MoveConcernForm, OfferedConcernForm
from referrals.models import Concern
from referrals.record_forms import directory


@policy.permission("supervise")
class ConcernListPage(directory.AddConcern, FormPage):
    """Both voices side by side, those that are offered first; and a form for one more."""

    kind = "concern"
    template_name = "referrals/concerns.html"
    title = "Relationship concerns"
    text = (
        "What families and professionals can tick when they ask for help, in two voices. Ticking them is "
        "always optional, and they are never scored. Rewording a concern creates a new version: earlier "
        "ticks keep their wording. A retired concern is no longer listed but stays where it was ticked.",
    )
    button = "Add the concern"
    message = "Concern added."
    back = PageOf("home", text="Home")
    leads_to = PageOf("relationship-concerns")

    def get_context(self, form: Any) -> dict[str, Any]:
        retired = Concern.objects.exclude(retired_on=None).order_by("-retired_on", "code", "-version")
        return {"offered": Concern.objects.offered(), "retired": retired}


@policy.permission("supervise")
class RewordConcernPage(directory.RewordConcern, SharedDraftPage):
    """Other words for one concern (``?concern=`` its code): a new version, from now on."""

    kind = "concern-rewording"
    title = "Reword a concern"
    text = (
        "New wording for the same concern, used from now on. Keep the meaning the same; for a different "
        "concern, add a new one and retire this one.",
    )
    button = "Save new wording"
    message = "New wording saved. Earlier ticks keep their wording."
    back = PageOf("relationship-concerns", text="Relationship concerns")

    def _query_concern(self) -> QuerySet[Concern]:
        """As it is offered now: a colleague may have reworded it since the page was opened."""
        return Concern.objects.offered().filter(code=self.request.GET.get("concern", "")[:50])

    def get_initial(self) -> dict[str, Any]:
        words = self._query_concern().values("family_voice", "professional_voice")
        return dict(words.annotate(concern=F("code")).first() or {})

    def describe_draft(self) -> dict[str, str]:
        fields = self.form_class.base_fields
        words = self._query_concern().values("family_voice", "professional_voice").first() or {}
        return {str(fields[name].label): said for name, said in words.items()}

    def lock_row(self) -> None:
        self._query_concern().select_for_update().first()


@policy.permission("supervise")
@require_POST
def post_concern_retirement(request: ScopedRequest) -> HttpResponse:
    """One concern is offered no more; where it was ticked it stays."""
    form = OfferedConcernForm(request.POST)
    return _apply_change(request, form, lambda: retire_concern(by=request.user, **form.cleaned_data))


@policy.permission("supervise")
@require_POST
def post_concern_move(request: ScopedRequest) -> HttpResponse:
    """One place up or down the list."""
    form = MoveConcernForm(request.POST)
    return _apply_change(
        request,
        form,
        lambda: move_concern(
            concern=form.cleaned_data["concern"], earlier=form.cleaned_data["way"] == "up", by=request.user
        ),
    )


def _apply_change(
    request: ScopedRequest, form: OfferedConcernForm, change: Callable[..., Any]
) -> HttpResponse:
    try:
        if form.is_valid():
            change()
            messages.success(request, "List updated.")
        else:
            messages.error(request, "This concern is not on the list.")
    except ActionRefused as refused:
        messages.error(request, str(refused))
    return redirect("relationship-concerns")
