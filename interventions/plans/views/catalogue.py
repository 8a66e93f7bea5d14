"""The catalogue: ways of working as the service offers them, kept by supervisors and system administrators."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse

from interventions.episodes.models import Intervention
from interventions.plans.actions import keep_intervention, retire_intervention
from interventions.plans.forms import InterventionForm, values_of
from pairs.access import policy
from pairs.access.fetch import fetch
from pairs.submissions.typed import Typed
from referrals.rules.words import THRIVE_GROUPINGS

KEEPERS = ("supervise", "manage_accounts")


@policy.permission("read_families", *KEEPERS)
def interventions(request):
    """All of them, the retired ones last."""
    found = Intervention.objects.visible_to(request.scope)
    context = {
        "offered": found.offered(),
        "retired": found.exclude(retired_on=None),
        "groupings": dict(THRIVE_GROUPINGS),
        "may_keep": request.scope.may(*KEEPERS),
    }
    return render(request, "plans/interventions.html", context)


@policy.permission(*KEEPERS)
def intervention(request, way_id):
    """Change what the list says of one."""
    found = fetch(request, Intervention.objects.all(), code=way_id)
    return _kept(request, "intervention", found, InterventionForm, initial=values_of(found))


@policy.permission(*KEEPERS)
def new_intervention(request):
    """One of the service's own."""
    return _kept(request, "new-intervention", None, InterventionForm, initial={"shape": "sessions"})


def _kept(request, kind, found, form_class, initial):
    typed = Typed(request, kind=kind)
    form = form_class(typed.data, initial=initial)
    done = typed.submitted(
        form,
        make=lambda: keep_intervention(intervention=found, by=request.user, **form.cleaned_data),
        path_of=lambda made: reverse("interventions"),
    )
    if done:
        messages.success(request, f"{form.cleaned_data['name']} is saved.")
        return redirect(done)
    context = {"intervention": found, "form": form, "submission_token": typed.token}
    return render(request, "plans/intervention.html", context)


@policy.permission(*KEEPERS)
def retire(request, way_id):
    """A question first: it is offered no more, or offered again."""
    found = fetch(request, Intervention.objects.all(), code=way_id)
    if request.method == "POST":
        retire_intervention(intervention=found, by=request.user)
        messages.success(request, f"{found} is {'retired' if found.retired_on else 'offered again'}.")
        return redirect("interventions")
    return render(request, "plans/retire_intervention.html", {"intervention": found})
