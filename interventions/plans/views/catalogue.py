"""Pages of the catalogue of interventions, maintained by supervisors and system administrators."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from interventions.episodes.models import Intervention
from interventions.plans.actions import retire_intervention
from interventions.plans.record_forms import CATALOGUE_EDITORS, AddIntervention, EditIntervention
from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import get_visible_or_404
from pairs.submissions.form_page import FormPage, Link, PageOf
from pairs.web.formats import format_day
from referrals.rules.choices import ThriveGrouping


@policy.permission("read_families", *CATALOGUE_EDITORS)
def list_interventions(request: ScopedRequest) -> HttpResponse:
    """List all interventions, retired ones last."""
    found = Intervention.objects.visible_to(request.scope)
    context = {
        "offered": found.offered(),
        "retired": found.exclude(retired_on=None),
        "groupings": dict(ThriveGrouping.choices),
        "may_keep": request.scope.may(*CATALOGUE_EDITORS),
    }
    return render(request, "plans/interventions.html", context)


class InterventionPage(FormPage):
    """A page that saves an intervention of the catalogue."""

    title = "Add an intervention"
    back = PageOf("interventions", text="Interventions")

    def get_message(self) -> str:
        return f"{self.request.POST['name'].strip()} is saved."


@policy.permission(*CATALOGUE_EDITORS)
class EditInterventionPage(EditIntervention, InterventionPage):
    """Edit an intervention."""

    def get_title(self) -> str:
        return self.record.name

    def get_text(self) -> list[str]:
        retired = self.record.retired_on
        return [f"Retired on {format_day(retired)}."] if retired else []

    def get_links(self) -> list[Link]:
        text = "Bring back" if self.record.retired_on else "Retire"
        return [Link(reverse("retire-intervention", args=[self.record.code]), text)]


@policy.permission(*CATALOGUE_EDITORS)
class AddInterventionPage(AddIntervention, InterventionPage):
    """Add an intervention of the service's own."""


@policy.permission(*CATALOGUE_EDITORS)
def retire_intervention_page(request: ScopedRequest, way_id: str) -> HttpResponse:
    """Retire an intervention or offer it again, after a confirmation."""
    found = get_visible_or_404(request, Intervention.objects.all(), code=way_id)
    if request.method == "POST":
        retire_intervention(intervention=found, by=request.user)
        messages.success(request, f"{found} is {'retired' if found.retired_on else 'offered again'}.")
        return redirect("interventions")
    return render(request, "plans/retire_intervention.html", {"intervention": found})
