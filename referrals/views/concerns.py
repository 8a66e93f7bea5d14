"""The list of relationship concerns, in both voices, as the supervisors keep it."""

from types import SimpleNamespace

from django.contrib import messages
from django.db.models import F
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from pairs.access import policy
from pairs.service.refusals import Refused
from pairs.submissions.typed import Typed
from referrals.actions.concerns import add_concern, move_concern, retire_concern, reword_concern
from referrals.forms.concerns import Moving, NewConcern, OfferedConcern, Rewording
from referrals.models import Concern


def _made(concern):
    """A submission keeps the id of the record it made where that is a UUID; a row of this list has a number."""
    return SimpleNamespace(pk=None, concern=concern)


@policy.permission("supervise")
def concerns(request):
    """Both voices side by side, those that are offered first; and a form for one more."""
    typed = Typed(request, kind="concern")
    form = NewConcern(typed.data)
    path = typed.submitted(
        form,
        make=lambda: _made(add_concern(by=request.user, **form.cleaned_data)),
        path_of=lambda made: reverse("relationship-concerns"),
    )
    if path:
        messages.success(request, "The concern is on the list.")
        return redirect(path)
    context = {
        "offered": Concern.objects.offered(),
        "retired": Concern.objects.exclude(retired_on=None).order_by("-retired_on", "code", "-version"),
        "form": form,
        "submission_token": typed.token,
    }
    return render(request, "referrals/concerns.html", context)


@policy.permission("supervise")
def concern_rewording(request):
    """Other words for one concern (``?concern=`` its code): a new version, from now on."""
    typed = Typed(request, kind="concern-rewording")
    form = Rewording(typed.data, initial=_words_of(request.GET.get("concern", "")))
    path = typed.submitted(
        form,
        make=lambda: _made(reword_concern(by=request.user, **form.cleaned_data)),
        path_of=lambda made: reverse("relationship-concerns"),
    )
    if path:
        messages.success(request, "The new words are offered from now on. What was ticked keeps its words.")
        return redirect(path)
    context = {"form": form, "submission_token": typed.token}
    return render(request, "referrals/concern_rewording.html", context)


def _words_of(code):
    words = Concern.objects.offered().filter(code=code[:50])
    return words.values("family_voice", "professional_voice").annotate(concern=F("code")).first() or {}


@policy.permission("supervise")
@require_POST
def concern_retired(request):
    """One concern is offered no more; where it was ticked it stays."""
    form = OfferedConcern(request.POST)
    return _changed(request, form, lambda: retire_concern(by=request.user, **form.cleaned_data))


@policy.permission("supervise")
@require_POST
def concern_moved(request):
    """One place up or down the list."""
    form = Moving(request.POST)
    return _changed(
        request,
        form,
        lambda: move_concern(
            concern=form.cleaned_data["concern"], earlier=form.cleaned_data["way"] == "up", by=request.user
        ),
    )


def _changed(request, form, change):
    try:
        if form.is_valid():
            change()
            messages.success(request, "The list is changed.")
        else:
            messages.error(request, "This concern is not on the list.")
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("relationship-concerns")
