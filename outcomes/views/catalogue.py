"""The catalogue as a page: what each measure is, what may be done with it, and what the service chose."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse

from interventions.episodes.models import Intervention
from outcomes.choosing import length_of
from outcomes.chosen import choose
from outcomes.forms_chosen import ChosenForm
from outcomes.measures import catalogue
from outcomes.models import ChosenMeasure
from outcomes.reading import DIRECTIONS, range_of
from pairs.access import policy
from pairs.submissions.typed import Typed
from referrals.rules.words import THRIVE_GROUPINGS

KEEPERS = ("supervise", "manage_accounts")
READERS = ("read_families", *KEEPERS)


@policy.permission(*READERS)
def measures(request):
    """All of them: the core, then those about the relationship, then the others."""
    chosen = {each.measure: each for each in _chosen(request)}
    rows = [{"measure": each, "chosen": chosen.get(each.id)} for each in catalogue().values()]
    groups = [
        ("The core set", [row for row in rows if row["chosen"] and row["chosen"].core]),
        ("About the relationship", [row for row in rows if _may_be_core(row) and not _is_core(row)]),
        ("About something else: recorded, never core", [row for row in rows if not _may_be_core(row)]),
    ]
    context = {"groups": groups, "may_keep": request.scope.may(*KEEPERS), "length_of": length_of}
    return render(request, "outcomes/measures.html", context)


def _chosen(request):
    return ChosenMeasure.objects.visible_to(request.scope).prefetch_related("interventions")


def _may_be_core(row):
    return row["measure"].may_be_core


def _is_core(row):
    return bool(row["chosen"] and row["chosen"].core)


@policy.permission(*READERS)
def measure(request, measure_id):
    """What its sheet says, with every source."""
    found = _sheet(measure_id)
    chosen = _chosen(request).filter(measure=found.id).first()
    context = {
        "measure": found,
        "length": length_of(found),
        "scales": [(scale, range_of(scale), DIRECTIONS[scale.better]) for scale in found.scales],
        "chosen": chosen,
        "groupings": [dict(THRIVE_GROUPINGS)[each] for each in chosen.thrive] if chosen else [],
        "may_keep": request.scope.may(*KEEPERS),
    }
    return render(request, "outcomes/measure.html", context)


@policy.permission(*KEEPERS)
def measure_choice(request, measure_id):
    """Whether it is of the core, and with which work it is offered."""
    found = _sheet(measure_id)
    now = _chosen(request).filter(measure=found.id).first()
    typed = Typed(request, kind="measure-choice")
    ways = Intervention.objects.visible_to(request.scope).offered()
    form = ChosenForm(typed.data, sheet=found, ways=ways, initial=_values(now))
    done = typed.submitted(
        form,
        make=lambda: choose(measure=found.id, by=request.user, **form.cleaned_data),
        path_of=lambda made: reverse("measure", args=[found.id]),
    )
    if done:
        messages.success(request, f"{found.short_name} is saved.")
        return redirect(done)
    context = {"measure": found, "form": form, "submission_token": typed.token}
    return render(request, "outcomes/measure_choice.html", context)


def _sheet(measure_id):
    found = catalogue().get(measure_id)
    if found is None:
        raise Http404
    return found


def _values(chosen):
    if chosen is None:
        return {}
    ways = [way.pk for way in chosen.interventions.all()]
    return {"core": chosen.core, "interventions": ways, "thrive": chosen.thrive}
