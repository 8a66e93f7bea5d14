"""The card that says how to come back: one for each site and language, kept by supervisors, printed by everybody."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse

from interventions.endings import actions
from interventions.endings.forms import WayBackForm, card_values
from interventions.endings.models import WayBack
from pairs.access import policy
from pairs.access.fetch import fetch, fetch_list
from pairs.submissions.typed import Typed


@policy.permission("read_families")
def ways_back(request):
    """Every site's cards."""
    cards = fetch_list(request, WayBack.objects.in_order())
    return render(
        request, "endings/ways_back.html", {"cards": cards, "may_keep": request.scope.may("supervise")}
    )


@policy.permission("supervise")
def new_way_back(request):
    """One more."""
    typed = Typed(request, kind="new-way-back")
    return _kept(request, typed, WayBackForm(typed.data), None)


@policy.permission("supervise")
def way_back(request, way_back_id):
    """One card, changed."""
    found = fetch(request, WayBack.objects.select_related("site"), pk=way_back_id)
    typed = Typed(request, kind="way-back")
    return _kept(request, typed, WayBackForm(typed.data, initial=card_values(found)), found)


def _kept(request, typed, form, found):
    done = typed.submitted(
        form,
        make=lambda: actions.keep_way_back(way_back=found, by=request.user, **form.cleaned_data),
        path_of=lambda kept: reverse("return-card", args=[kept.pk]),
    )
    if done:
        messages.success(request, "The card is saved.")
        return redirect(done)
    context = {"form": form, "card": found, "submission_token": typed.token}
    return render(request, "endings/way_back.html", context)


@policy.permission("read_families")
def return_card(request, way_back_id):
    """The card on paper, twice: one for the purse and one for the fridge. It names no family."""
    found = fetch(request, WayBack.objects.select_related("site"), pk=way_back_id)
    return render(
        request, "endings/return_card.html", {"card": found, "may_keep": request.scope.may("supervise")}
    )
