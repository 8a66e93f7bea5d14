"""Pages of competences, of what interventions ask for, and of a supervisor's sign-off."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from interventions.competencies import record_forms
from interventions.competencies.models import Competence, DeliverySignOff, SignOff
from interventions.competencies.rules import Standing, get_notice_end
from interventions.competencies.standings import get_standing, list_delivery_rows, needs_sign_off
from interventions.episodes.models import Intervention
from interventions.episodes.views.record_pages import EpisodeFormPage
from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import get_visible_or_404, list_visible
from pairs.submissions.form_page import FormPage, PageOf
from pairs.web.formats import format_short_day


@policy.permission("write_records", "supervise")
def list_competencies(request: ScopedRequest) -> HttpResponse:
    """Who may deliver what at the reader's sites; training and accreditation, the soonest to run out first."""
    on = timezone.localdate()
    rows = list_visible(request, Competence.objects.select_related("person", "intervention", "site"))
    rows.sort(key=lambda row: (row.accredited_until is None, row.accredited_until or on, str(row.person)))
    offered = Intervention.objects.visible_to(request.scope).offered()
    context = {
        "deliveries": list_delivery_rows(offered, rows, on),
        "competences": [(row, get_accreditation_tag(row, on)) for row in rows],
        "may_record": request.scope.may("supervise"),
        "may_require": request.scope.may(*record_forms.REQUIREMENT_EDITORS),
    }
    return render(request, "competencies/competencies.html", context)


def get_accreditation_tag(competence: Competence, on: Any) -> tuple[str, str]:
    """(words, colour); no words where nothing is accredited."""
    until = competence.accredited_until
    if not competence.accredited_by:
        return "", ""
    if until is None:
        return "No end date", "green"
    if until < on:
        return f"Ended {format_short_day(until)}", "red"
    is_near = until <= get_notice_end(on, settings.ACCREDITATION_NOTICE_DAYS)
    return f"Until {format_short_day(until)}", "orange" if is_near else "green"


@policy.permission("write_records", "supervise")
def show_competence(request: ScopedRequest, competence_id: UUID) -> HttpResponse:
    """One competence: training, level and accreditation."""
    rows = Competence.objects.select_related("person", "intervention", "site")
    competence = get_visible_or_404(request, rows, pk=competence_id)
    context = {
        "competence": competence,
        "tag": get_accreditation_tag(competence, timezone.localdate()),
        "may_change": request.scope.may("supervise", at=competence.site_id),
    }
    return render(request, "competencies/competence.html", context)


class CompetenciesPage(FormPage):
    """Leads back to the list."""

    back = PageOf("competencies", text="Competencies")


@policy.permission("supervise")
class RecordCompetencePage(record_forms.RecordCompetence, CompetenciesPage):
    """Record what a colleague is trained in."""

    title = "Record a competence"
    button = "Save competence"
    message = "The competence is recorded."


class OneCompetencePage(FormPage):
    """About one competence."""

    back = PageOf("competence", "record", text="Competence")

    def get_text(self) -> list[str]:
        return [str(self.record)]


@policy.permission("supervise")
class ChangeCompetencePage(record_forms.ChangeCompetence, OneCompetencePage):
    """Change a level, or renew an accreditation."""

    title = "Change a competence"
    button = "Save competence"
    message = "The competence is changed."


@policy.permission("supervise")
class RemoveCompetencePage(record_forms.RemoveCompetence, OneCompetencePage):
    """Remove what was recorded wrongly."""

    title = "Remove this competence?"
    consequences = ("it is no longer shown, and no longer counts for what they may deliver",)
    button = "Remove competence"
    danger = True
    message = "The competence is removed."
    leads_to = PageOf("competencies")


@policy.permission(*record_forms.REQUIREMENT_EDITORS)
class RequirementPage(record_forms.SetRequirement, FormPage):
    """Choose what an intervention asks of whoever delivers it."""

    button = "Save requirement"
    message = "The requirement is saved."
    back = PageOf("interventions", text="Interventions")
    text = (
        "Where a lead does not have what it asks for, a supervisor is asked to sign off. Care is not held up "
        "meanwhile.",
    )

    def get_title(self) -> str:
        return f"Who may deliver {self.record}"


@policy.permission("supervise")
class SignOffDeliveryPage(record_forms.SignOffDelivery, EpisodeFormPage):
    """Sign off how an intervention is delivered by a lead who may not deliver it alone yet."""

    title = "Sign off how an intervention is delivered"
    button = "Sign off"
    message = "Signed off."

    def get_text(self) -> list[str]:
        use, lead = self.record, self.record.episode.lead
        said = [f"{use.intervention}, since {use.started_on:%-d %B %Y}. {lead} leads this family’s work."]
        if not needs_sign_off(use, timezone.localdate()):
            said.append("No sign-off is needed now. You can still record one.")
        elif get_standing(use, timezone.localdate()) == Standing.EXPIRED:
            said.append("Their accreditation for it is not in date.")
        else:
            said.append("They have no recorded competence to deliver it alone.")
        return said + [describe_sign_off(each) for each in self._list_earlier()]

    def _list_earlier(self) -> list[DeliverySignOff]:
        rows = DeliverySignOff.objects.filter(use=self.record)
        return list_visible(self.request, rows.select_related("signed_by", "person", "by_colleague"))


def describe_sign_off(sign_off: DeliverySignOff) -> str:
    """“Signed off 3 Nov 2026 by Sunita S. for Bilal B.: The lead delivers it under supervision (Hana Hub).”"""
    return format_sign_off(sign_off, f" for {sign_off.person}", sign_off.get_arrangement_display())


def format_sign_off(sign_off: SignOff, of: str, arrangement: str) -> str:
    """One sentence. ``of``: whose delivery, or ""."""
    support = str(sign_off.by_colleague or sign_off.by_outside)
    by = f" ({support})" if support else ""
    day = format_short_day(timezone.localdate(sign_off.created_at))
    return f"Signed off {day} by {sign_off.signed_by}{of}: {arrangement}{by}."
